// first

import { MessageRouter } from '../core/message-router.js';

const router = new MessageRouter();
router.register_handler(
  'chat', // the type
  async (message) => {
    router.register_handler('nested', message.next);
  },
);
