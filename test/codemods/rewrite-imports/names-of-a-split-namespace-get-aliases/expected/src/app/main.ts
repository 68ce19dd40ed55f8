import { MessageRouter as CanonicalMessageRouter } from '../router/message-router';
import { Route as CanonicalRoute } from '../router/route';

const Route = 1;
export function make(MessageRouter: string) {
  return new CanonicalMessageRouter(MessageRouter, CanonicalRoute, Route);
}
