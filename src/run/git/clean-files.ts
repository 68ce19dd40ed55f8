import { RerouteError } from '../../base/errors.ts';
import type { Disk } from '../disk.ts';
import type { Ledger } from '../ledger.ts';
import { isApplied } from '../ledger-run.ts';
import { observeReadable } from '../observe.ts';
import { count, type Finding, listed } from '../plan-writes.ts';
import type { Git } from './git.ts';

/**
 * Throws `GIT_DIRTY` when a file that a run is about to write has changes that git does not have: mixed with the run's own
 * they could be reviewed and undone only together. What an earlier run left there is no such change.
 */
export function refuseDirty(
  git: Git,
  { disk, ledger }: { disk: Disk; ledger: Ledger },
  files: readonly string[],
): void {
  const ours = leftByRuns(ledger);
  const known = git.known(files);
  const findings = files.flatMap((file): readonly Finding[] => {
    const seen = observeReadable(disk, ledger.root, file);
    if (seen.kind !== 'file' || ours.get(file) === seen.hash) return [];
    const { head, index } = known.get(file)!;
    if (head === undefined) return [{ file, how: index === undefined ? 'is not in git' : 'is not committed' }];
    if (index !== undefined && index !== head) return [{ file, how: 'has staged changes' }];
    return git.isContent(disk.read(seen.path), head) ? [] : [{ file, how: 'has changes that are not committed' }];
  });
  if (findings.length === 0) return;
  throw new RerouteError({
    code: 'GIT_DIRTY',
    message: `${count(findings)} of the phase have changes that git does not have. Nothing was written.`,
    details: listed(findings),
    next: 'git commit or git stash them first; or, knowing better, the same command with --allow-dirty',
  });
}

/** What the newest applied run left of each file: the hash of its content. */
function leftByRuns(ledger: Ledger): ReadonlyMap<string, string | null> {
  const applied = ledger.runs().filter(isApplied);
  return new Map(applied.flatMap(({ intents }) => intents.map(({ file, afterHash }) => [file, afterHash] as const)));
}
