import * as legacy from '../legacy/old-router';
import { OldRouter } from '../legacy/old-router';

export import Router = legacy.OldRouter;
import Same = OldRouter;
export namespace Routers {
  export import Main = legacy.OldRouter;
}
export const routers = [new Router(), new Same()];
