import type { MessageRouter } from '../core/message-router';
import { createRouter } from '../router/message-router';

export const router: MessageRouter = createRouter();
