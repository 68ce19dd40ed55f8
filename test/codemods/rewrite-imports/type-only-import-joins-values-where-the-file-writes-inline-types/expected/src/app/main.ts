import { createRouter, type MessageRouter, type RouterOptions } from '../router/message-router';

export const router: MessageRouter = createRouter({} as RouterOptions);
