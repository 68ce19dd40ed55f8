import { OldRouter } from '../legacy/old-router.cjs';
import audit = require('../core/audit.cjs');

const made = new OldRouter(audit.Audit);
export = OldRouter;
