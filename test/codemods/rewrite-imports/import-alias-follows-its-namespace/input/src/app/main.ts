import * as legacy from '../legacy/old-router';

export import Router = legacy.OldRouter;
export namespace Routers {
  export import Main = legacy.OldRouter;
}
export const router = new Router();
