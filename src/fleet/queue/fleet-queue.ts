import type { Job, Queue } from 'bullmq';
import { z } from 'zod';
import { type FleetAnswer, fleetAnswer } from './answer.ts';
import { type FleetJob, fleetJob, jobId } from './job.ts';
import type { Redis } from './redis.ts';

/** A target of the queue, in exactly one state. */
export interface QueueRow {
  readonly id: string;
  readonly name: string;
  /** `undefined`: all phases. */
  readonly phase: string | undefined;
  readonly dryRun: boolean;
  readonly state: QueueState;
  /** How often a worker took it. */
  readonly starts: number;
  readonly answer: FleetAnswer | undefined;
  /** Why there is no answer, or why the last try failed. */
  readonly problem: string | undefined;
}

export const QUEUE_STATES = ['waiting', 'working', 'done', 'nochange', 'failed', 'error'] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

export interface Tries {
  /** How often what is not the target's fault is tried: a clone that fails, a process that dies. */
  readonly tries: number;
  /** Milliseconds before the second try; doubled before each further one. */
  readonly backoff: number;
}

const JOBS_AT_ONCE = 100;
const UNFINISHED = ['waiting', 'active', 'delayed', 'prioritized', 'waiting-children'] as const;

/** The jobs of a fleet in Redis. */
export class FleetQueue {
  readonly #queue: Queue;

  constructor({ bullmq, connection }: Redis, name: string) {
    this.#queue = new bullmq.Queue(name, { connection });
    // The connection tells; without a listener it would end the process.
    this.#queue.on('error', () => {});
  }

  /**
   * Puts jobs into the queue that are not there yet. With `again` those that ended with a failed gate or an error are put
   * there anew. Returns how many were put.
   */
  async put(jobs: readonly FleetJob[], { tries, backoff }: Tries, again: boolean): Promise<number> {
    let put = 0;
    for (let from = 0; from < jobs.length; from += JOBS_AT_ONCE) {
      const part = jobs.slice(from, from + JOBS_AT_ONCE);
      const fresh = await Promise.all(part.map((job) => this.#isFresh(jobId(job), again)));
      const added = part.filter((_, i) => fresh[i]);
      put += added.length;
      await this.#queue.addBulk(
        added.map((job) => ({
          name: 'target',
          data: job,
          opts: { jobId: jobId(job), attempts: tries, backoff: { type: 'exponential', delay: backoff } },
        })),
      );
    }
    return put;
  }

  async #isFresh(id: string, again: boolean): Promise<boolean> {
    const known = await this.#queue.getJob(id);
    if (!known) return true;
    if (!again) return false;
    const { state } = await this.#row(known);
    if (state !== 'failed' && state !== 'error') return false;
    await known.remove();
    return true;
  }

  /** Every target and phase once, by name: of several jobs the one that was put last. */
  async rows(): Promise<readonly QueueRow[]> {
    const newest = new Map<string, { row: QueueRow; at: number }>();
    const jobs = await this.#queue.getJobs([...UNFINISHED, 'completed', 'failed']);
    // One that changed its state meanwhile may be listed twice.
    const byId = new Map(jobs.filter(Boolean).map((job) => [job.id, job as Job]));
    const all = [...byId.values()];
    for (let from = 0; from < all.length; from += JOBS_AT_ONCE) {
      const part = all.slice(from, from + JOBS_AT_ONCE);
      for (const [i, row] of (await Promise.all(part.map((job) => this.#row(job)))).entries()) {
        const key = JSON.stringify([row.name, row.phase, row.dryRun]);
        const at = part[i]!.timestamp;
        if (at >= (newest.get(key)?.at ?? 0)) newest.set(key, { row, at });
      }
    }
    const order = (row: QueueRow) => `${row.name} ${row.phase ?? ''}`;
    return [...newest.values()].map(({ row }) => row).sort((a, b) => (order(a) < order(b) ? -1 : 1));
  }

  /** Whether every job has ended. */
  async isEmpty(): Promise<boolean> {
    const counts = await this.#queue.getJobCounts(...UNFINISHED);
    return Object.values(counts).every((count) => count === 0);
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }

  async #row(listed: Job): Promise<QueueRow> {
    const id = listed.id!;
    const state = await listed.getState();
    const isEnded = state === 'completed' || state === 'failed';
    // It may have ended after it was listed.
    const job = isEnded ? ((await this.#queue.getJob(id)) ?? listed) : listed;
    const asked = fleetJob.safeParse(job.data);
    const facts = {
      id,
      name: asked.data?.name ?? id,
      phase: asked.data?.phase,
      dryRun: asked.data?.dryRun ?? false,
      starts: job.attemptsStarted ?? 0,
      answer: undefined,
      problem: job.failedReason,
    };
    if (state === 'failed') return { ...facts, state: 'error' };
    if (state !== 'completed') return { ...facts, state: state === 'active' ? 'working' : 'waiting' };
    const answer = fleetAnswer.safeParse(job.returnvalue);
    if (!answer.success) return { ...facts, state: 'error', problem: z.prettifyError(answer.error) };
    return { ...facts, state: answer.data.state, answer: answer.data, problem: undefined };
  }
}
