import { MessageRouter as OldRouter } from '../router/message-router';
import { PackageRouter as LegacyRouter } from '@acme/router';
import Logger from '../router/default-logger';

export function make(MessageRouter: string) {
  return new OldRouter(MessageRouter);
}
export enum Kind {
  PackageRouter,
  Size = LegacyRouter.length,
}
export const logger = new Logger();
