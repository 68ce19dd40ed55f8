import { RerouteError } from '../base/errors.ts';
import { Stopwatch } from '../base/stopwatch.ts';
import type { Migration, Phase } from '../manifest/migration.ts';
import { nearestName } from '../manifest/nearest-name.ts';
import { Rewriters } from '../rewrite/rewriters.ts';
import { expandFolders } from '../survey/expand-folders.ts';
import { TargetView } from '../survey/target-view.ts';
import { type Disk, nodeDisk } from './disk.ts';
import { commitRun } from './git/commits.ts';
import { Git, noRepository } from './git/git.ts';
import { phaseStates } from './history.ts';
import { Ledger } from './ledger.ts';
import { isInterrupted } from './ledger-run.ts';
import type { RunOptions } from './run-options.ts';
import { PhaseRunner } from './run-phase.ts';
import type { RunRecord } from './run-record.ts';
import { SurfacesAhead } from './surfaces-ahead.ts';
import { openTarget } from './target.ts';
import { TargetSession } from './target-session.ts';
import { type OpenLedger, withLedger } from './with-ledger.ts';

export interface RunResult {
  /** The target's real path. */
  readonly root: string;
  /** One per phase that ran, in order; only the last one may have failed. */
  readonly records: readonly RunRecord[];
  /** What was put right first, when an earlier run had been stopped in the middle; one sentence each. */
  readonly recovered: readonly string[];
}

/**
 * Runs phases on one target, each as far as its gates let it, and stops at the first that fails. A dry run goes through
 * the same stages, each phase on what the ones before it would have left, and writes nothing.
 *
 * Throws `PHASE_UNKNOWN`, `PHASE_ORDER`, `RUN_INTERRUPTED` (dry runs only), `MANIFEST_UNKNOWN_MODULE`,
 * `MANIFEST_UNKNOWN_EXPORT`, `MANIFEST_UNKNOWN_MEMBER`, `COMPILER_BAD_CONFIG`, and what `openTarget`, `withLedger`, `planProxies` and `applyChanges`
 * throw. When it throws, nothing is left half done.
 */
export async function run(options: RunOptions): Promise<RunResult> {
  const { dryRun, now, disk = nodeDisk } = options;
  const stopwatch = options.stopwatch ?? new Stopwatch(() => performance.now());
  const root = openTarget(disk, options.target);
  const view = new TargetView(root);
  const migration = expandFolders(options.migration, view);
  const phases = chosenPhases(migration, options.phases);
  const body = async ({ ledger, recovered }: Pick<OpenLedger, 'ledger' | 'recovered'>): Promise<RunResult> => {
    if (!options.anyway) refuseOutOfOrder(ledger, migration, phases);
    const session = new TargetSession({
      view,
      migration,
      onBadConfig: options.ignoreBadTsconfig ? 'ignore' : 'throw',
      stopwatch,
    });
    const surfaces = new SurfacesAhead({
      view: session.view,
      migration,
      ledger,
      ignoreBadTsconfig: options.ignoreBadTsconfig,
      thread: options.oneThread ? 'none' : options.surfacesThread,
      withProxies: phases[0]?.steps.some(({ kind }) => kind === 'proxies') ?? false,
    });
    const rewriters = new Rewriters(options.oneThread);
    const git = dryRun ? undefined : gitAround(root, options);
    try {
      const runner = new PhaseRunner({
        ...options,
        migration,
        disk,
        ledger,
        session,
        stopwatch,
        surfaces,
        rewriters,
        git,
      });
      await openWhileChecked(session, surfaces, stopwatch);
      const records: RunRecord[] = [];
      for (const phase of phases) {
        const record = await runner.run(phase);
        records.push(record);
        if (git && options.commit && record.status === 'done') commitRun(git, record, options.commit.reportOf(records));
        if (record.status === 'failed' || record.status === 'kept') break;
      }
      return { root, records, recovered: recovered.map(({ sentence }) => sentence) };
    } finally {
      surfaces.close();
      rewriters.close();
      session.close();
    }
  };
  if (dryRun) return body({ ledger: settledLedger(disk, root), recovered: [] });
  const command = `reroute run ${options.phases === 'all' ? '--all' : phases.map(({ name }) => name).join(' ')}`;
  return withLedger({ disk, root, command, now: now(), onRecovered: options.onRecovered }, body);
}

/** The repository around a target. One that git will not look at is none when it does not matter. */
function gitAround(root: string, { allowDirty, commit }: RunOptions): Git | undefined {
  try {
    const git = Git.around(root);
    if (git || !commit) return git;
  } catch (error) {
    if (allowDirty && !commit) return undefined;
    throw error;
  }
  throw noRepository(root, '--commit');
}

/** Opens the compiler while the manifest is checked; what is wrong with the manifest is told first. */
async function openWhileChecked(session: TargetSession, surfaces: SurfacesAhead, stopwatch: Stopwatch): Promise<void> {
  let thrown: { readonly error: unknown } | undefined;
  try {
    session.compiler();
  } catch (error) {
    thrown = { error };
  }
  await stopwatch.timeAsync('surfaces', () => surfaces.check());
  if (thrown) throw thrown.error;
}

function chosenPhases(migration: Migration, names: readonly string[] | 'all'): readonly Phase[] {
  if (names === 'all') return migration.phases;
  const known = migration.phases.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    throw new RerouteError({
      code: 'PHASE_UNKNOWN',
      message: `The manifest has no phase "${name}"; it has ${known.join(', ')}.`,
      where: { file: migration.file },
      next: `reroute run ${near ?? known[0]}`,
    });
  }
  return migration.phases.filter(({ name }) => names.includes(name));
}

/** A phase that begins before the one ahead of it is done would meet code that it was not written for. */
function refuseOutOfOrder(ledger: Ledger, migration: Migration, phases: readonly Phase[]): void {
  const done = new Set(phaseStates(ledger, migration).flatMap(({ phase, state }) => (state === 'done' ? [phase] : [])));
  for (const phase of phases) {
    const ahead = migration.phases.slice(0, migration.phases.indexOf(phase)).find(({ name }) => !done.has(name));
    if (ahead) {
      throw new RerouteError({
        code: 'PHASE_ORDER',
        message: `The phase "${phase.name}" comes after "${ahead.name}", which is not done in this target.`,
        next: `reroute run ${ahead.name}   (or, knowing better: reroute run ${phase.name} --anyway)`,
      });
    }
    done.add(phase.name);
  }
}

/** The ledger for a dry run, which may not put anything right. */
function settledLedger(disk: Disk, root: string): Ledger {
  const ledger = new Ledger(disk, root);
  const interrupted = ledger.runs().find(isInterrupted);
  if (!interrupted) return ledger;
  throw new RerouteError({
    code: 'RUN_INTERRUPTED',
    message: `The run ${interrupted.id} was stopped in the middle, so the target is in no state to look at.`,
    next: 'reroute status   (it puts the target right first)',
  });
}
