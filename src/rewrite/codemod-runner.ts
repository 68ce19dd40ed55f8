import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type ErrorFacts, RerouteError } from '../base/errors.ts';
import type { CodemodStep } from '../manifest/migration.ts';
import type { SkippedFile } from '../survey/skipped-file.ts';
import { failureIn } from './failure-in.ts';
import { type Applied, loadCodemod } from './foreign-codemod.ts';

/** What a codemod's process is told: which transform it is for, then a file at a time. */
export type ToCodemod =
  | { readonly load: string; readonly root: string; readonly options: Readonly<Record<string, unknown>> }
  | CodemodFile;
export type FromCodemod =
  | { readonly ready: true }
  | { readonly problem: ErrorFacts }
  | { readonly answer: CodemodAnswer };

export interface CodemodFile {
  /** Relative to the root. */
  readonly file: string;
  readonly text: string;
}

export type CodemodAnswer = Applied | { readonly failure: SkippedFile };

/** What a process with jscodeshift takes by itself, before any file. */
const IDLE_MEGABYTES = 256;
/** jscodeshift and what a transform brings along take their time to load. */
const LOAD_SECONDS = 60;
const FILES_A_PROCESS = 40;

/**
 * What a foreign codemod makes of each file, in the files' order. It runs in processes of its own, because it may loop, eat
 * memory or end its process: then that file has failed, and the others go on. `alone`: in one process.
 *
 * Throws `CODEMOD_NOT_A_TRANSFORM`, `CODEMOD_THROWS`, `CODEMOD_OPTIONS`.
 */
export async function runCodemod(
  step: CodemodStep,
  root: string,
  files: readonly CodemodFile[],
  alone: boolean,
): Promise<readonly CodemodAnswer[]> {
  refuseFunctions(step);
  // Sources run in tests, where no process could load them.
  if (import.meta.url.endsWith('.ts')) return runHere(step, root, files);
  const answers = new Array<CodemodAnswer>(files.length);
  const wanted = alone ? 1 : Math.min(availableParallelism(), Math.ceil(files.length / FILES_A_PROCESS));
  let next = 0;
  const work = async (): Promise<void> => {
    const own = new CodemodProcess(step, root);
    try {
      // Also without files: a transform that does not load is told.
      await own.start();
      while (next < files.length) {
        const at = next++;
        answers[at] = await own.apply(files[at]!);
      }
    } catch (error) {
      next = files.length;
      throw error;
    } finally {
      own.end();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, wanted) }, work));
  return answers;
}

async function runHere(step: CodemodStep, root: string, files: readonly CodemodFile[]) {
  const codemod = await loadCodemod(step.path, root, step.options);
  const answers: CodemodAnswer[] = [];
  for (const { file, text } of files) {
    try {
      answers.push(await codemod.apply(file, text));
    } catch (error) {
      answers.push({ failure: failureIn(file, error) });
    }
  }
  return answers;
}

/** No answer, and why; `isSlow`: it could have gone on for ever. */
interface Ended {
  readonly ended: string;
  readonly isSlow?: true;
}

class CodemodProcess {
  readonly #step: CodemodStep;
  readonly #root: string;
  #child: ChildProcess | undefined;
  /** Whether it has answered already. */
  #isUsed = false;

  constructor(step: CodemodStep, root: string) {
    this.#step = step;
    this.#root = root;
  }

  async start(): Promise<ChildProcess> {
    const known = this.#child;
    // A transform may also end its process after it has answered.
    if (known?.connected && known.exitCode === null && known.signalCode === null) return known;
    this.end();
    const { path: load, options, megabytes } = this.#step;
    const inherited = process.execArgv.filter((arg) => !arg.startsWith('--inspect'));
    this.#child = fork(new URL('./codemod-process.js', import.meta.url), {
      execArgv: [...inherited, `--max-old-space-size=${megabytes}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const child = this.#child;
    const said = await this.#ask(child, { load, root: this.#root, options }, LOAD_SECONDS);
    if ('ready' in said) return child;
    this.end();
    if ('problem' in said) throw new RerouteError(said.problem);
    throw new RerouteError({
      code: 'CODEMOD_THROWS',
      message: `The codemod does not load: ${'ended' in said ? said.ended : 'it answers before it is asked'}.`,
      where: { file: load },
      next: 'Correct it, or take the step out of the manifest.',
    });
  }

  async apply(asked: CodemodFile): Promise<CodemodAnswer> {
    let said = await this.#try(asked);
    // What files before it left behind, a leak or a timer that throws, is not this file's fault.
    if ('ended' in said && !said.isSlow && said.isUsed) said = await this.#try(asked);
    if ('answer' in said) return said.answer;
    const text = 'ended' in said ? `the codemod failed: ${said.ended}` : 'the codemod failed';
    return { failure: { file: asked.file, reason: { code: 'error', text } } };
  }

  async #try(asked: CodemodFile): Promise<FromCodemod | (Ended & { readonly isUsed: boolean })> {
    const child = await this.start();
    const isUsed = this.#isUsed;
    const said = await this.#ask(child, asked, this.#step.seconds);
    this.#isUsed = true;
    if ('answer' in said) return said;
    // Whatever state it is in, the next file gets a new one.
    this.end();
    return 'ended' in said ? { ...said, isUsed } : said;
  }

  end(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#isUsed = false;
  }

  #ask(child: ChildProcess, message: ToCodemod, seconds: number): Promise<FromCodemod | Ended> {
    const { megabytes } = this.#step;
    return new Promise((resolve) => {
      let stderr = '';
      const settle = (said: FromCodemod | Ended): void => {
        clearTimeout(timer);
        clearInterval(watch);
        child.off('message', settle).off('exit', onExit).off('error', onError);
        child.stderr?.off('data', onStderr);
        resolve(said);
      };
      const tooLong = () =>
        settle({ ended: `it took longer than ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`, isSlow: true });
      const tooMuch = () => settle({ ended: `it took more than ${megabytes} megabytes of memory` });
      const onExit = (code: number | null, signal: string | null): void => {
        if (/out of memory|allocation failed/i.test(stderr)) {
          tooMuch();
          return;
        }
        const last = stderr.trim().split('\n').at(-1) ?? '';
        const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
        settle({ ended: `its process ended ${how}${last === '' ? '' : `: ${last.slice(0, 300)}`}` });
      };
      const onError = (error: Error): void => settle({ ended: error.message });
      const onStderr = (chunk: Buffer): void => {
        stderr = (stderr + chunk.toString('utf8')).slice(-8000);
      };
      const timer = setTimeout(tooLong, seconds * 1000);
      // The heap's limit does not count buffers.
      const watch = setInterval(() => {
        if (residentMegabytes(child.pid) > megabytes + IDLE_MEGABYTES) tooMuch();
      }, 100);
      child.on('message', settle).on('exit', onExit).on('error', onError);
      child.stderr?.on('data', onStderr);
      child.send(message, (error) => {
        if (error) onError(error);
      });
    });
  }
}

/** 0 where the system does not tell. Source: proc(5), VmRSS. */
function residentMegabytes(pid: number | undefined): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function refuseFunctions({ path: file, options }: CodemodStep): void {
  try {
    structuredClone(options);
  } catch (error) {
    throw new RerouteError({
      code: 'CODEMOD_OPTIONS',
      message: `The options of a codemod have to be plain data: ${(error as Error).message}`,
      where: { file },
      next: 'Hand it a name, and let the codemod choose the function by it.',
      cause: error,
    });
  }
}
