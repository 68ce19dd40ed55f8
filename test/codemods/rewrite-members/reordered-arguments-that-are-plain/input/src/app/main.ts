import { MessageRouter } from '../core/message-router';

const router = new MessageRouter();
router.on_type((message) => {
  router.stop();
}, 'chat');
router.on_type(handler, type);
