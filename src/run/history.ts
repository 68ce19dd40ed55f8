import { decode, type SourceText } from '../base/source-text.ts';
import type { Migration } from '../manifest/migration.ts';
import type { Disk } from './disk.ts';
import type { Ledger } from './ledger.ts';
import { isApplied, type LedgerRun } from './ledger-run.ts';
import type { RunRecord } from './run-record.ts';
import { readRecord, withTexts } from './stored-record.ts';

/** What the ledger says of a phase. */
export interface PhaseState {
  readonly phase: string;
  /** `kept`: written, though a gate failed. */
  readonly state: 'pending' | 'done' | 'kept' | 'rolled-back';
  /** The run that brought it there: the newest that is applied, or that was rolled back. `undefined` when pending. */
  readonly run: string | undefined;
  /** When that run began; ISO 8601, UTC. */
  readonly at: string | undefined;
  /** Files that its applied runs changed, each once. */
  readonly files: number;
  /** Whether the run was made with the manifest as it is now; false when pending. */
  readonly isCurrent: boolean;
}

/** The state of each phase of a migration, in the manifest's order. A run that found nothing to change is done, too. */
export function phaseStates(ledger: Ledger, migration: Migration): readonly PhaseState[] {
  return migration.phases.map(({ name }) => phaseState(ledger, migration, name));
}

function phaseState(ledger: Ledger, migration: Migration, phase: string): PhaseState {
  const runs = ledger.runs().filter((run) => run.migration === migration.name && run.phase === phase);
  const standing = runs.filter((run) => isApplied(run) || run.state === 'nochange');
  const tell = (state: PhaseState['state'], run: LedgerRun): PhaseState => ({
    phase,
    state,
    run: run.id,
    at: run.at,
    files: new Set(standing.flatMap(({ intents }) => intents.map(({ file }) => file))).size,
    isCurrent: standing.some(({ hash }) => hash === migration.hash),
  });
  // A second run that found nothing does not stand for the one that did the work.
  const done = standing.findLast(isApplied) ?? standing.at(-1);
  if (done) {
    // The gates of a phase that was kept run again with the next run, which has nothing to change.
    const isOpen = done.state === 'kept' && standing.at(-1) === done;
    return tell(isOpen ? 'kept' : 'done', done);
  }
  const undone = runs.findLast((run) => run.state === 'rolled-back');
  if (undone) return tell('rolled-back', undone);
  return { phase, state: 'pending', run: undefined, at: undefined, files: 0, isCurrent: false };
}

/**
 * The text that stood at a path before the migration's proxy took its place, for making the proxy anew; `undefined` when
 * no proxy was made there, it was retired since, or nothing stood there before. Throws `LEDGER_DAMAGED`.
 */
export function originalOf(ledger: Ledger, migration: Migration, file: string): SourceText | undefined {
  const intents = ledger
    .runs()
    .filter((run) => isApplied(run) && run.migration === migration.name)
    .flatMap((run) => run.intents);
  const own = intents.filter((intent) => intent.file === file);
  // The first: a proxy that was made anew replaced a proxy.
  const first = own.find((intent) => intent.step.split('+').includes('proxies'));
  if (!first || first.beforeHash === null || own.at(-1)!.afterHash === null) return undefined;
  const source = decode(ledger.objects.read(first.beforeHash));
  if (typeof source === 'object') return source;
  throw new Error(`the original of ${file} is ${source}`);
}

/** Whether a phase of the migration took the file away, and nothing since put one there. */
export function isRetired(ledger: Ledger, migration: Migration, file: string): boolean {
  const intents = ledger
    .runs()
    .filter((run) => isApplied(run) && run.migration === migration.name)
    .flatMap((run) => run.intents);
  const last = intents.findLast((intent) => intent.file === file);
  return last?.step === 'retire' && last.afterHash === null;
}

/**
 * The records of all runs that have ended, oldest first, with their texts; a run that was rolled back since says so. All
 * texts are in memory: ask for one run with `id` where that is enough. Throws `RECORD_DAMAGED`, `LEDGER_DAMAGED`.
 */
export function runRecords(disk: Disk, ledger: Ledger, id?: string): readonly RunRecord[] {
  return ledger.runs().flatMap((run) => {
    if (id !== undefined && run.id !== id) return [];
    const stored = readRecord(disk, ledger, run.id);
    if (!stored) return [];
    const record = withTexts(ledger, stored);
    return [run.state === 'rolled-back' ? { ...record, status: run.state } : record];
  });
}
