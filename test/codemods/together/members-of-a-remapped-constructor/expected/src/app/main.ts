import { MessageRouter } from '../router/message-router';
import { handlerFor } from '../router/handler-for';

export const router = new MessageRouter({ supervisor, hub: (m: unknown) => inner.shutdown({ force: true }) });
const inner = new MessageRouter({ supervisor: 1, hub: MessageRouter.hub });
router.addHandler(handlerFor('a', inner.getStats().handlers));
