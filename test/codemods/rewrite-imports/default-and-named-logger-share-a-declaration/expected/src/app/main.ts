import { level, default as Logger, default as Second } from '../router/default-logger';

export const log = [new Logger(level), Second];
