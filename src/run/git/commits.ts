import { RerouteError } from '../../base/errors.ts';
import type { Ledger } from '../ledger.ts';
import type { LedgerRun } from '../ledger-run.ts';
import type { RunRecord } from '../run-record.ts';
import type { Git } from './git.ts';

/** The line by which a run's commit is found again, wherever the ledger is. */
function trailer(run: string): string {
  return `Reroute-Run: ${run}`;
}

/** The commit that was made of a run, on the branch that is checked out. */
export function commitOf(git: Git, run: string): string | undefined {
  return git.findCommit(trailer(run))?.id;
}

/** Commits what a run wrote. Throws `GIT_FAILED`, `GIT_FILTERED`; the run itself stands then, and is not committed. */
export function commitRun(git: Git, record: RunRecord, report: string): string {
  const files = record.changes.map(({ file }) => file);
  refuseFiltered(git, files);
  const { account, migration, phase, gates } = record;
  const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
  const lines = [
    `reroute: ${migration.name}, ${phase}: ${count(account.edited, 'place')} in ${count(files.length, 'file')}`,
    '',
    `${account.found} found = ${account.edited} edited + ${account.review} for review + ${account.left} left alone`,
    ...(gates.length > 0 ? [`Gates: ${gates.map(({ gate }) => gate).join(', ')}`] : []),
    `Report: ${report}`,
    '',
    trailer(record.id),
    `Reroute-Migration: ${migration.name} ${migration.hash}`,
    '',
  ];
  return git.commit(files, lines.join('\n'));
}

/** Why runs that were rolled back have no commit that takes theirs back; `undefined`: they have none to take back. */
export type Reverted = { readonly commit: string } | { readonly kept: string } | undefined;

/**
 * Takes back the commits of runs that were rolled back, with one commit, when nothing else changed their files since. Call
 * it after {@link rollback}: the files are restored already, whatever becomes of the commit.
 */
export function revertRuns(git: Git, ledger: Ledger, runs: readonly Pick<LedgerRun, 'id' | 'intents'>[]): Reverted {
  const found = runs.flatMap((run) => {
    const commit = git.findCommit(trailer(run.id));
    return commit ? [{ run, ...commit }] : [];
  });
  if (found.length === 0) return undefined;
  // The newest run comes first: what it left is what has to be there.
  const left = new Map<string, string | null>();
  for (const { run } of found) {
    for (const { file, afterHash } of run.intents) if (!left.has(file)) left.set(file, afterHash);
  }
  const files = [...left.keys()];
  const known = git.known(files);
  const changed = files.filter((file) => {
    const { head, index } = known.get(file)!;
    const hash = left.get(file);
    if (index !== head) return true;
    return hash === null || hash === undefined
      ? head !== undefined
      : head === undefined || !git.isContent(ledger.objects.read(hash), head);
  });
  if (changed.length > 0) {
    return { kept: `git has other changes of ${changed.length === 1 ? changed[0] : `${changed.length} of the files`}` };
  }
  if (git.filtered(files).length > 0) return { kept: 'git hands its files to a filter, a program of the repository' };
  const subject = found.length === 1 ? found[0]!.subject : `reroute: ${found.length} phases`;
  const reverted = found.map(({ id }) => `This reverts commit ${id}.`);
  return { commit: git.commit(files, `Revert "${subject}"\n\n${reverted.join('\n')}\n`) };
}

function refuseFiltered(git: Git, files: readonly string[]): void {
  const filtered = git.filtered(files);
  if (filtered.length === 0) return;
  throw new RerouteError({
    code: 'GIT_FILTERED',
    message: 'Not committed: git hands some of the files to a filter, a program that the repository names.',
    details: filtered,
    next: 'Commit by hand, if you trust the filter: git add … && git commit',
  });
}
