const { MessageRouter } = require('../core/message-router');
const { OldRouter } = require('../legacy/old-router');

module.exports = [new MessageRouter(), new OldRouter()];
