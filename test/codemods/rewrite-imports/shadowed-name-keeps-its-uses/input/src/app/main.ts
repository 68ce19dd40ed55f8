import { OldRouter } from '../legacy/old-router';

const router = new OldRouter();
function wrap(OldRouter: unknown) {
  return OldRouter;
}
wrap(router);
