import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism, freemem } from 'node:os';
import type { FleetResult, FleetTask } from './task.ts';

/** What a worker is told: a task, or to undo what it does and end. */
export type ToWorker = { readonly task: FleetTask } | 'stop';
/** What a worker says of its task. */
export type FromWorker = { readonly progress: string } | { readonly result: FleetResult };

export interface WorkersOptions {
  /** The module that each worker process runs. */
  readonly script: URL;
  /** How many work at once; as many as cores and memory allow when left out. */
  readonly jobs?: number | undefined;
  /** After so many targets that failed no further one begins. */
  readonly maxFailures?: number | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress: (name: string, text: string) => void;
  readonly onResult: (result: FleetResult) => void;
}

/** What one target may take, with its compiler: a large one takes more, and then waits for memory like any process. */
const A_TARGET = 900 * 1024 * 1024;

function usualJobs(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(freemem() / A_TARGET)));
}

/**
 * Does each task in a process of its own kind: one that crashes or runs out of memory is its target's error, and the
 * others go on. The results in the order of the tasks; `undefined`: the task did not begin.
 */
export async function doAll(
  tasks: readonly FleetTask[],
  options: WorkersOptions,
): Promise<readonly (FleetResult | undefined)[]> {
  const results = new Array<FleetResult | undefined>(tasks.length);
  const { jobs = usualJobs(), maxFailures = Number.POSITIVE_INFINITY, signal, onResult } = options;
  let next = 0;
  let failures = 0;
  const work = async (): Promise<void> => {
    const worker = new WorkerProcess(options);
    try {
      while (next < tasks.length && failures < maxFailures && !signal?.aborted) {
        const index = next++;
        const result = await worker.do(tasks[index]!);
        results[index] = result;
        if (result.state === 'failed' || result.state === 'error') failures++;
        onResult(result);
      }
    } finally {
      await worker.end();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, work));
  return results;
}

/** A process for one task after another; a new one takes the place of one that died. */
export class WorkerProcess {
  readonly #options: Pick<WorkersOptions, 'script' | 'signal' | 'onProgress'>;
  #child: ChildProcess | undefined;

  constructor(options: Pick<WorkersOptions, 'script' | 'signal' | 'onProgress'>) {
    this.#options = options;
  }

  do(task: FleetTask): Promise<FleetResult> {
    const { script, signal, onProgress } = this.#options;
    const started = performance.now();
    // The compiler beside it would take all cores as well.
    const env = { ...process.env, GOMAXPROCS: '1' };
    this.#child ??= fork(script, { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    const child = this.#child;
    let said = '';
    return new Promise((resolve) => {
      const onMessage = (message: FromWorker): void => {
        if ('progress' in message) onProgress(task.name, message.progress);
        else settle(message.result);
      };
      const onExit = (code: number | null, by: string | null): void => {
        this.#child = undefined;
        settle(died(task, code, by, said, performance.now() - started));
      };
      const onError = (error: Error): void => onExit(null, error.message);
      const onStderr = (chunk: Buffer): void => {
        said = (said + chunk.toString('utf8')).slice(-2000);
      };
      const onAbort = (): void => void child.send('stop' satisfies ToWorker, () => {});
      const settle = (result: FleetResult): void => {
        child.off('message', onMessage).off('exit', onExit).off('error', onError);
        child.stderr?.off('data', onStderr);
        signal?.removeEventListener('abort', onAbort);
        resolve(result);
      };
      child.on('message', onMessage).on('exit', onExit).on('error', onError);
      child.stderr?.on('data', onStderr);
      signal?.addEventListener('abort', onAbort, { once: true });
      child.send({ task } satisfies ToWorker, (error) => {
        if (error) onError(error);
      });
    });
  }

  async end(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    await ended;
  }
}

function died(
  { name, root }: FleetTask,
  code: number | null,
  by: string | null,
  said: string,
  ms: number,
): FleetResult {
  const lines = said.trim().split('\n').filter(Boolean).slice(-5);
  return {
    name,
    root,
    state: 'error',
    phases: [],
    recovered: [],
    seconds: Math.round(ms) / 1000,
    error: {
      code: 'FLEET_WORKER_DIED',
      message: `The process that worked on it ended ${by ? `by ${by}` : `with exit code ${code}`}.`,
      details: lines,
      next: `reroute status ${root}   (it puts the target right first)`,
    },
  };
}
