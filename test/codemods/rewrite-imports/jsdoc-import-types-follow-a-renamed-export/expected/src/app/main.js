/** @typedef {import('../router/message-router').MessageRouter} Mine */
/** @type {import("../router/message-router").MessageRouter | undefined} */
let one;
/**
 * Not import('../legacy/old-router').OldRouter in words.
 * @param {Array<import('../router/message-router')
 *   .MessageRouter>} list
 * @param {typeof import('../router/audit').Audit} audit
 * @param {import('../time/clock').Clock} clock
 * @returns {import('../legacy/old-router').helper}
 */
export function use(list, audit, clock) {
  return [one, list, audit, clock];
}
/** @type {typeof import('../legacy/old-router')} */
let whole;
