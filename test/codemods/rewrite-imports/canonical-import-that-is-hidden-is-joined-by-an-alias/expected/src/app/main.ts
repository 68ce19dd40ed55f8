import { MessageRouter, MessageRouter as OldRouter } from '../router/message-router';

export const router = new MessageRouter();
export function make(MessageRouter: string) {
  return new OldRouter(MessageRouter);
}
