import legacy = require('../legacy/old-router');

export const router: legacy.OldRouter = new legacy.OldRouter();
