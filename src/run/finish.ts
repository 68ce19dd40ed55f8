import { RerouteError } from '../base/errors.ts';
import type { Disk } from './disk.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import type { RunRecord } from './run-record.ts';
import { storeRecord } from './stored-record.ts';

/**
 * Stores a run's record, then marks the run as ended, so that a run with a record is a run that passed its gates. Also
 * for runs that wrote nothing. Call it under the lock; a failed run must have been undone before. Throws
 * `LEDGER_WRITE_FAILED`; the next command puts the run right then.
 */
export function finishRun(disk: Disk, ledger: Ledger, record: RunRecord): void {
  const { id, phase, migration, startedAt, status } = record;
  if (record.dryRun || status === 'rolled-back') throw new Error(`run ${id} is ${status} and has no end of its own`);
  const known = ledger.run(id);
  if (status === 'failed' && known?.state === 'open') throw new Error(`run ${id} failed and was not undone`);
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
  try {
    storeRecord(disk, ledger, record);
    ledger.append(known ? [done] : [start, done]);
  } catch (error) {
    throw notNoted(ledger, record, error);
  }
}

function notNoted(ledger: Ledger, { id, changes, status }: RunRecord, error: unknown): RerouteError {
  const isWritten = (status === 'done' || status === 'kept') && changes.length > 0;
  const then = isWritten ? ' Its files are written; the next reroute command finishes or undoes the run.' : '';
  return new RerouteError({
    code: 'LEDGER_WRITE_FAILED',
    message: `The end of run ${id} could not be noted: ${error instanceof Error ? error.message : String(error)}.${then}`,
    where: { file: ledger.folder },
    next: 'Remove the cause (room on the disk, permissions of .reroute), then see what was done: reroute status',
    cause: error,
  });
}
