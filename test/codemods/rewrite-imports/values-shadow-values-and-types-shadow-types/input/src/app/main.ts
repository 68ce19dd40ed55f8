import { OldRouter } from '../legacy/old-router';

export function value(OldRouter: OldRouter, other: typeof OldRouter): OldRouter {
  return OldRouter ?? other;
}
export function type<OldRouter>(given: OldRouter) {
  return new OldRouter() as OldRouter;
}
export const arrow = (MessageRouter: OldRouter) => MessageRouter;
export interface Signatures {
  (OldRouter: OldRouter): OldRouter;
  check(OldRouter: OldRouter): asserts OldRouter is OldRouter;
}
export class Holder implements OldRouter {
  constructor(private OldRouter: OldRouter) {
    OldRouter.stop;
  }
}
