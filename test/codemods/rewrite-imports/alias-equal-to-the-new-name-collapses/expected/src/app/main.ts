import { MessageRouter } from '../router/message-router';

export const router = new MessageRouter();
