#!/usr/bin/env node
/* header */
import { helper } from '../core/message-router';
import { MessageRouter } from '../router/message-router';
import { type Route } from '../router/route';
import { handlerFor } from '../router/handler-for';

const router = new MessageRouter();
router.addHandler(handlerFor('chat', async (m) => { router.addHandler(m); }));
router.addHandler(handlerFor('chat', async (m) => { router.shutdown({ force: true }); }));
export const q = new MessageRouter(
  {
    supervisor, // the boss
    hub: makeHub(),
  },
);
const o: MessageRouter = { OldRouter: MessageRouter };
o.addHandler(
  // why
  handlerFor(
    'x',
    foo(),
  ),
);
console.log(o.getStats().handlers + 1, router?.getHandlerOrder(), router['getHandlerOrder'], helper as Route);
