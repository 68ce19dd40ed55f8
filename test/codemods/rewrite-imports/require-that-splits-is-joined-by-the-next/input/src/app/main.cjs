const { MessageRouter, helper } = require('../core/message-router');
const { OldRouter: Aliased } = require('../legacy/old-router');

module.exports = [new MessageRouter(), helper, new Aliased()];
