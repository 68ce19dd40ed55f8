/// <reference path="../time/clock.ts" />
import { MessageRouter as Router, MessageRouter } from '../router/message-router';
import { type Route, type RouteOptions } from '../router/route';
import type * as legacy from '../router/message-router';
import * as core from '../router/message-router';
import equal = require('../router/message-router');
import '../time/clock';

export import Made = equal.MessageRouter;
export { MessageRouter as default } from '../router/message-router';
export type { Route } from '../router/route';
export * from '../time/clock';
export * as clock from '../time/clock';
export declare const held: typeof import('../router/message-router').MessageRouter;
export declare function route(this: MessageRouter, to: Route, by: import('../router/message-router').MessageRouter): Router;
export interface Options extends RouteOptions {
  readonly router: core.MessageRouter | legacy.MessageRouter | InstanceType<typeof equal.MessageRouter>;
}
declare module '../router/message-router' {
  interface MessageRouter {
    added: true;
  }
}
