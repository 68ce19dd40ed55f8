import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Migration } from '../manifest/migration.ts';
import type { Outcome } from '../plan/file-change.ts';
import type { SkippedFile } from '../survey/skipped-file.ts';
import type { TargetLayout } from '../survey/target-layout.ts';
import type { TargetView } from '../survey/target-view.ts';
import type { Usage } from '../survey/usage.ts';
import type { BuiltInSteps, FileRewrite } from './rewrite-file.ts';
import {
  type About,
  answerJob,
  collectRewrite,
  type Rewrite,
  type RewriteAnswer,
  type RewriteJob,
  rewriteJobs,
} from './rewrite-usages.ts';

/** What the thread is told. The migration comes with each task, so that what usages share with it stays one object. */
export interface RewriteThreadTask {
  readonly jobs: readonly RewriteJob[];
  readonly migration: Migration;
  /** What the thread may know of the target; the compiler stays here. */
  readonly layout: TargetLayout | undefined;
  readonly steps: BuiltInSteps;
}

/** What the thread says of each job; `undefined` when only this thread can answer it, because it takes the compiler. */
export type RewriteThreadAnswer = readonly (Told | { readonly failure: SkippedFile } | undefined)[];

/** A {@link FileRewrite} without the usages, which are here already; a verdict where the codemod gave another. */
interface Told extends Pick<FileRewrite, 'edits'> {
  readonly outcomes: readonly (Omit<Outcome, 'usage'> & { readonly verdict?: Usage['verdict'] })[];
}

/** Fewer files are done before a thread has started. */
const ENOUGH_FILES = 150;
const FILES_AT_ONCE = 16;

/** Runs the codemods over many files in two threads: parsing is most of the work, and one file does not know of another. */
export class Rewriters {
  readonly #alone: boolean;
  #worker: Worker | undefined;
  #answered = 0;

  /** `alone`: without a second thread, however many files there are. */
  constructor(alone = false) {
    this.#alone = alone;
  }

  /** Whether one core is all there is for it. */
  get isAlone(): boolean {
    return this.#alone;
  }

  /** How many files the other thread has answered. */
  get answeredBeside(): number {
    return this.#answered;
  }

  /** Starts the thread if this many files make it worth while; it loads meanwhile. */
  prepare(files: number): void {
    // Sources run in tests, where no thread could load them.
    if (this.#alone || files < ENOUGH_FILES || this.#worker || import.meta.url.endsWith('.ts')) return;
    this.#worker = new Worker(new URL('./rewrite-thread.js', import.meta.url));
    this.#worker.unref();
    // Without the thread all is done here.
    this.#worker.on('error', () => this.close());
  }

  /** As `rewriteUsages`; the thread is given back afterwards. */
  async rewrite(view: TargetView, about: About, usages: readonly Usage[], steps: BuiltInSteps): Promise<Rewrite> {
    const jobs = rewriteJobs(view, usages);
    const answers = new Array<RewriteAnswer | undefined>(jobs.length);
    let next = 0;
    const take = (): readonly number[] => {
      const first = next;
      next = Math.min(jobs.length, first + FILES_AT_ONCE);
      return Array.from({ length: next - first }, (_, i) => first + i);
    };
    const beside = async (worker: Worker) => {
      for (let its = take(); its.length > 0; its = take()) {
        const asked = its.map((i) => jobs[i]!);
        const told = await ask(worker, asked, about, steps);
        if (!told) return;
        for (const [n, i] of its.entries()) {
          if (!told[n] || answers[i]) continue;
          answers[i] = asAnswer(told[n], asked[n]!);
          this.#answered++;
        }
      }
    };
    if (this.#worker) void beside(this.#worker);
    for (let mine = take(); mine.length > 0; mine = take()) {
      for (const i of mine) answers[i] = answerJob(jobs[i]!, about, steps);
      await turn();
    }
    // What the thread has not answered by now is done sooner than waited for.
    for (const [i, job] of jobs.entries()) {
      if (answers[i]) continue;
      answers[i] = answerJob(job, about, steps);
      await turn();
    }
    this.close();
    return collectRewrite(jobs, answers as readonly RewriteAnswer[], steps);
  }

  close(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }
}

/** What the thread says; `undefined` when it ended, or when something cannot be handed to it. */
function ask(
  worker: Worker,
  jobs: readonly RewriteJob[],
  { migration, modules }: About,
  steps: BuiltInSteps,
): Promise<RewriteThreadAnswer | undefined> {
  return new Promise((resolve) => {
    const settle = (answer: RewriteThreadAnswer | undefined) => {
      worker.off('message', settle).off('exit', ended).unref();
      resolve(answer);
    };
    const ended = () => settle(undefined);
    worker.on('message', settle).on('exit', ended).ref();
    try {
      worker.postMessage({ jobs, migration, layout: modules?.layout, steps } satisfies RewriteThreadTask);
    } catch {
      // Options of a foreign codemod may hold what no thread can be handed, such as a function.
      settle(undefined);
    }
  });
}

function asAnswer(told: Told | { readonly failure: SkippedFile }, { usages }: RewriteJob): RewriteAnswer {
  if ('failure' in told) return told;
  const outcomes = told.outcomes.map(({ verdict, ...outcome }, i): Outcome => {
    const usage = usages[i]!;
    return { usage: verdict ? { ...usage, verdict } : usage, ...outcome };
  });
  return { edits: told.edits, outcomes };
}
