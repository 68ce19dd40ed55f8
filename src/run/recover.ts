import type { Disk } from './disk.ts';
import type { Ledger } from './ledger.ts';
import { isInterrupted, type LedgerRun } from './ledger-run.ts';
import { count, type Finding } from './plan-writes.ts';
import { readRecord } from './stored-record.ts';
import { undoRun } from './undo.ts';

/** What was done about a run that was stopped in the middle. */
export interface Recovery {
  readonly run: string;
  readonly phase: string;
  /** `finished`: only the mark that it was done was missing. */
  readonly how: 'undone' | 'finished' | 'rollback-finished';
  /** Files that it had written when it was stopped, as far as the ledger and the target tell. */
  readonly written: number;
  readonly files: number;
  /** Left as they are: neither as the run found them nor as it left them. */
  readonly foreign: readonly Finding[];
  /** `Run … was interrupted after 12 of 30 files; undone.` */
  readonly sentence: string;
}

/**
 * Puts right what a killed run left behind: one that only lacked its last mark is finished, any other is undone. Returns
 * what was done, nothing when nothing was interrupted. Call it under the lock. It may be killed itself; the next call goes
 * on. Throws `UNDO_FAILED` when a file cannot be restored.
 */
export function recover(disk: Disk, ledger: Ledger, now: Date): readonly Recovery[] {
  // A later run can only have begun when the earlier ones were put right; so newest first is the safe order.
  return ledger
    .runs()
    .filter(isInterrupted)
    .toReversed()
    .map((run) => recoverRun(disk, ledger, run, now));
}

function recoverRun(disk: Disk, ledger: Ledger, run: LedgerRun, now: Date): Recovery {
  const heading = { run: run.id, phase: run.phase, files: run.intents.length };
  const status = run.state === 'open' ? finalStatus(disk, ledger, run) : undefined;
  if (status) {
    ledger.append([{ type: 'run-done', run: run.id, status }]);
    const sentence = `Run ${run.id} was interrupted when all was written and checked; marked as ${status}.`;
    return { ...heading, how: 'finished', written: run.written.size, foreign: [], sentence };
  }
  const known = run.written.size;
  const { restored, foreign } = undoRun({ disk, root: ledger.root, objects: ledger.objects }, ledger, run, now);
  // The last write may have been done without its outcome being noted.
  const written = Math.max(known, restored.length);
  const how = ledger.run(run.id)?.state === 'rolled-back' ? 'rollback-finished' : 'undone';
  const after =
    how === 'undone'
      ? `Run ${run.id} was interrupted after ${written} of ${count(run.intents)}; undone.`
      : `The rollback of run ${run.id} was interrupted with ${written} of ${count(run.intents)} left to restore; finished.`;
  return { ...heading, how, written, foreign, sentence: after + leftAlone(foreign) };
}

/** How the run ended, when its record was stored and only the mark is missing. */
function finalStatus(disk: Disk, ledger: Ledger, run: LedgerRun): 'done' | 'nochange' | 'kept' | undefined {
  let status: string | undefined;
  try {
    status = readRecord(disk, ledger, run.id)?.status;
  } catch {
    // A record that cannot be read proves nothing.
    return undefined;
  }
  return status === 'done' || status === 'nochange' || status === 'kept' ? status : undefined;
}

function leftAlone(foreign: readonly Finding[]): string {
  if (foreign.length === 0) return '';
  const files = foreign.map(({ file, how }) => `${file} ${how}`).join(', ');
  return ` Left alone, because somebody else was there since: ${files}.`;
}
