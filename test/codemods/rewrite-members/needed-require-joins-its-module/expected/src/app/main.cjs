const { MessageRouter } = require('../core/message-router');
const { other, handlerFor } = require('../router/handler-for');

const router = new MessageRouter();
router.addHandler(handlerFor('chat', handler));
module.exports = other;
