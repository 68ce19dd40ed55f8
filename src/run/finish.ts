import type { Disk } from './disk.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import type { RunRecord } from './run-record.ts';
import { storeRecord } from './stored-record.ts';

/**
 * Stores a run's record, then marks the run as ended, so that a run with a record is a run that passed its gates. Also
 * for runs that wrote nothing. Call it under the lock; a failed run must have been undone before.
 */
export function finishRun(disk: Disk, ledger: Ledger, record: RunRecord): void {
  const { id, phase, migration, startedAt, status } = record;
  if (record.dryRun || status === 'rolled-back') throw new Error(`run ${id} is ${status} and has no end of its own`);
  const known = ledger.run(id);
  if (status === 'failed' && known?.state === 'open') throw new Error(`run ${id} failed and was not undone`);
  storeRecord(disk, ledger, record);
  const start: LedgerEntry = {
    type: 'run-start',
    run: id,
    phase,
    migration: migration.name,
    hash: migration.hash,
    at: startedAt,
    files: 0,
  };
  const done: LedgerEntry = { type: 'run-done', run: id, status };
  ledger.append(known ? [done] : [start, done]);
}
