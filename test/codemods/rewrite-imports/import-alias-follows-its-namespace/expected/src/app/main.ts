import * as legacy from '../router/message-router';

export import Router = legacy.MessageRouter;
export namespace Routers {
  export import Main = legacy.MessageRouter;
}
export const router = new Router();
