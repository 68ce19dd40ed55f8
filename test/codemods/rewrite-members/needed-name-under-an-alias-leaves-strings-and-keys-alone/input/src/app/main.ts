import { MessageRouter } from '../core/message-router';

export function start(handlerFor: string, router: MessageRouter) {
  router.on_default(() => handlerFor);
}
