import { MessageRouter } from '../router/message-router';
import * as audit from '../router/audit';
const { PackageRouter } = require('@acme/router');

/** @type {MessageRouter | PackageRouter | audit.Audit} */
let router = new MessageRouter(new audit.Audit(), PackageRouter);
/** Like {@link MessageRouter}, the OldRouter. */
export default router;
