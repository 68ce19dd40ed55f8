import * as core from '../core/message-router';

export import Router = core.MessageRouter;
export let route: core.Route;
