const { MessageRouter } = require('../router/message-router');

module.exports = [new MessageRouter(), new MessageRouter()];
