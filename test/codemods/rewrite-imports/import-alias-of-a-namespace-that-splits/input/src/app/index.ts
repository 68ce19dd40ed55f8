import * as core from '../core/message-router';
import * as routes from '../router/route';

export import Router = core.MessageRouter;
import messageRouter = core.MessageRouter;
export let route: core.Route;
export const made = [new core.MessageRouter(), routes, (core).MessageRouter, core.helper(messageRouter)];
vi.spyOn(core, 'MessageRouter');
