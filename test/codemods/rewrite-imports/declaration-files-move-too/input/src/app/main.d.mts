import { OldRouter } from '../legacy/old-router.mjs';
import type { Route } from '../core/message-router.mjs';

export declare function make(route: Route): OldRouter;
export { MessageRouter, type Route as Way } from '../core/message-router.mjs';
export * as clock from '../util/old-clock.mjs';
