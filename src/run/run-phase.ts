import { RerouteError } from '../base/errors.ts';
import type { Stopwatch } from '../base/stopwatch.ts';
import { type Gate, gateName, type Phase } from '../manifest/migration.ts';
import type { Account, FileChange } from '../plan/file-change.ts';
import type { Rewriters } from '../rewrite/rewriters.ts';
import { listAllFiles } from '../survey/list-files.ts';
import type { Note } from '../survey/notes.ts';
import { applyChanges } from './apply.ts';
import type { Disk } from './disk.ts';
import { draftPhase, type PhaseDraft } from './draft/draft-phase.ts';
import { finishRun } from './finish.ts';
import { CommandGates } from './gates/command-gates.ts';
import { Untouched } from './gates/untouched.ts';
import { refuseDirty } from './git/clean-files.ts';
import type { Git } from './git/git.ts';
import { phaseStates } from './history.ts';
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
  /** The repository that the target lies in. */
  readonly git: Git | undefined;
}

/** A phase that is about to be written. */
interface Writing {
  readonly id: string;
  readonly all: readonly Gate[];
  readonly commands: CommandGates;
  /** Filled as they are run. */
  readonly gates: GateResult[];
  /** Filled when it is written. */
  readonly linkNotes: Note[];
  readonly record: (status: RunStatus) => RunRecord;
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
    const { disk, git, allowDirty } = this.#options;
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
    const linkNotes: Note[] = [];
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
      notes: [...draft.notes, ...linkNotes],
      gates,
      ...(draft.retirements && { retirements: draft.retirements }),
      ...(draft.codemods.length > 0 && { codemods: draft.codemods }),
    });
    if (draft.types?.passed === false) return this.#keep(record('failed'));
    const all = [...migration.gates, ...phase.gates];
    gates.push(...budgets(all, draft.account));
    if (gates.some(({ passed }) => !passed)) return this.#keep(record('failed'));
    if (this.#options.dryRun) {
      session.lay(draft.changes);
      return record(draft.changes.length > 0 ? 'done' : 'nochange');
    }
    const commands = this.#commandGates(phase);
    if (draft.changes.length === 0) {
      // What a gate found last time, somebody may have put right by hand.
      const passed = !this.#wasKept(phase) || (await this.#runGates(all, commands, gates));
      return this.#keep(record(passed ? 'nochange' : 'failed'));
    }
    if (git && !allowDirty) refuseDirty(git, { disk, ledger }, filesOf(draft.changes));
    await commands.lookBefore(all.filter((gate) => gate.kind === 'command'));
    session.lay(draft.changes);
    return this.#keep(await this.#write(phase, draft, { id, all, commands, gates, linkNotes, record }));
  }

  async #write(phase: Phase, draft: PhaseDraft, writing: Writing): Promise<RunRecord> {
    const { migration, ledger, disk, onProgress, now, signal, stopwatch, keep } = this.#options;
    const { id, all, commands, gates, linkNotes, record } = writing;
    const heading = {
      run: id,
      phase: phase.name,
      migration: migration.name,
      hash: migration.hash,
      at: now().toISOString(),
    };
    const { hardLinked } = stopwatch.time('write', () =>
      applyChanges({
        disk,
        ledger,
        heading,
        changes: draft.changes,
        onWritten: (done, total) => onProgress?.({ phase: phase.name, stage: 'write', done, total }),
      }),
    );
    linkNotes.push(...hardLinked.map(hardLinkNote));
    let passed = false;
    let thrown: { readonly error: unknown } | undefined;
    try {
      passed = await stopwatch.timeAsync('gates', () => this.#runGates(all, commands, gates));
      signal?.throwIfAborted();
    } catch (error) {
      thrown = { error };
    }
    if (passed && !thrown) return record('done');
    if (keep && !thrown) return record('kept');
    // Also when a gate threw or the user stopped it: what is not known to be good does not stay.
    const incomplete = this.#undo(id);
    if (incomplete) this.#keep(record('failed'));
    if (incomplete ?? thrown) throw incomplete ?? thrown?.error;
    return record('failed');
  }

  #commandGates(phase: Phase): CommandGates {
    const { session, signal, onProgress } = this.#options;
    const onStart = (detail: string) => onProgress?.({ phase: phase.name, stage: 'gate', detail });
    return new CommandGates({ root: session.view.root, signal, onStart });
  }

  /** The gates after writing, in order, up to the first that fails. */
  async #runGates(all: readonly Gate[], commands: CommandGates, gates: GateResult[]): Promise<boolean> {
    const { session } = this.#options;
    const { view } = session;
    const untouched = all.some(({ kind }) => kind === 'clean')
      ? new Untouched(
          () => listAllFiles(view.root),
          (file) => view.absolute(file),
        )
      : undefined;
    for (const gate of all) {
      if (gate.kind !== 'command') continue;
      const result = await commands.run(gate);
      gates.push(result);
      // A command may have touched sources: they are looked at again.
      session.forget();
      if (!result.passed) return false;
    }
    if (untouched) gates.push(untouched.check());
    return gates.every(({ passed }) => passed);
  }

  /** Whether the phase stands as a gate refused it. */
  #wasKept(phase: Phase): boolean {
    const { ledger, migration } = this.#options;
    return phaseStates(ledger, migration).some(({ phase: name, state }) => name === phase.name && state === 'kept');
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

function hardLinkNote(subject: string): Note {
  const text = `${subject} had a second name (hard link) and is a file of its own now; the other name has the text of before`;
  return { code: 'hard-links', subject, text };
}

function filesOf(changes: readonly FileChange[]): readonly string[] {
  return changes.map(({ file }) => file);
}

/** The results of the gates that limit how much a phase leaves for people. */
function budgets(gates: readonly Gate[], { review }: Account): readonly GateResult[] {
  return gates.flatMap((gate) => {
    if (gate.kind !== 'budget') return [];
    const passed = review <= gate.review;
    const output = passed ? '' : `${review} places are for review, ${gate.review} are allowed; see the report`;
    return [{ gate: gateName(gate), passed, output, milliseconds: 0 }];
  });
}

function runtimeMissing(runtime: string): RerouteError {
  return new RerouteError({
    code: 'PROXY_RUNTIME_MISSING',
    message: `The proxies import '${runtime}', which the target does not have. Nothing was written.`,
    next: 'npm install reroute   (in the target)',
  });
}
