/** @import { MessageRouter } from '../router/message-router' */
/** @import { Audit as Trail } from "../router/audit" */
/**
 * @import {
 *   PackageRouter,
 * } from '@acme/router'
 */
/** @import { MessageRouter as Default } from '../router/message-router' */
/** @import * as core from '../router/message-router' */
/** @import { default as Logger } from '../router/default-logger' */

/**
 * @param {MessageRouter | Array<MessageRouter>} router An OldRouter, see {@link MessageRouter}.
 * @param {core.MessageRouter} other
 * @param {Trail & Default & PackageRouter & Logger} rest
 */
export function use(router, other, rest) {}
