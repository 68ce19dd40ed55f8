import { OldRouter } from '../legacy/old-router';
import { LegacyRouter } from '@acme/legacy-router';
import { Logger } from '../core/logger';

export function make(MessageRouter: string) {
  return new OldRouter(MessageRouter);
}
export enum Kind {
  PackageRouter,
  Size = LegacyRouter.length,
}
export const logger = new Logger();
