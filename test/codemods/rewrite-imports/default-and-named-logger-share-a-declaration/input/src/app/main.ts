import { Logger } from '../core/logger';
import { level } from '../router/default-logger';
import { Logger as Second } from '../core/logger.js';

export const log = [new Logger(level), Second];
