'use strict';
const { Alpha, Zeta } = require('../router/message-router');
const path = require('node:path');
const { MessageRouter, helper } = require('../core/message-router');
const { OldRouter: Aliased } = require('../legacy/old-router');

module.exports = [Alpha, Zeta, path, new MessageRouter(), helper, new Aliased()];
