const core = require('../core/message-router');
require('../legacy/old-router');

module.exports = { core };
