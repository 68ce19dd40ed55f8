import type { MessageRouter } from '../router/message-router';
import { createRouter } from '../router/message-router';

export const router: MessageRouter = createRouter();
