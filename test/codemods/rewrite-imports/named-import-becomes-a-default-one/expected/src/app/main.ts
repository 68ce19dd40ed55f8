import Logger from '../router/default-logger';

export const log = new Logger();
