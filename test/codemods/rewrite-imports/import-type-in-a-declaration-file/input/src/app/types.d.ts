declare const router: import('../legacy/old-router').OldRouter;
declare function make(): Promise<import("../core/audit").Audit>;
export { router, make };
