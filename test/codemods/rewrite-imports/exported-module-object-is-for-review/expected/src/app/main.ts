export import core = require('../core/message-router');
export const audit = await import('../core/audit');

export const router = new core.MessageRouter(audit.Audit);
