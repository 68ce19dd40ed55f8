import * as legacy from '../router/message-router';
import { MessageRouter } from '../router/message-router';

export import Router = legacy.MessageRouter;
import Same = MessageRouter;
export namespace Routers {
  export import Main = legacy.MessageRouter;
}
export const routers = [new Router(), new Same()];
