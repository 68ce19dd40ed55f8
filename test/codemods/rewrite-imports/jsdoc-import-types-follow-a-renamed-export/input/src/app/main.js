/** @typedef {import('../legacy/old-router').OldRouter} Mine */
/** @type {import("../legacy/old-router").OldRouter | undefined} */
let one;
/**
 * Not import('../legacy/old-router').OldRouter in words.
 * @param {Array<import('../legacy/old-router')
 *   .OldRouter>} list
 * @param {typeof import('../core/audit').Audit} audit
 * @param {import('../util/old-clock').Clock} clock
 * @returns {import('../legacy/old-router').helper}
 */
export function use(list, audit, clock) {
  return [one, list, audit, clock];
}
/** @type {typeof import('../legacy/old-router')} */
let whole;
