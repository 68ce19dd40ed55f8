const { MessageRouter } = require('../core/message-router');

const router = new MessageRouter();
router.register_handler('chat', handler);
