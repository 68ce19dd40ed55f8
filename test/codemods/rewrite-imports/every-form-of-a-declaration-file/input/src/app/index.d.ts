/// <reference path="../util/old-clock.ts" />
import { MessageRouter, type Route } from '../core/message-router';
import Router, { type RouterOptions } from '../legacy/default-router';
import type * as legacy from '../legacy/old-router';
import * as core from '../core/message-router';
import equal = require('../legacy/old-router');
import '../util/old-clock';

export import Made = equal.OldRouter;
export { OldRouter as default } from '../legacy/old-router';
export type { Route } from '../core/message-router';
export * from '../util/old-clock';
export * as clock from '../util/old-clock';
export declare const held: typeof import('../legacy/old-router').OldRouter;
export declare function route(this: MessageRouter, to: Route, by: import('../legacy/old-router').OldRouter): Router;
export interface Options extends RouterOptions {
  readonly router: core.MessageRouter | legacy.OldRouter | InstanceType<typeof equal.OldRouter>;
}
declare module '../legacy/old-router' {
  interface OldRouter {
    added: true;
  }
}
