// first

import { MessageRouter } from '../core/message-router.js';
import { handlerFor } from '../router/handler-for.js';

const router = new MessageRouter();
router.addHandler(
  handlerFor(
    'chat', // the type
    async (message) => {
      router.addHandler(handlerFor('nested', message.next));
    },
  ),
);
