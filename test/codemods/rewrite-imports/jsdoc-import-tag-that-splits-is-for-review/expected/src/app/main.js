/** @import { OldRouter, helper } from '../legacy/old-router' */
/** @import { MessageRouter, Route } from '../core/message-router' */
/** @type {OldRouter | MessageRouter | Route | helper} */
let one;
