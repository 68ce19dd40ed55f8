import type { handlerFor } from '../router/handler-for';
import type { MessageRouter } from '../core/message-router';

export const use = (router: MessageRouter) => router.register_handler('chat', handler);
