import legacy = require('../router/message-router');

export const router: legacy.MessageRouter = new legacy.MessageRouter();
