import { RerouteError } from '../base/errors.ts';
import { findManifest, loadManifest } from '../manifest/load.ts';
import type { Migration } from '../manifest/migration.ts';
import { nodeDisk } from '../run/disk.ts';
import { commitOf, commitRun } from '../run/git/commits.ts';
import { Git, noRepository } from '../run/git/git.ts';
import { phaseStates, runRecords } from '../run/history.ts';
import { Ledger } from '../run/ledger.ts';
import type { Progress } from '../run/progress.ts';
import { run } from '../run/run.ts';
import type { RunRecord } from '../run/run-record.ts';
import { openTarget } from '../run/target.ts';
import type { FleetPhase, FleetResult, FleetTask } from './task.ts';

export interface TargetHost {
  readonly now: () => Date;
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: Progress) => void;
  /** Writes the report of the runs and gives the page's path; the place of a page that is to come, for commits. */
  readonly writeReport: (records: readonly RunRecord[], root: string) => string;
  readonly reportPlace: (first: RunRecord, several: boolean) => string;
}

/** Does a task on its target. Never throws: what goes wrong is the target's result, and the fleet goes on. */
export async function runTarget(task: FleetTask, host: TargetHost): Promise<FleetResult> {
  const { name, root } = task;
  const started = performance.now();
  const recovered: string[] = [];
  const seconds = () => Math.round(performance.now() - started) / 1000;
  try {
    const target = openTarget(nodeDisk, root);
    const migration = await loadManifest(findManifest(target, task.manifest));
    if (task.hash !== undefined && migration.hash !== task.hash) throw otherManifest(migration, task.hash);
    if (task.branch !== undefined && !task.dryRun) switchTo(target, task.branch);
    const git = task.commit && !task.dryRun ? Git.around(target) : undefined;
    const base = git?.head();
    const several = task.phase === undefined && migration.phases.length > 1;
    const { records: made } = await run({
      migration,
      target,
      phases: task.phase === undefined ? 'all' : [task.phase],
      dryRun: task.dryRun,
      anyway: false,
      ignoreBadTsconfig: false,
      allowDirty: task.allowDirty,
      oneThread: true,
      now: host.now,
      onRecovered: ({ sentence }) => recovered.push(sentence),
      ...(host.signal && { signal: host.signal }),
      ...(host.onProgress && { onProgress: host.onProgress }),
      ...(task.commit && { commit: { reportOf: ([first]) => host.reportPlace(first!, several) } }),
    });
    const records = task.standing && !task.dryRun ? standing(made, migration, target) : made;
    const report = records.length > 0 ? host.writeReport(records, target) : undefined;
    const commits =
      git && task.standing
        ? standingCommits(git, records, (first) => host.reportPlace(first, several))
        : newCommits(git, base);
    return {
      name,
      root: target,
      state: stateOf(records),
      ...(commits && { commits }),
      phases: records.map(phaseOf),
      recovered,
      ...(report && { report }),
      seconds: seconds(),
    };
  } catch (error) {
    return { name, root, state: 'error', phases: [], recovered, error: factsOf(error), seconds: seconds() };
  }
}

/** The runs; in the place of one that had nothing left to do, the one that did it with the same manifest. */
function standing(made: readonly RunRecord[], migration: Migration, root: string): readonly RunRecord[] {
  const ledger = new Ledger(nodeDisk, root);
  const states = phaseStates(ledger, migration);
  return made.map((record) => {
    const did = states.find(({ phase }) => phase === record.phase)?.run;
    if (record.status !== 'nochange' || did === undefined || did === record.id) return record;
    const [earlier] = runRecords(nodeDisk, ledger, did);
    return earlier?.status === 'done' && earlier.migration.hash === migration.hash ? earlier : record;
  });
}

function newCommits(git: Git | undefined, base: string | undefined): FleetResult['commits'] {
  const head = git?.head();
  return git && base && head && base !== head ? { branch: git.branch(), base, head } : undefined;
}

/** The commits of runs; one that is missing, because its process ended before it, is made. */
function standingCommits(
  git: Git,
  records: readonly RunRecord[],
  reportPlace: (first: RunRecord) => string,
): FleetResult['commits'] {
  const done = records.filter(({ status }) => status === 'done');
  const commits = done.map((record) => commitOf(git, record.id) ?? commitRun(git, record, reportPlace(done[0]!)));
  const base = commits[0] === undefined ? undefined : git.parentOf(commits[0]);
  return base === undefined ? undefined : { branch: git.branch(), base, head: commits.at(-1)! };
}

function otherManifest({ file, hash }: Migration, wanted: string): RerouteError {
  return new RerouteError({
    code: 'FLEET_OTHER_MANIFEST',
    message: `The task is for a manifest with the hash ${wanted}, and this one has ${hash}. Nothing was run.`,
    where: { file },
    next: 'Bring both to the same version of the manifest, then put the targets into the queue again.',
  });
}

/** On that branch already, or on one that was made before, the target stays as it is. */
function switchTo(root: string, branch: string): void {
  const git = Git.around(root);
  if (!git) throw noRepository(root, '--branch');
  if (git.branch() === branch) return;
  if (!git.hasBranch(branch)) {
    git.startBranch(branch);
    return;
  }
  throw new RerouteError({
    code: 'GIT_BRANCH_EXISTS',
    message: `There is a branch ${branch} already. Nothing was written.`,
    where: { file: root },
    next: `git switch ${branch}, then the same command; or another name: --branch <name>`,
  });
}

function stateOf(records: readonly RunRecord[]): FleetResult['state'] {
  if (records.some(({ status }) => status === 'failed')) return 'failed';
  return records.some(({ status }) => status === 'done') ? 'done' : 'nochange';
}

function phaseOf({ phase, id, status, account, changes, gates }: RunRecord): FleetPhase {
  const { found, edited, review, left } = account;
  const gate = gates.find(({ passed }) => !passed)?.gate;
  const files = changes.map(({ file }) => file);
  return { phase, run: id, status, found, edited, review, left, files, ...(gate !== undefined && { gate }) };
}

function factsOf(error: unknown): NonNullable<FleetResult['error']> {
  if (error instanceof RerouteError) {
    const { code, message, details, next } = error;
    return { code, message, details, ...(next !== undefined && { next }) };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { code: 'FAULT', message, details: stack?.split('\n').slice(1, 6) ?? [] };
}
