import * as core from '../core/message-router';

const route: core.Route = {};
export const router = new core.MessageRouter(route, core['MessageRouter'], typeof core?.MessageRouter);
export const view = <core.Route name="x">{(core).Route}</core.Route>;
