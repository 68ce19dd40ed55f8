import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from 'bullmq';
import { z } from 'zod';
import { RerouteError } from '../../base/errors.ts';
import { cloneTarget, refuseOtherClone } from '../clone.ts';
import type { FleetResult } from '../task.ts';
import { WorkerProcess } from '../workers.ts';
import { answerOf, type FleetAnswer } from './answer.ts';
import type { FleetQueue } from './fleet-queue.ts';
import { fleetJob, type JobPlace, taskOf } from './job.ts';
import type { Redis } from './redis.ts';

export interface TakeJobsOptions extends JobPlace {
  readonly redis: Redis;
  readonly name: string;
  readonly queue: FleetQueue;
  /** The module that each worker process runs. */
  readonly script: URL;
  /** How many at once. */
  readonly jobs: number;
  /** Milliseconds after which a job whose worker is silent goes to another. */
  readonly lock: number;
  /** How often a job may lose its worker. */
  readonly stalls: number;
  /** Ends when every job has ended. */
  readonly untilEmpty: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (name: string, text: string) => void;
  readonly onResult: (result: FleetResult) => void;
  readonly onTrouble: (text: string) => void;
}

/** Not the target's fault: tried again, here or by another worker. */
const PASSING = new Set(['FLEET_CLONE', 'FLEET_WORKER_DIED']);
/** How often a job waits for another run of its target to end. */
const LOCKED_TRIES = 100;

/** Takes jobs until told to stop, or until all have ended. What is under way when it is told to stop goes back. */
export async function takeJobs(options: TakeJobsOptions): Promise<void> {
  const { redis, name, queue, jobs, lock, stalls, signal, untilEmpty, onTrouble } = options;
  const taker = new Taker(options);
  const worker = new redis.bullmq.Worker<unknown, FleetAnswer>(name, (job, token) => taker.take(job, token), {
    connection: redis.connection,
    concurrency: jobs,
    lockDuration: lock,
    stalledInterval: lock,
    maxStalledCount: stalls,
  });
  worker.on('error', (error) => onTrouble(error.message));
  try {
    await worker.waitUntilReady();
    while (!signal.aborted && !(untilEmpty && (await queue.isEmpty()))) {
      await sleep(500, undefined, { signal }).catch(() => {});
    }
  } finally {
    await worker.close();
    await taker.end();
  }
}

class Taker {
  readonly #options: TakeJobsOptions;
  readonly #idle: WorkerProcess[] = [];

  constructor(options: TakeJobsOptions) {
    this.#options = options;
  }

  /** The answer of a job. Throws for what is to be tried again. */
  async take(job: Job<unknown>, token: string | undefined): Promise<FleetAnswer> {
    const { redis, signal, lock, onResult } = this.#options;
    const result = await this.#run(job);
    const code = result.error?.code;
    if (signal.aborted && result.state === 'error') {
      await job.moveToWait(token);
      throw new redis.bullmq.WaitingError();
    }
    // The worker that had it before may live on without Redis, or die a little later than its connection.
    if (code === 'LOCK_HELD' && job.attemptsStarted < LOCKED_TRIES) {
      await job.moveToDelayed(Date.now() + Math.min(lock, 10_000), token);
      throw new redis.bullmq.DelayedError();
    }
    if (code !== undefined && PASSING.has(code) && job.attemptsMade + 1 < (job.opts.attempts ?? 1)) {
      throw new Error(`${code}: ${result.error?.message}`);
    }
    onResult(result);
    return answerOf(result);
  }

  async #run(job: Job<unknown>): Promise<FleetResult> {
    const { script, signal, onProgress } = this.#options;
    const asked = fleetJob.safeParse(job.data);
    if (!asked.success) return refused(`${job.id}`, badJob(asked.error));
    const { name } = asked.data;
    try {
      const { target, task } = taskOf(asked.data, this.#options);
      onProgress(name, target.git ? 'cloning' : 'starting');
      await cloneTarget(target, signal);
      await refuseOtherClone(target);
      const worker = this.#idle.pop() ?? new WorkerProcess({ script, signal, onProgress });
      try {
        return await worker.do(task);
      } finally {
        this.#idle.push(worker);
      }
    } catch (error) {
      return refused(name, error);
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.#idle.map((worker) => worker.end()));
  }
}

function refused(name: string, error: unknown): FleetResult {
  const known = error instanceof RerouteError;
  const { code, details, next } = known ? error : { code: 'FAULT', details: [], next: undefined };
  const message = error instanceof Error ? error.message : String(error);
  const facts = { code, message, details, ...(next !== undefined && { next }) };
  return { name, root: '', state: 'error', recovered: [], phases: [], error: facts, seconds: 0 };
}

function badJob(error: z.ZodError): RerouteError {
  return new RerouteError({
    code: 'FLEET_BAD_JOB',
    message: 'The job is none that this version of Reroute could have put there.',
    details: z.prettifyError(error).split('\n').slice(0, 10),
    next: 'Have the same version everywhere, and put the targets into the queue again.',
  });
}
