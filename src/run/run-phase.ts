import { RerouteError } from '../base/errors.ts';
import type { Stopwatch } from '../base/stopwatch.ts';
import type { Phase } from '../manifest/migration.ts';
import type { Rewriters } from '../rewrite/rewriters.ts';
import { applyChanges } from './apply.ts';
import type { Disk } from './disk.ts';
import { draftPhase, type PhaseDraft } from './draft/draft-phase.ts';
import { finishRun } from './finish.ts';
import { runCommandGate } from './gates/command.ts';
import type { Ledger } from './ledger.ts';
import type { RunOptions } from './run-options.ts';
import type { GateResult, RunRecord, RunStatus } from './run-record.ts';
import type { SurfacesAhead } from './surfaces-ahead.ts';
import type { TargetSession } from './target-session.ts';
import { undoRun } from './undo.ts';

export interface RunnerOptions extends RunOptions {
  readonly disk: Disk;
  readonly ledger: Ledger;
  readonly session: TargetSession;
  readonly stopwatch: Stopwatch;
  readonly surfaces: SurfacesAhead;
  readonly rewriters: Rewriters;
}

/** Runs the phases of a migration on one target, one at a time; the session is kept up with what they do. */
export class PhaseRunner {
  readonly #options: RunnerOptions;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Drafts, checks, writes, and runs the gates of one phase; what fails is undone. */
  async run(phase: Phase): Promise<RunRecord> {
    const { migration, session, ledger, now, onProgress, signal, stopwatch, surfaces, rewriters } = this.#options;
    const startedAt = now();
    const report = (event: Parameters<NonNullable<typeof onProgress>>[0]) => onProgress?.(event);
    signal?.throwIfAborted();
    const draft = await draftPhase(session, {
      migration,
      phase,
      proxies: () => stopwatch.timeAsync('surfaces', () => surfaces.proxies(session.view)),
      stopwatch,
      rewriters,
      evidence: this.#options.evidence ?? { usage: undefined, others: [] },
      report: (event) => report({ phase: phase.name, ...event }),
      clock: () => now().getTime(),
    });
    signal?.throwIfAborted();
    if (draft.missing && !this.#options.dryRun) throw runtimeMissing(draft.missing);
    const id = ledger.newRunId(phase.name, startedAt);
    const gates: GateResult[] = draft.types ? [draft.types] : [];
    const record = (status: RunStatus): RunRecord => ({
      id,
      migration: { name: migration.name, hash: migration.hash },
      target: session.view.root,
      phase: phase.name,
      startedAt: startedAt.toISOString(),
      finishedAt: now().toISOString(),
      dryRun: this.#options.dryRun,
      status,
      changes: draft.changes,
      outcomes: draft.outcomes,
      skipped: draft.skipped,
      account: draft.account,
      notes: draft.notes,
      gates,
      ...(draft.retirements && { retirements: draft.retirements }),
    });
    if (draft.types?.passed === false) return this.#keep(record('failed'));
    session.lay(draft.changes);
    if (this.#options.dryRun) return record(draft.changes.length > 0 ? 'done' : 'nochange');
    if (draft.changes.length === 0) return this.#keep(record('nochange'));
    return this.#keep(await this.#write(phase, draft, id, gates, record));
  }

  async #write(
    phase: Phase,
    draft: PhaseDraft,
    id: string,
    gates: GateResult[],
    record: (status: RunStatus) => RunRecord,
  ): Promise<RunRecord> {
    const { migration, ledger, disk, onProgress, now, signal, stopwatch } = this.#options;
    const heading = {
      run: id,
      phase: phase.name,
      migration: migration.name,
      hash: migration.hash,
      at: now().toISOString(),
    };
    stopwatch.time('write', () =>
      applyChanges({
        disk,
        ledger,
        heading,
        changes: draft.changes,
        onWritten: (done, total) => onProgress?.({ phase: phase.name, stage: 'write', done, total }),
      }),
    );
    let passed = false;
    let thrown: { readonly error: unknown } | undefined;
    try {
      passed = await stopwatch.timeAsync('gates', () => this.#commands(phase, gates));
      signal?.throwIfAborted();
    } catch (error) {
      thrown = { error };
    }
    if (passed && !thrown) return record('done');
    // Also when a gate threw or the user stopped it: what is not known to be good does not stay.
    const incomplete = this.#undo(id);
    if (incomplete) this.#keep(record('failed'));
    if (incomplete ?? thrown) throw incomplete ?? thrown?.error;
    return record('failed');
  }

  /** The command gates, in order, up to the first that fails. */
  async #commands(phase: Phase, gates: GateResult[]): Promise<boolean> {
    const { migration, session, signal, onProgress } = this.#options;
    for (const gate of [...migration.gates, ...phase.gates]) {
      if (gate.kind !== 'command') continue;
      onProgress?.({ phase: phase.name, stage: 'gate', detail: gate.command });
      const result = await runCommandGate({ command: gate.command, cwd: session.view.root, ...(signal && { signal }) });
      gates.push(result);
      if (!result.passed) return false;
      // A command may have touched sources: they are looked at again.
      session.forget();
    }
    return true;
  }

  /** Undoes a run; the error to throw when files had to be left as somebody else changed them. */
  #undo(id: string): RerouteError | undefined {
    const { disk, ledger, now, session } = this.#options;
    const { foreign } = undoRun({ disk, root: ledger.root, objects: ledger.objects }, ledger, ledger.run(id)!, now());
    session.forget();
    if (foreign.length === 0) return undefined;
    return new RerouteError({
      code: 'UNDO_INCOMPLETE',
      message: `The phase failed and was undone, but somebody changed ${foreign.length} of its files meanwhile; they are left as they are.`,
      details: foreign.map(({ file, how }) => `${file} ${how}`),
      next: 'Look at these files; their originals are in .reroute/objects. What the gate said: reroute report',
    });
  }

  #keep(record: RunRecord): RunRecord {
    const { dryRun, disk, ledger } = this.#options;
    if (!dryRun) finishRun(disk, ledger, record);
    return record;
  }
}

function runtimeMissing(runtime: string): RerouteError {
  return new RerouteError({
    code: 'PROXY_RUNTIME_MISSING',
    message: `The proxies import '${runtime}', which the target does not have. Nothing was written.`,
    next: 'npm install reroute   (in the target)',
  });
}
