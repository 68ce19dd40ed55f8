import { MessageRouter } from '../router/message-router';

export function value(OldRouter: MessageRouter, other: typeof OldRouter): MessageRouter {
  return OldRouter ?? other;
}
export function type<OldRouter>(given: OldRouter) {
  return new MessageRouter() as OldRouter;
}
export const arrow = (MessageRouter: MessageRouter) => MessageRouter;
export interface Signatures {
  (OldRouter: MessageRouter): MessageRouter;
  check(OldRouter: MessageRouter): asserts OldRouter is MessageRouter;
}
export class Holder implements MessageRouter {
  constructor(private OldRouter: MessageRouter) {
    OldRouter.stop;
  }
}
