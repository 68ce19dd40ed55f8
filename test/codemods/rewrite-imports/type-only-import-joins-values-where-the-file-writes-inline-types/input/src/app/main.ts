import { createRouter, type RouterOptions } from '../router/message-router';
import type { MessageRouter } from '../core/message-router';

export const router: MessageRouter = createRouter({} as RouterOptions);
