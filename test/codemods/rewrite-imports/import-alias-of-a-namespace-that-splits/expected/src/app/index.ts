import * as core from '../core/message-router';
import * as canonicalMessageRouter from '../router/message-router';
import * as routes from '../router/route';

export import Router = canonicalMessageRouter.MessageRouter;
import messageRouter = canonicalMessageRouter.MessageRouter;
export let route: routes.Route;
export const made = [new canonicalMessageRouter.MessageRouter(), routes, (canonicalMessageRouter).MessageRouter, core.helper(messageRouter)];
vi.spyOn(canonicalMessageRouter, 'MessageRouter');
