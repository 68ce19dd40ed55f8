import { mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Argv } from 'yargs';
import { RerouteError } from '../base/errors.ts';
import type { Fleet } from '../fleet/fleet-file.ts';
import { FleetQueue } from '../fleet/queue/fleet-queue.ts';
import { type FleetJob, fleetJob, realPlace, sourceOf } from '../fleet/queue/job.ts';
import { openRedis, type Redis } from '../fleet/queue/redis.ts';
import { takeJobs } from '../fleet/queue/take-jobs.ts';
import { findManifest, loadManifest } from '../manifest/load.ts';
import { count } from '../report/words.ts';
import { UsageError } from './errors.ts';
import { FleetProgress } from './fleet-progress.ts';
import type { CommonArguments } from './options.ts';
import type { ExitCode, Session } from './session.ts';
import { tellRows } from './tell-queue.ts';

export interface QueueArguments extends CommonArguments {
  readonly what: string;
  readonly phase: string | undefined;
  readonly all: boolean | undefined;
  readonly 'dry-run': boolean | undefined;
  readonly jobs: number | undefined;
  readonly commit: boolean | undefined;
  readonly branch: string | undefined;
  readonly 'allow-dirty': boolean | undefined;
  readonly redis: string | undefined;
  readonly queue: string;
  readonly work: string | undefined;
  readonly again: boolean | undefined;
  readonly tries: number;
  readonly backoff: number;
  readonly lock: number;
  readonly stalls: number;
  readonly 'until-empty': boolean | undefined;
  readonly reports: string | undefined;
}

const GROUP = 'Queue:';

export function queueOptions(yargs: Argv<CommonArguments>) {
  return yargs
    .option('redis', { type: 'string', describe: 'redis://host:port; or in REROUTE_REDIS', group: GROUP })
    .option('queue', { type: 'string', default: 'reroute', describe: 'Its name', group: GROUP })
    .option('work', { type: 'string', describe: 'The folder in which all targets lie, and are cloned', group: GROUP })
    .option('again', { type: 'boolean', describe: 'enqueue: those that failed as well', group: GROUP })
    .option('tries', { type: 'number', default: 5, describe: 'enqueue: how often to clone', group: GROUP })
    .option('backoff', { type: 'number', default: 2, describe: 'enqueue: seconds, then doubled', group: GROUP })
    .option('lock', {
      type: 'number',
      default: 30,
      describe: 'work: seconds of silence of a dead worker',
      group: GROUP,
    })
    .option('stalls', {
      type: 'number',
      default: 10,
      describe: 'work: how often a job may lose its worker',
      group: GROUP,
    })
    .option('until-empty', { type: 'boolean', describe: 'work: end when every job has ended', group: GROUP })
    .option('reports', { type: 'string', describe: 'status: write the reports to this folder', group: GROUP });
}

/** The address of Redis; an environment variable keeps a password out of the list of processes. */
export function redisOf({ env }: Session, { redis }: QueueArguments): string | undefined {
  return redis ?? env.REROUTE_REDIS;
}

/** Puts one job a target into the queue. */
export async function enqueue(session: Session, fleet: Fleet, file: string, args: QueueArguments): Promise<ExitCode> {
  if (!args.all && args.phase === undefined)
    throw new UsageError('Which phase? Name one, or all of them.', 'reroute fleet enqueue --all --redis redis://…');
  const given = args.config === undefined ? fleet.manifest : path.resolve(session.cwd, args.config);
  if (given === undefined)
    throw new UsageError('Which manifest? Workers run only one that they are started with.', 'add --config <file>');
  const { hash, phases } = await loadManifest(findManifest(path.dirname(file), given));
  if (args.phase !== undefined && !phases.some(({ name }) => name === args.phase))
    throw new UsageError(`The manifest has no phase "${args.phase}".`, phases.map(({ name }) => name).join(', '));
  const work = workFolder(session, args) ?? realpathSync(path.dirname(file));
  const branch = args.branch === '' ? 'reroute/migration' : args.branch;
  const jobs = fleet.targets.map((target) =>
    checked({
      version: 1,
      name: target.name,
      source: sourceOf(target.git ? target : { ...target, root: realPlace(target.root) }, work),
      ...(args.phase !== undefined && { phase: args.phase }),
      ...(branch !== undefined && { branch }),
      manifest: hash,
      dryRun: args['dry-run'] === true,
      allowDirty: args['allow-dirty'] === true,
      commit: args.commit === true,
    }),
  );
  const tries = { tries: whole('--tries', args.tries), backoff: 1000 * positive('--backoff', args.backoff) };
  return withQueue(session, args, async (queue) => {
    const put = await queue.put(jobs, tries, args.again === true);
    const there = jobs.length - put;
    session.print(`${count(jobs.length, 'target')}  ${put} put into the queue, ${there} there already`);
    session.print(session.palette.dim('Next  on any machine: reroute fleet work --config <manifest> --redis …'));
    for (const { name, phase } of jobs) session.result({ name, phase });
    return 0;
  });
}

/** Takes jobs until it is told to stop. */
export async function workOnQueue(session: Session, args: QueueArguments): Promise<ExitCode> {
  if (args.config === undefined)
    throw new UsageError(
      'Which manifest? A worker runs only the one that it is started with.',
      'reroute fleet work --config reroute.config.ts --redis redis://…',
    );
  const { file, hash } = await loadManifest(findManifest(session.cwd, args.config));
  const asked = path.resolve(session.cwd, args.work ?? '.');
  mkdirSync(asked, { recursive: true });
  const progress = new FleetProgress(session);
  return withQueue(session, args, async (queue, redis) => {
    session.print(session.palette.dim(`Taking jobs of ${args.queue} at ${redis.place}`));
    await takeJobs({
      redis,
      queue,
      name: args.queue,
      work: realpathSync(asked),
      manifest: file,
      hash,
      script: new URL('./fleet-worker.js', import.meta.url),
      jobs: whole('--jobs', args.jobs ?? 1),
      lock: 1000 * positive('--lock', args.lock),
      stalls: whole('--stalls', args.stalls),
      untilEmpty: args['until-empty'] === true,
      signal: session.signal,
      onProgress: (name, text) => progress.at(name, text),
      onResult: (result) => {
        progress.done(result);
        const { name, state, seconds, recovered } = result;
        for (const sentence of recovered) session.notice(`${name}: ${sentence}`);
        session.result({ name, state, seconds });
      },
      onTrouble: (text) => session.progress.say(`Redis: ${text}`),
    });
    progress.end();
    return 0;
  });
}

/** Every target of the queue in its state; 1 while one is not done. */
export function tellQueue(session: Session, args: QueueArguments): Promise<ExitCode> {
  return withQueue(session, args, async (queue) => {
    const rows = await queue.rows();
    return tellRows(
      session,
      args.phase === undefined ? rows : rows.filter(({ phase }) => phase === args.phase),
      args.reports === undefined ? undefined : path.resolve(session.cwd, args.reports),
    );
  });
}

async function withQueue(
  session: Session,
  args: QueueArguments,
  body: (queue: FleetQueue, redis: Redis) => Promise<ExitCode>,
): Promise<ExitCode> {
  const address = redisOf(session, args);
  if (address === undefined)
    throw new UsageError('Which Redis?', `reroute fleet ${args.what} --redis redis://127.0.0.1:6379`);
  if (!/^[\w.-]{1,100}$/.test(args.queue))
    throw new UsageError(`found --queue ${args.queue}; allowed: letters, digits, . _ -`, 'reroute fleet --help');
  const redis = await openRedis(address);
  const queue = new FleetQueue(redis, args.queue);
  try {
    return await body(queue, redis);
  } finally {
    await queue.close();
    redis.close();
  }
}

function workFolder({ cwd }: Session, { work }: QueueArguments): string | undefined {
  return work === undefined ? undefined : realpathSync(path.resolve(cwd, work));
}

function checked(job: FleetJob): FleetJob {
  const read = fleetJob.safeParse(job);
  if (read.success) return read.data;
  throw new RerouteError({
    code: 'FLEET_INVALID',
    message: `The target ${job.name} cannot be put into a queue.`,
    details: read.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`),
    next: 'Correct the fleet file, or the options.',
  });
}

function whole(option: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value;
  throw new UsageError(`found ${option} ${value}; it takes a whole number above 0.`, 'reroute fleet --help');
}

function positive(option: string, value: number): number {
  if (value > 0) return value;
  throw new UsageError(`found ${option} ${value}; it takes a number of seconds above 0.`, 'reroute fleet --help');
}
