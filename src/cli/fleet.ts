import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { inShard, inWaves, type Shard } from '../fleet/choose.ts';
import { cloneTarget } from '../fleet/clone.ts';
import { type Fleet, type FleetTarget, readFleet } from '../fleet/fleet-file.ts';
import type { FleetResult, FleetTask } from '../fleet/task.ts';
import { doAll } from '../fleet/workers.ts';
import type { Command } from './command.ts';
import { UsageError } from './errors.ts';
import { FleetProgress } from './fleet-progress.ts';
import { enqueue, type QueueArguments, queueOptions, redisOf, tellQueue, workOnQueue } from './fleet-queue.ts';
import { type FleetRow, readRow, tellStatus } from './fleet-status.ts';
import { tellPullRequests } from './pull-requests.ts';
import type { ExitCode, Session } from './session.ts';
import { tellFleet } from './tell-fleet.ts';

interface FleetArguments extends QueueArguments {
  readonly what: 'run' | 'status' | 'matrix' | 'enqueue' | 'work';
  readonly phase: string | undefined;
  readonly fleet: string;
  readonly all: boolean | undefined;
  readonly 'dry-run': boolean | undefined;
  readonly jobs: number | undefined;
  readonly 'max-failures': number | undefined;
  readonly waves: string | undefined;
  readonly shard: string | undefined;
  readonly shards: number;
  readonly commit: boolean | undefined;
  readonly branch: string | undefined;
  readonly 'allow-dirty': boolean | undefined;
  readonly 'pull-requests': string | undefined;
}

export const fleetCommand: Command<FleetArguments> = {
  command: 'fleet <what> [phase]',
  describe: 'Many targets: run a phase on all of them, or see how far they are',
  builder: (yargs) =>
    queueOptions(yargs)
      .positional('what', { choices: ['run', 'status', 'matrix', 'enqueue', 'work'] as const, demandOption: true })
      .positional('phase', { type: 'string', describe: 'A phase of the manifest' })
      .option('fleet', { type: 'string', default: 'fleet.json', describe: 'The list of targets', group: 'Input:' })
      .option('all', { type: 'boolean', describe: 'Every phase, in order', group: 'What runs:' })
      .option('dry-run', { type: 'boolean', describe: 'Write nothing; report it', group: 'What runs:' })
      .option('jobs', { type: 'number', describe: 'How many targets at once', group: 'What runs:' })
      .option('max-failures', {
        type: 'number',
        describe: 'Begin no further target after so many',
        group: 'What runs:',
      })
      .option('waves', { type: 'string', describe: 'Run the next of these waves: 1%,10%', group: 'What runs:' })
      .option('shard', { type: 'string', describe: 'Only this part: 3/20', group: 'What runs:' })
      .option('shards', { type: 'number', default: 10, describe: 'Parts of a matrix', group: 'What runs:' })
      .option('commit', { type: 'boolean', describe: 'Commit each phase', group: 'git:' })
      .option('branch', { type: 'string', describe: 'On this branch', group: 'git:' })
      .option('allow-dirty', { type: 'boolean', describe: 'As in reroute run', group: 'git:' })
      .option('pull-requests', { type: 'string', describe: 'Write their texts to this folder', group: 'git:' })
      .example('$0 fleet run production --dry-run', 'see what would happen everywhere')
      .example('$0 fleet run production --waves 1%,10%', 'first one in a hundred; then run it again')
      .example('$0 fleet status', 'phases and targets')
      .example('$0 fleet enqueue production --redis redis://host', 'for workers on many machines: fleet work'),
  run: async (session, args) => {
    if (args.what === 'work') return workOnQueue(session, args);
    if (args.what === 'status' && redisOf(session, args) !== undefined) return tellQueue(session, args);
    const file = path.resolve(session.cwd, args.fleet);
    const fleet = readFleet(file, path.join(path.dirname(file), '.reroute-fleet'));
    refuseUntrusted(fleet, file, args.config);
    switch (args.what) {
      case 'run':
        return runFleet(session, fleet, args);
      case 'status':
        return statusOf(session, fleet, args);
      case 'matrix':
        return tellMatrix(session, fleet, args.shards);
      case 'enqueue':
        return enqueue(session, { ...fleet, targets: shardOf(fleet, args) }, file, args);
    }
  },
};

/** A manifest is a program: of a repository that is only an address in a list, none is run. */
function refuseUntrusted(fleet: Fleet, file: string, config: string | undefined): void {
  if (fleet.manifest !== undefined || config !== undefined) return;
  const cloned = fleet.targets.filter(({ git }) => git);
  if (cloned.length === 0) return;
  throw new RerouteError({
    code: 'FLEET_NO_MANIFEST',
    message: 'Targets that are cloned need a manifest of the fleet: those that they bring along are not run.',
    where: { file },
    details: cloned.map(({ name }) => name),
    next: 'Add "manifest": "reroute.config.ts" to the fleet file, or say --config <file>',
  });
}

async function runFleet(session: Session, fleet: Fleet, args: FleetArguments): Promise<ExitCode> {
  if (!args.all && args.phase === undefined)
    throw new UsageError(
      'Which phase? Name one, or run them all.',
      'reroute fleet run --all   (or: reroute fleet status)',
    );
  if (args['pull-requests'] !== undefined && (!args.commit || args.branch === undefined))
    throw new UsageError('Pull requests are made of commits on a branch.', 'add --commit --branch <name>');
  const sharded = shardOf(fleet, args);
  const wave = args.waves === undefined ? undefined : await nextWave(session, fleet, sharded, args);
  if (args.waves !== undefined && !wave) {
    session.print('All waves are done.');
    return 0;
  }
  const chosen = wave?.targets ?? sharded;
  if (wave) session.print(`Wave ${wave.number} of ${wave.of}: ${chosen.length} of ${sharded.length} targets\n`);
  const { ready, broken } = await cloned(session, chosen);
  const progress = new FleetProgress(session, ready.length);
  const results = await doAll(
    ready.map((target) => taskFor(session, target, fleet, args)),
    {
      script: new URL('./fleet-worker.js', import.meta.url),
      jobs: args.jobs,
      maxFailures: args['max-failures'],
      signal: session.signal,
      onProgress: (name, text) => progress.at(name, text),
      onResult: (result) => progress.done(result),
    },
  );
  progress.end();
  session.signal.throwIfAborted();
  const done = [...broken, ...results.filter((result) => result !== undefined)];
  const left = ready.filter((_, i) => results[i] === undefined).map(({ name }) => name);
  tellFleet(session, done, left, wave && wave.number < wave.of ? wave : undefined);
  if (args['pull-requests'] !== undefined) tellPullRequests(session, done, args['pull-requests']);
  const isWell = done.every(({ state }) => state === 'done' || state === 'nochange') && left.length === 0;
  return isWell ? 0 : 1;
}

function taskFor({ cwd }: Session, { name, root }: FleetTarget, fleet: Fleet, args: FleetArguments): FleetTask {
  const manifest = args.config === undefined ? fleet.manifest : path.resolve(cwd, args.config);
  const branch = args.branch === '' ? 'reroute/migration' : args.branch;
  return {
    name,
    root,
    ...(manifest !== undefined && { manifest }),
    ...(args.phase !== undefined && { phase: args.phase }),
    ...(branch !== undefined && { branch }),
    dryRun: args['dry-run'] === true,
    allowDirty: args['allow-dirty'] === true,
    commit: args.commit === true,
  };
}

/** The targets whose folders are there; those that could not be cloned are results already. */
async function cloned(session: Session, targets: readonly FleetTarget[]) {
  const broken: FleetResult[] = [];
  const ready: FleetTarget[] = [];
  for (const target of targets) {
    try {
      if (target.git) session.progress.say(`cloning ${target.name}`);
      await cloneTarget(target, session.signal);
      ready.push(target);
    } catch (error) {
      if (!(error instanceof RerouteError)) throw error;
      const { code, message, details, next } = error;
      const facts = { code, message, details, ...(next !== undefined && { next }) };
      broken.push({
        name: target.name,
        root: target.root,
        state: 'error',
        phases: [],
        recovered: [],
        error: facts,
        seconds: 0,
      });
    }
  }
  return { ready, broken };
}

interface Wave {
  readonly number: number;
  readonly of: number;
  readonly targets: readonly FleetTarget[];
}

/** The first wave that has a target on which the phase is not done. */
async function nextWave(
  session: Session,
  fleet: Fleet,
  targets: readonly FleetTarget[],
  args: FleetArguments,
): Promise<Wave | undefined> {
  const waves = inWaves(targets, readShares(args.waves!));
  for (const [i, wave] of waves.entries()) {
    const rows = await rowsOf(session, fleet, wave, args.config);
    const isDone = ({ phases, problem }: FleetRow): boolean =>
      problem === undefined &&
      phases.every(({ phase, state }) => state === 'done' || (args.phase !== undefined && phase !== args.phase));
    if (!rows.every(isDone)) return { number: i + 1, of: waves.length, targets: wave };
  }
  return undefined;
}

function rowsOf(session: Session, fleet: Fleet, targets: readonly FleetTarget[], config: string | undefined) {
  const manifest = config === undefined ? fleet.manifest : path.resolve(session.cwd, config);
  return Promise.all(targets.map((target) => readRow(session, target, manifest)));
}

async function statusOf(session: Session, fleet: Fleet, args: FleetArguments): Promise<ExitCode> {
  return tellStatus(session, await rowsOf(session, fleet, shardOf(fleet, args), args.config));
}

/** For GitHub Actions: `strategy: { matrix: ${{ fromJSON(…) }} }`, and each job runs its shard. */
function tellMatrix(session: Session, { targets }: Fleet, shards: number): ExitCode {
  const of = Math.max(1, Math.min(shards, targets.length));
  const parts = Array.from({ length: of }, (_, i) => ({ index: i + 1, of }));
  const full = parts.filter((part) => inShard(targets, part).length > 0);
  session.printRaw(`${JSON.stringify({ shard: full.map((part) => `${part.index}/${part.of}`) })}\n`);
  return 0;
}

function shardOf({ targets }: Fleet, { shard }: FleetArguments): readonly FleetTarget[] {
  return shard === undefined ? targets : inShard(targets, readShard(shard));
}

function readShard(text: string): Shard {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (index === undefined || shard.index < 1 || shard.index > shard.of)
    throw new UsageError(`found --shard ${text}; a shard is 1/20 to 20/20.`, 'reroute fleet run --help');
  return shard;
}

function readShares(text: string): readonly number[] {
  return text.split(',').map((part) => {
    const [, percent] = /^\s*(\d+(?:\.\d+)?)%\s*$/.exec(part) ?? [];
    if (percent === undefined || Number(percent) <= 0 || Number(percent) > 100)
      throw new UsageError(
        `found --waves ${text}; waves are shares such as 1%,10%; the rest comes last.`,
        'reroute fleet run --help',
      );
    return Number(percent) / 100;
  });
}
