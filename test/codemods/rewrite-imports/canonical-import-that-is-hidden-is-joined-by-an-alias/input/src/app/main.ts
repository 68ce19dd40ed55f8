import { MessageRouter } from '../router/message-router';
import { OldRouter } from '../legacy/old-router';

export const router = new MessageRouter();
export function make(MessageRouter: string) {
  return new OldRouter(MessageRouter);
}
