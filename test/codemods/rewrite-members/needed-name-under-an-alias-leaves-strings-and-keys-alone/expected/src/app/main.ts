import { MessageRouter } from '../core/message-router';
import { handlerFor as canonicalHandlerFor } from '../router/handler-for';

export function start(handlerFor: string, router: MessageRouter) {
  router.addHandler(canonicalHandlerFor('handlerFor', () => handlerFor, { handlerFor: canonicalHandlerFor }));
}
