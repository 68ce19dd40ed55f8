import { Logger } from '../core/logger';

export const log = new Logger();
