const { MessageRouter } = require('../core/message-router');
const { other } = require('../router/handler-for');

const router = new MessageRouter();
router.register_handler('chat', handler);
module.exports = other;
