import { createRouter, type RouterOptions, type MessageRouter } from '../router/message-router';

export const router: MessageRouter = createRouter({} as RouterOptions);
