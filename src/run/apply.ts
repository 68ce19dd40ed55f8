import { RerouteError } from '../base/errors.ts';
import type { FileChange } from '../plan/file-change.ts';
import type { Disk } from './disk.ts';
import type { Ledger } from './ledger.ts';
import type { RunStart } from './ledger-entry.ts';
import { isInterrupted } from './ledger-run.ts';
import { listed, type PlannedWrite, planWrites } from './plan-writes.ts';
import type { Area } from './settle.ts';
import { settleMany } from './settle-many.ts';
import { type Undone, undoFiles } from './undo.ts';

/** What the ledger is told of a run before it writes. */
export type RunHeading = Omit<RunStart, 'type' | 'files'>;

export interface ApplyOptions {
  readonly disk: Disk;
  readonly ledger: Ledger;
  readonly heading: RunHeading;
  /** Each file at most once. Those that change nothing are left out. */
  readonly changes: readonly FileChange[];
  /** Called after each file. */
  readonly onWritten?: (written: number, files: number) => void;
}

export interface Applied {
  /** Relative to the target, in the order of writing. */
  readonly written: readonly string[];
  /** Written files that had a second name (hard link), which still has the content before. */
  readonly hardLinked: readonly string[];
}

/**
 * Writes a run's changes, all or none, and returns when they would survive a power cut. Call it under the lock; then run
 * the gates, and close the run with `finishRun` or `undoRun`.
 *
 * Nothing is written when a file is not exactly as the change found it (`TARGET_CHANGED`, with every such file) or lies
 * behind a link that leads out (`TARGET_LEADS_OUT`). When a write fails midway, what was written is restored and
 * `WRITE_FAILED` thrown, with the file and the cause; `UNDO_FAILED` when restoring fails as well.
 */
export function applyChanges({ disk, ledger, heading, changes, onWritten }: ApplyOptions): Applied {
  const area: Area = { disk, root: ledger.root, objects: ledger.objects };
  if (ledger.runs().some(isInterrupted)) throw new Error('an interrupted run must be recovered before the next one');
  const planned = planWrites(area, heading.run, changes);
  announce(ledger, heading, planned);
  let file = '';
  try {
    let written = 0;
    const intents = planned.map(({ intent }) => intent);
    settleMany(area, intents, 'after', {
      settled(intent, settled) {
        if (settled.kind === 'foreign') throw changedUnderway(intent.file, settled.how);
        written += 1;
        onWritten?.(written, planned.length);
      },
      durable: (moved) => ledger.append(moved.map(({ file }) => ({ type: 'outcome', run: heading.run, file }))),
      failed(intent, error) {
        file = intent.file;
        throw error;
      },
    });
  } catch (error) {
    throw writeFailed(file, error, undoAfter(error, area, ledger, heading));
  }
  return {
    written: planned.map(({ intent }) => intent.file),
    hardLinked: planned.filter(({ hardLinked }) => hardLinked).map(({ intent }) => intent.file),
  };
}

/** Originals, new contents and intents, all durable before the first file is touched. */
function announce(ledger: Ledger, heading: RunHeading, planned: readonly PlannedWrite[]): void {
  try {
    // Apart, so that the new ones can go when restoring needs their room.
    ledger.objects.put(planned.flatMap(({ before }) => before ?? []));
    ledger.objects.put(planned.flatMap(({ after }) => after ?? []));
    const intents = planned.map(({ intent }) => intent);
    ledger.append([{ type: 'run-start', ...heading, files: intents.length }, ...intents]);
  } catch (error) {
    throw new RerouteError({
      code: 'WRITE_FAILED',
      message: `The ledger could not be written: ${messageOf(error)}. No file of the target was touched.`,
      where: { file: ledger.folder },
      next: 'Remove the cause (room on the disk, permissions of .reroute), then run the same command again.',
      cause: error,
    });
  }
}

function undoAfter(error: unknown, area: Area, ledger: Ledger, heading: RunHeading): Undone {
  try {
    return undoFiles(area, ledger, ledger.run(heading.run)!, new Date(heading.at));
  } catch (undoError) {
    if (!(undoError instanceof RerouteError)) throw undoError;
    const { code, message, where, details, next } = undoError;
    const why = `The run stopped in the first place because of: ${messageOf(error)}`;
    throw new RerouteError({ code, message, where, details: [...details, why], next, cause: error });
  }
}

function changedUnderway(file: string, how: string): RerouteError {
  return new RerouteError({
    code: 'TARGET_CHANGED',
    message: `${file} ${how} while the run was writing.`,
    where: { file },
    next: 'Run the same command again: it looks at the target as it is now.',
  });
}

function writeFailed(file: string, error: unknown, undone: Undone): RerouteError {
  const own = error instanceof RerouteError ? error : undefined;
  const after =
    undone.foreign.length === 0
      ? 'Everything that the run had written is as it was before.'
      : 'What the run had written is as it was before, but for the files that somebody else changed meanwhile:';
  return new RerouteError({
    code: own?.code ?? 'WRITE_FAILED',
    message: `${own?.message ?? `${file} could not be written: ${messageOf(error)}.`} ${after}`,
    where: { file },
    details: listed(undone.foreign),
    next: own?.next ?? 'Remove the cause, then run the same command again.',
    cause: error,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
