import core = require('../core/message-router');

import Alias = core.MessageRouter;
export import Handler = core.Handler;
export const router: core.MessageRouter = new core.MessageRouter();
export let route: core.Route | typeof core.helper;
core.helper(Alias);

import legacy = require('../legacy/default-router'); // goes as a whole
import quality = require('../services/quality-router');
export type Options = legacy.RouterOptions | Alias;
export const loaded = new legacy.default();
export const best = new quality.QualityRouter(supervisor, makeHub());
quality.rate(best);
