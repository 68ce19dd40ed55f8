import { MessageRouter } from '../router/message-router.js';
import type { Route } from '../router/route.js';

export declare function make(route: Route): MessageRouter;
export { MessageRouter } from '../router/message-router.js';
export { type Route as Way } from '../router/route.js';
export * as clock from '../time/clock.js';
