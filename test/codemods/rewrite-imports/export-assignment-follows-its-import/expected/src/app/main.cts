import { MessageRouter } from '../router/message-router.js';
import audit = require('../router/audit.js');

const made = new MessageRouter(audit.Audit);
export = MessageRouter;
