'use strict';
const { Alpha, MessageRouter, MessageRouter: Aliased, Zeta } = require('../router/message-router');
const path = require('node:path');
const { helper } = require('../core/message-router');

module.exports = [Alpha, Zeta, path, new MessageRouter(), helper, new Aliased()];
