import type * as core from '../core/message-router';

export declare const route: core.Route;
export declare function make(from: typeof core.MessageRouter): core.MessageRouter;
