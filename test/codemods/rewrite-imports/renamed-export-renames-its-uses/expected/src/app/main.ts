import { MessageRouter } from '../router/message-router';

const made: MessageRouter = new MessageRouter();
type Made = typeof MessageRouter;
export const registry = { OldRouter: MessageRouter, key: MessageRouter, OldRouterKey: 1 };
export { MessageRouter as OldRouter };
export { MessageRouter as PublicRouter };
class Sub extends MessageRouter {}
console.log(made instanceof MessageRouter, MessageRouter.name, registry.OldRouter, Sub as unknown as Made);
