import { RerouteError } from '../base/errors.ts';
import type { Ledger } from './ledger.ts';
import type { Intent, LedgerEntry } from './ledger-entry.ts';
import type { LedgerRun } from './ledger-run.ts';
import type { Finding } from './plan-writes.ts';
import type { Area } from './settle.ts';
import { settleMany } from './settle-many.ts';

/** What became of a run's files. All paths are relative to the target, in the order in which they were undone. */
export interface Undone {
  readonly restored: readonly string[];
  /** Left as they are, because they are neither as the run found them nor as it left them. */
  readonly foreign: readonly Finding[];
}

/**
 * Puts back all that a run wrote, last file first, and closes the run in the ledger. Files that somebody else changed are
 * left alone and listed. Call it under the lock: for a failed gate, or for a run that was interrupted. It can be stopped
 * anywhere and called again. Throws `UNDO_FAILED` when a file cannot be restored and `LEDGER_WRITE_FAILED` when all are
 * and the ledger cannot say so; the next command goes on then.
 */
export function undoRun(area: Area, ledger: Ledger, run: LedgerRun, now: Date): Undone {
  const { unnoted, ...undone } = undoFiles(area, ledger, run, now);
  if (unnoted === undefined) return undone;
  throw new RerouteError({
    code: 'LEDGER_WRITE_FAILED',
    message: `The files of run ${run.id} are as they were before it, but the ledger could not be written to say so.`,
    where: { file: ledger.folder },
    details: [unnoted instanceof Error ? unnoted.message : String(unnoted)],
    next: 'Remove the cause (room on the disk, permissions of .reroute); the next reroute command closes the run.',
    cause: unnoted,
  });
}

/** As {@link undoRun}; that the ledger could not be written is not thrown: `unnoted` is why. */
export function undoFiles(
  area: Area,
  ledger: Ledger,
  run: LedgerRun,
  now: Date,
): Undone & { readonly unnoted: unknown } {
  const journal = new PatientJournal(ledger);
  const at = now.toISOString();
  const restored: string[] = [];
  const foreign: Finding[] = [];
  const failed: { file: string; error: unknown }[] = [];
  if (run.state !== 'undoing') journal.append({ type: 'run-undo-start', run: run.id, at });
  settleMany(area, run.intents.toReversed(), 'before', {
    settled({ file }, settled) {
      if (settled.kind === 'foreign') foreign.push({ file, how: settled.how });
    },
    durable(moved) {
      restored.push(...moved.map(({ file }) => file));
      journal.append(...moved.map(({ file }): LedgerEntry => ({ type: 'undo-outcome', run: run.id, file })));
    },
    failed: ({ file }, error) => failed.push({ file, error }),
    // What the run stored of its new contents is needed by nobody any more.
    makeRoom() {
      area.objects.drop(newContents(ledger, run));
      return true;
    },
  });
  if (failed.length > 0) throw undoFailed(run, failed);
  journal.append({ type: 'run-undone', run: run.id, at });
  return { restored, foreign, unnoted: journal.failure };
}

/**
 * A ledger that cannot be written must not keep files from being restored: the intents are in it already, so the next
 * command sees that nothing is left to undo and closes the run. After the first failure nothing more is appended.
 */
class PatientJournal {
  readonly #ledger: Ledger;
  failure: unknown;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  append(...entries: readonly LedgerEntry[]): void {
    if (this.failure !== undefined) return;
    try {
      this.#ledger.append(entries);
    } catch (error) {
      this.failure = error;
    }
  }
}

/** The objects that only this run's new contents need. */
function newContents(ledger: Ledger, run: LedgerRun): ReadonlySet<string> {
  const hashes = (intents: readonly Intent[], of: 'beforeHash' | 'afterHash') =>
    intents.flatMap((intent) => intent[of] ?? []);
  const own = new Set(hashes(run.intents, 'afterHash'));
  for (const hash of hashes(run.intents, 'beforeHash')) own.delete(hash);
  for (const other of ledger.runs()) {
    if (other.id === run.id) continue;
    for (const hash of [...hashes(other.intents, 'beforeHash'), ...hashes(other.intents, 'afterHash')])
      own.delete(hash);
  }
  return own;
}

function undoFailed(run: LedgerRun, failed: readonly { file: string; error: unknown }[]): RerouteError {
  const first = failed[0]!;
  return new RerouteError({
    code: 'UNDO_FAILED',
    message: `${failed.length} of ${run.intents.length} files of run ${run.id} could not be restored; the others are as they were before it.`,
    where: { file: first.file },
    details: failed.map(({ file, error }) => `${file}: ${error instanceof Error ? error.message : String(error)}`),
    next: 'Remove the cause; the next reroute command restores them. Their contents are safe in .reroute/objects.',
    cause: first.error,
  });
}
