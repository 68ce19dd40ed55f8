import core = require('../core/message-router');
import messageRouter = require('../router/message-router');
import canonicalRoute = require('../router/route');

import Alias = messageRouter.MessageRouter;
export import Handler = core.Handler;
export const router: messageRouter.MessageRouter = new messageRouter.MessageRouter();
export let route: canonicalRoute.Route | typeof core.helper;
core.helper(Alias);

// goes as a whole
import quality = require('../services/quality-router');
export type Options = canonicalRoute.RouteOptions | Alias;
export const loaded = new messageRouter.MessageRouter();
export const best = new messageRouter.MessageRouter({ supervisor, hub: makeHub() });
quality.rate(best);
