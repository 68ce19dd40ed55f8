const { helper } = require('../core/message-router');
const { MessageRouter, MessageRouter: Aliased } = require('../router/message-router');

module.exports = [new MessageRouter(), helper, new Aliased()];
