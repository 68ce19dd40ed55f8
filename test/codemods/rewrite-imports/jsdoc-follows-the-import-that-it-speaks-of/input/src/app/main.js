import { OldRouter } from '../legacy/old-router';
import * as audit from '../core/audit';
const { LegacyRouter } = require('@acme/legacy-router');

/** @type {OldRouter | LegacyRouter | audit.Audit} */
let router = new OldRouter(new audit.Audit(), LegacyRouter);
/** Like {@link OldRouter}, the OldRouter. */
export default router;
