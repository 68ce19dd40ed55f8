import { MessageRouter as OldRouter } from '../router/message-router';

const router = new OldRouter();
function wrap(OldRouter: unknown) {
  return OldRouter;
}
wrap(router);
