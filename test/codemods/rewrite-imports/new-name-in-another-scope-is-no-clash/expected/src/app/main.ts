import { MessageRouter } from '../router/message-router';

export const router = new MessageRouter();
export function local() {
  const MessageRouter = 1;
  return MessageRouter;
}
