import type { handlerFor } from '../router/handler-for';
import type { MessageRouter } from '../core/message-router';
import { handlerFor as canonicalHandlerFor } from '../router/handler-for';

export const use = (router: MessageRouter) => router.addHandler(canonicalHandlerFor('chat', handler));
