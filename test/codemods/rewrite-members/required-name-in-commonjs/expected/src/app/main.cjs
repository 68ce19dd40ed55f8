const { MessageRouter } = require('../core/message-router');
const { handlerFor } = require('../router/handler-for');

const router = new MessageRouter();
router.addHandler(handlerFor('chat', handler));
