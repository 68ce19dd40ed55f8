import { MessageRouter } from '../router/message-router';

const router = new MessageRouter();
function wrap(OldRouter: unknown) {
  return OldRouter;
}
wrap(router);
