/** @import { OldRouter } from '../legacy/old-router' */
/** @import { Audit as Trail } from "../core/audit" */
/**
 * @import {
 *   LegacyRouter,
 * } from '@acme/legacy-router'
 */
/** @import Default from '../legacy/default-router' */
/** @import * as core from '../core/message-router' */
/** @import { Logger } from '../core/logger' */

/**
 * @param {OldRouter | Array<OldRouter>} router An OldRouter, see {@link OldRouter}.
 * @param {core.MessageRouter} other
 * @param {Trail & Default & LegacyRouter & Logger} rest
 */
export function use(router, other, rest) {}
