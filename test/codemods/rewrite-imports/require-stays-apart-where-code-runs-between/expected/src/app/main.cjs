const { Alpha } = require('../router/message-router');
let { MessageRouter } = require('../router/message-router');
Alpha.setUp();
const { PackageRouter: LegacyRouter } = require('@acme/router');
const router = new LegacyRouter(MessageRouter);
const { PackageRouter } = require('@acme/router');

module.exports = [router, PackageRouter];
