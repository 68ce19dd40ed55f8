import { Worker } from 'node:worker_threads';
import { type ErrorFacts, RerouteError } from '../base/errors.ts';
import type { Migration } from '../manifest/migration.ts';
import type { ProxyPlan } from '../proxy/plan-proxies.ts';
import type { TargetView } from '../survey/target-view.ts';
import type { Surfaces, SurfacesOptions } from './surfaces.ts';

/** What the worker is told. */
export interface AheadTask {
  readonly root: string;
  readonly migration: Migration;
  readonly ignoreBadTsconfig: boolean;
  readonly withProxies: boolean;
}

/** What the worker answers: first to the check, then, if it was asked for them, with the proxies. */
export type AheadAnswer =
  | { readonly of: 'check' }
  | { readonly of: 'proxies'; readonly plan: ProxyPlan }
  | { readonly of: 'error'; readonly known: boolean; readonly facts: ErrorFacts; readonly stack: string | undefined };

export interface AheadOptions extends SurfacesOptions {
  readonly view: TargetView;
  /** Whether the proxies of the target as it is now will be asked for. */
  readonly withProxies: boolean;
  /** One that was started ahead; without it one is started now. `none`: all is done in this thread. */
  readonly thread?: SurfacesThread | 'none' | undefined;
}

/** A thread for {@link SurfacesAhead}. It loads a compiler first, so it may be started before there is a task for it. */
export class SurfacesThread {
  readonly worker: Worker;

  private constructor(worker: Worker) {
    this.worker = worker;
    worker.unref();
  }

  /** `undefined` where sources run, in tests: no thread could load them. */
  static start(): SurfacesThread | undefined {
    if (import.meta.url.endsWith('.ts')) return undefined;
    return new SurfacesThread(new Worker(new URL('./surfaces-worker.js', import.meta.url)));
  }
}

/**
 * Checks the manifest and makes the first phase's proxies in a thread of their own, while this one searches the target
 * and opens the compiler: reading surfaces takes another compiler, and a second or more. Its memory is given back when
 * it is done. Close it, also on errors.
 */
export class SurfacesAhead {
  readonly #options: AheadOptions;
  #worker: Worker | undefined;
  readonly #checked: Promise<void>;
  #proxies: Promise<ProxyPlan> | undefined;
  #surfaces: Surfaces | undefined;

  constructor(options: AheadOptions) {
    this.#options = options;
    const answers = this.#start();
    this.#checked = answers
      ? answers.next('check').then(() => undefined)
      : this.#here().then((own) => own.checkManifest(options.view));
    if (answers && options.withProxies) {
      this.#proxies = answers.next('proxies').then((answer) => (answer as AheadAnswer & { of: 'proxies' }).plan);
      this.#proxies.catch(() => {});
    }
    this.#checked.catch(() => {});
  }

  /** Throws when the manifest names what is not there. */
  check(): Promise<void> {
    return this.#checked;
  }

  /** The proxies as they should stand in the target now. */
  async proxies(view: TargetView): Promise<ProxyPlan> {
    const ahead = this.#proxies;
    this.#proxies = undefined;
    return ahead ?? (await this.#here()).planProxies(view);
  }

  close(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** In this thread. */
  async #here(): Promise<Surfaces> {
    if (!this.#surfaces) {
      const { Surfaces } = await import('./surfaces.ts');
      this.#surfaces = new Surfaces(this.#options.view.root, this.#options);
    }
    return this.#surfaces;
  }

  #start(): Answers | undefined {
    const { view, migration, ignoreBadTsconfig, withProxies, thread = SurfacesThread.start() } = this.#options;
    if (!thread || thread === 'none') return undefined;
    const task: AheadTask = { root: view.root, migration, ignoreBadTsconfig, withProxies };
    this.#worker = thread.worker;
    const answers = new Answers(thread.worker);
    try {
      thread.worker.postMessage(task);
      return answers;
    } catch {
      // Options of a foreign codemod may hold what no thread can be handed, such as a function.
      this.close();
      return undefined;
    }
  }
}

/** The answers of a worker, by what they are of. */
class Answers {
  readonly #waiting = new Map<string, { resolve: (answer: AheadAnswer) => void; reject: (error: unknown) => void }>();
  readonly #worker: Worker;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (answer: AheadAnswer) => {
      if (answer.of === 'error') this.#fail(asError(answer));
      else this.#waiting.get(answer.of)?.resolve(answer);
    });
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', () => this.#fail(new Error('the thread that reads surfaces ended without an answer')));
  }

  next(of: AheadAnswer['of']): Promise<AheadAnswer> {
    // While somebody waits the process has to live on.
    this.#worker.ref();
    return new Promise((resolve, reject) => this.#waiting.set(of, { resolve, reject }));
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#waiting.values()) reject(error);
  }
}

function asError({ known, facts, stack }: AheadAnswer & { of: 'error' }): Error {
  const error = known ? new RerouteError(facts) : new Error(facts.message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
