import type { FileChange } from '../plan/file-change.ts';
import type { RunRecord } from '../run/run-record.ts';

/**
 * What several phases change together: one change a file, from its text before the first to its text after the last,
 * in the order in which files are first touched. Where somebody changed a file between two phases both changes stay, in order. Changes that cancel
 * each other out are left out.
 */
export function netChanges(records: readonly Pick<RunRecord, 'changes'>[]): readonly FileChange[] {
  const chains: FileChange[] = [];
  const lastOf = new Map<string, number>();
  for (const change of records.flatMap((record) => record.changes)) {
    const at = lastOf.get(change.file);
    const earlier = at === undefined ? undefined : chains[at]!;
    if (at !== undefined && earlier && earlier.after === change.before) {
      chains[at] = joined(earlier, change);
    } else {
      lastOf.set(change.file, chains.push(change) - 1);
    }
  }
  return chains.filter((change) => change.before !== change.after);
}

function joined(first: FileChange, second: FileChange): FileChange {
  const { before } = first;
  const { after } = second;
  const kind = before === undefined ? 'create' : after === undefined ? 'delete' : 'modify';
  return { file: first.file, kind, before, after, bom: second.bom, edits: [], step: `${first.step}+${second.step}` };
}
