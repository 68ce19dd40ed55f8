const { Alpha } = require('../router/message-router');
let { OldRouter } = require('../legacy/old-router');
Alpha.setUp();
const { LegacyRouter } = require('@acme/legacy-router');
const router = new LegacyRouter(OldRouter);
const { PackageRouter } = require('@acme/router');

module.exports = [router, PackageRouter];
