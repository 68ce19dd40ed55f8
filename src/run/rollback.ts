import { RerouteError } from '../base/errors.ts';
import type { Disk } from './disk.ts';
import type { Ledger } from './ledger.ts';
import type { Intent, LedgerEntry } from './ledger-entry.ts';
import { isApplied, type LedgerRun } from './ledger-run.ts';
import { difference, holds, observeReadable } from './observe.ts';
import { count, type Finding, listed } from './plan-writes.ts';
import type { Area } from './settle.ts';
import { settleMany } from './settle-many.ts';

export interface RollbackOptions {
  readonly disk: Disk;
  readonly ledger: Ledger;
  /** `undefined`: the newest run that is applied; a phase: all of its runs; `'all'`: every run. */
  readonly what: { readonly phase: string } | 'all' | undefined;
  /** Only runs of this migration. */
  readonly migration: string;
  readonly now: Date;
}

export interface RolledBack {
  readonly run: string;
  readonly phase: string;
  /** Relative to the target: brought back, or removed because the run had made them. */
  readonly restored: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Undoes what runs did: originals byte for byte with their permissions, made files and folders gone. Returns the runs in
 * the order in which they were rolled back, newest first. Call it under the lock, after `recover`.
 *
 * Refuses before anything is touched: `ROLLBACK_NOTHING`, `ROLLBACK_ORDER` (a later phase changed the same files),
 * `ROLLBACK_CHANGED` (somebody changed files since). When a file fails midway, the run is applied again as it was and
 * `ROLLBACK_FAILED` thrown.
 */
export function rollback({ disk, ledger, what, migration, now }: RollbackOptions): readonly RolledBack[] {
  const area: Area = { disk, root: ledger.root, objects: ledger.objects };
  const applied = ledger
    .runs()
    .filter((run) => isApplied(run) && run.migration === migration)
    .toReversed();
  const chosen =
    what === 'all' ? applied : what ? applied.filter((run) => run.phase === what.phase) : applied.slice(0, 1);
  if (chosen.length === 0) throw nothing(what, migration);
  refuseOrder(ledger, chosen);
  refuseChanged(area, chosen);
  const done: RolledBack[] = [];
  for (const run of chosen) done.push(rollBackRun(area, ledger, run, now, done));
  voidLaterFindings(ledger, chosen.at(-1)!, now);
  return done;
}

function rollBackRun(area: Area, ledger: Ledger, run: LedgerRun, now: Date, before: readonly RolledBack[]): RolledBack {
  const at = now.toISOString();
  try {
    ledger.append([{ type: 'run-undo-start', run: run.id, at }]);
    settleMany(area, run.intents.toReversed(), 'before', {
      settled(intent, settled) {
        if (settled.kind === 'foreign') throw new Error(`${intent.file} ${settled.how} meanwhile`);
      },
      durable: (moved) => ledger.append(moved.map(({ file }) => ({ type: 'undo-outcome', run: run.id, file }))),
      failed: rethrow,
    });
    ledger.append([{ type: 'run-undone', run: run.id, at }]);
  } catch (error) {
    throw failed(run, error, applyAgain(area, ledger, run), before);
  }
  const files = (made: boolean) =>
    run.intents.filter(({ kind }) => (kind === 'create') === made).map(({ file }) => file);
  return { run: run.id, phase: run.phase, restored: files(false), removed: files(true) };
}

function rethrow(_: Intent, error: unknown): never {
  throw error;
}

/** Brings the files to the state after the run again. Returns whether all of it worked. */
function applyAgain(area: Area, ledger: Ledger, run: LedgerRun): boolean {
  try {
    settleMany(area, run.intents, 'after', { settled() {}, durable() {}, failed: rethrow });
    ledger.append([{ type: 'run-undo-stopped', run: run.id }]);
    return true;
  } catch {
    return false;
  }
}

/** A later run of another phase stands on top of a chosen one's files. */
function refuseOrder(ledger: Ledger, chosen: readonly LedgerRun[]): void {
  const ids = new Set(chosen.map(({ id }) => id));
  const files = new Set<string>();
  const onTop: LedgerRun[] = [];
  for (const run of ledger.runs()) {
    if (ids.has(run.id)) for (const { file } of run.intents) files.add(file);
    else if (isApplied(run) && run.intents.some(({ file }) => files.has(file))) onTop.unshift(run);
  }
  if (onTop.length === 0) return;
  const phases = [...new Set(onTop.map(({ phase }) => phase))];
  throw new RerouteError({
    code: 'ROLLBACK_ORDER',
    message: `The phase ${chosen[0]!.phase} cannot be rolled back yet: ${phases.join(', ')} changed the same files after it.`,
    details: onTop.map((run) => `${run.phase}: run ${run.id} of ${run.at}, ${shared(run, files)}`),
    next: `Roll back first: ${phases.map((phase) => `reroute rollback ${phase}`).join(', then ')}; or everything: reroute rollback --all`,
  });
}

function shared(run: LedgerRun, files: ReadonlySet<string>): string {
  const both = run.intents.filter(({ file }) => files.has(file)).map(({ file }) => file);
  return `${both.slice(0, 3).join(', ')}${both.length > 3 ? ` and ${both.length - 3} more` : ''}`;
}

/** Every file must be as the newest chosen run left it, and so on down; or already as before. */
function refuseChanged(area: Area, chosen: readonly LedgerRun[]): void {
  const reached = new Map<string, string | null>();
  const findings: Finding[] = [];
  for (const intent of chosen.flatMap((run) => run.intents)) {
    const { file, beforeHash, afterHash } = intent;
    const above = reached.get(file);
    reached.set(file, beforeHash);
    if (above !== undefined) {
      if (above !== afterHash && above !== beforeHash) findings.push({ file, how: 'was changed between two runs' });
      continue;
    }
    const seen = observeReadable(area.disk, area.root, file);
    if (!holds(seen, afterHash) && !holds(seen, beforeHash)) findings.push({ file, how: difference(seen, afterHash) });
  }
  if (findings.length > 0) throw changed(findings);
}

/** That a later run found nothing to change was true of a target that is no more. */
function voidLaterFindings(ledger: Ledger, oldest: LedgerRun, now: Date): void {
  const runs = ledger.runs();
  const later = runs.slice(runs.findIndex(({ id }) => id === oldest.id) + 1);
  const entries = later
    .filter((run) => run.state === 'nochange' && run.migration === oldest.migration)
    .flatMap((run): LedgerEntry[] => [
      { type: 'run-undo-start', run: run.id, at: now.toISOString() },
      { type: 'run-undone', run: run.id, at: now.toISOString() },
    ]);
  if (entries.length > 0) ledger.append(entries);
}

function nothing(what: RollbackOptions['what'], migration: string): RerouteError {
  const asked = typeof what === 'object' ? `The phase ${what.phase} of ${migration}` : `The migration ${migration}`;
  return new RerouteError({
    code: 'ROLLBACK_NOTHING',
    message: `${asked} has changed nothing in this target that is still there; there is nothing to roll back.`,
    next: 'See what is applied: reroute status',
  });
}

function changed(findings: readonly Finding[]): RerouteError {
  return new RerouteError({
    code: 'ROLLBACK_CHANGED',
    message: `${count(findings)} changed since the run wrote ${findings.length === 1 ? 'it' : 'them'}. Nothing was rolled back.`,
    where: { file: findings[0]!.file },
    details: listed(findings),
    next: 'Bring these files back to what the run wrote (`reroute report` shows it), then roll back again.',
  });
}

function failed(run: LedgerRun, error: unknown, appliedAgain: boolean, before: readonly RolledBack[]): RerouteError {
  const message = error instanceof Error ? error.message : String(error);
  return new RerouteError({
    code: 'ROLLBACK_FAILED',
    message: appliedAgain
      ? `Run ${run.id} could not be rolled back: ${message}. Its files are as the run left them.`
      : `Run ${run.id} could not be rolled back: ${message}. The next reroute command finishes the rollback.`,
    details: before.map((done) => `${done.phase}: run ${done.run} was rolled back`),
    next: 'Remove the cause, then roll back again.',
    cause: error,
  });
}
