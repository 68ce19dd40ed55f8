import { OldRouter } from '../legacy/old-router';

export const router = new OldRouter();
export function local() {
  const MessageRouter = 1;
  return MessageRouter;
}
