import { OldRouter } from '../legacy/old-router';

const made: OldRouter = new OldRouter();
type Made = typeof OldRouter;
export const registry = { OldRouter, key: OldRouter, OldRouterKey: 1 };
export { OldRouter };
export { OldRouter as PublicRouter };
class Sub extends OldRouter {}
console.log(made instanceof OldRouter, OldRouter.name, registry.OldRouter, Sub as unknown as Made);
