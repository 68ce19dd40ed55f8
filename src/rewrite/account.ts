import type { Account, Outcome } from '../plan/file-change.ts';

/**
 * The sum over outcomes: found = edited + review + left. Throws a fault when it does not come out against `found`, the
 * number of places that the survey found: then a place was lost or counted twice, and nothing may be written.
 */
export function accountFor(outcomes: readonly Outcome[], found: number): Account {
  const account = { found, edited: 0, review: 0, left: 0 };
  for (const outcome of outcomes) account[outcome.result]++;
  const ids = new Set(outcomes.map((outcome) => outcome.usage.id));
  if (account.edited + account.review + account.left !== found || ids.size !== outcomes.length) {
    throw new Error(
      `found ${found} places, but ${account.edited} edited + ${account.review} for review + ${account.left} left alone` +
        ` = ${account.edited + account.review + account.left} (${ids.size} distinct)`,
    );
  }
  return account;
}
