import type { Intent, LedgerEntry, RunStart } from './ledger-entry.ts';
import type { RunStatus } from './run-record.ts';

/** A run as the ledger tells it. */
export interface LedgerRun extends Omit<RunStart, 'type' | 'run'> {
  readonly id: string;
  /** In the order of writing. */
  readonly intents: readonly Intent[];
  /** Files that are known to be written and not undone. */
  readonly written: ReadonlySet<string>;
  /** `open`: started and neither done nor undone. `undoing`: its undoing was started and not finished. */
  readonly state: RunStatus | 'open' | 'undoing';
}

interface Draft extends Omit<RunStart, 'type' | 'run'> {
  readonly id: string;
  readonly intents: Intent[];
  readonly written: Set<string>;
  state: LedgerRun['state'];
  /** The state when the undoing began. */
  undoneFrom: LedgerRun['state'];
}

/** The runs of a ledger, in the order in which they started. Entries of a run that never started are left out. */
export function readRuns(entries: readonly LedgerEntry[]): readonly LedgerRun[] {
  const runs = new Map<string, Draft>();
  for (const entry of entries) {
    if (entry.type === 'run-start') {
      const { type, run: id, ...heading } = entry;
      if (!runs.has(id))
        runs.set(id, { id, ...heading, intents: [], written: new Set(), state: 'open', undoneFrom: 'open' });
      continue;
    }
    const run = runs.get(entry.run);
    if (run) tell(run, entry);
  }
  return [...runs.values()];
}

function tell(run: Draft, entry: Exclude<LedgerEntry, RunStart>): void {
  switch (entry.type) {
    case 'intent':
      run.intents.push(entry);
      break;
    case 'outcome':
      run.written.add(entry.file);
      break;
    case 'run-done':
      run.state = entry.status;
      break;
    case 'run-undo-start':
      if (run.state !== 'undoing') run.undoneFrom = run.state;
      run.state = 'undoing';
      break;
    case 'undo-outcome':
      run.written.delete(entry.file);
      break;
    case 'run-undo-stopped':
      run.state = run.undoneFrom;
      for (const { file } of run.intents) run.written.add(file);
      break;
    case 'run-undone':
      // A run that was undone before it was done never was a state of the target: it failed.
      run.state = run.undoneFrom === 'open' ? 'failed' : 'rolled-back';
      run.written.clear();
      break;
  }
}

/** Whether what the run wrote stands in the target. */
export function isApplied(run: LedgerRun): boolean {
  return run.state === 'done' || run.state === 'kept';
}

/** Whether the run was stopped in the middle and the next command has to put it right. */
export function isInterrupted(run: LedgerRun): boolean {
  return run.state === 'open' || run.state === 'undoing';
}
