import type { Route } from '../router/route';
import type { MessageRouter } from '../router/message-router';

export declare const route: Route;
export declare function make(from: typeof MessageRouter): MessageRouter;
