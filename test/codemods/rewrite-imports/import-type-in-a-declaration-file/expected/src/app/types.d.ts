declare const router: import('../router/message-router').MessageRouter;
declare function make(): Promise<import("../router/audit").Audit>;
export { router, make };
