import { type ChildProcess, spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import type { GateResult } from '../run-record.ts';
import { LastOutput } from './last-output.ts';
import { type SplitCommand, splitCommand } from './split-command.ts';

export interface CommandGateOptions {
  /** As the manifest has it: words and quotes, no shell syntax unless {@link shell} is set; or the words themselves. */
  readonly command: string | readonly [string, ...string[]];
  readonly shell?: boolean;
  /** The target's root. */
  readonly cwd: string;
  /** Ends the command, as Ctrl-C would. */
  readonly signal?: AbortSignal;
  /** Default: 15 minutes. */
  readonly timeoutMs?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Gets all that the command prints on standard output. */
  readonly onStdout?: (chunk: Buffer) => void;
}

/** A gate's result, and with which code the command ended; `null`: it was ended, or could not be run. */
export interface CommandResult extends GateResult {
  readonly code: number | null;
}

const OUTPUT_LIMIT = 64 * 1024;
const TIME_LIMIT_MS = 15 * 60 * 1000;
/** Between asking a command to end and ending it. */
const GRACE_MS = 2000;

/**
 * What became of a command: passed when it ends with exit code 0. Never throws: a command that cannot be run has failed,
 * and the output says why. Output and errors are one text in the order of their arrival, the last 64 KiB, without
 * terminal codes; its last line tells the exit code, the signal, the time limit or the missing command.
 *
 * The command runs without a shell, if it does not ask for one, and in a process group of its own, so that its time limit and `signal` end all that
 * it started. What it leaves running when it ends is ended too.
 */
export function runCommandGate(options: CommandGateOptions): Promise<CommandResult> {
  const { command, signal, timeoutMs = TIME_LIMIT_MS } = options;
  const started = performance.now();
  const output = new LastOutput(OUTPUT_LIMIT);
  const result = (code: number | null, last: string): CommandResult => {
    const text = stripVTControlCharacters(output.text());
    const printed = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    const milliseconds = Math.round(performance.now() - started);
    const gate = typeof command === 'string' ? command : command.join(' ');
    return { gate, passed: code === 0, code, output: printed + last, milliseconds };
  };

  const split = wordsOf(options);
  if ('problem' in split) return Promise.resolve(result(null, `not run: ${split.problem}`));
  if (signal?.aborted) return Promise.resolve(result(null, 'not run: stopped before it began'));

  return new Promise((resolve) => {
    const child = start(split.words, options);
    const tree = new ProcessTree(child);
    let stopped: string | undefined;
    const stop = (why: string) => {
      stopped ??= why;
      tree.end();
    };
    const onAbort = () => stop('stopped on request');
    const limit = setTimeout(() => stop(`stopped after its time limit of ${timeoutMs / 1000} s`), timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    const settle = (code: number | null, last: string) => {
      clearTimeout(limit);
      signal?.removeEventListener('abort', onAbort);
      tree.finish();
      resolve(result(code, last));
    };
    child.stdout?.on('data', (chunk: Buffer) => {
      output.add(chunk);
      options.onStdout?.(chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => output.add(chunk));
    child.once('error', (error: NodeJS.ErrnoException) => {
      settle(null, error.code === 'ENOENT' ? missing(split.words[0], options.cwd) : `not run: ${error.message}`);
    });
    // A process that was left running may hold the output open: `close` would wait for it.
    child.once('exit', () => tree.end());
    child.once('close', (code, by) => {
      const ending = by ? `ended by signal ${by}` : `exit code ${code}`;
      settle(stopped ? null : code, stopped ? `${stopped} (${ending})` : ending);
    });
  });
}

function wordsOf({ command, shell }: CommandGateOptions): SplitCommand {
  if (typeof command !== 'string') return { words: command };
  return shell ? { words: [command] } : splitCommand(command);
}

function start(words: readonly [string, ...string[]], options: CommandGateOptions): ChildProcess {
  const { cwd, env = process.env, shell = false } = options;
  const [program, ...args] = words;
  return spawn(program, args, { cwd, env: neutral(env), shell, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
}

/**
 * The environment without what speaks of how Reroute itself was started: npm's variables of its own run, and colours of
 * its terminal. `CI` is neither set nor taken away.
 */
function neutral(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = /^(npm_(?!config_).*|INIT_CWD|FORCE_COLOR|COLORTERM|CLICOLOR.*)$/i;
  const kept = Object.entries(env).filter(([name]) => !own.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: '1' };
}

function missing(program: string, cwd: string): string {
  return `not run: there is no command ${program} (looked for in PATH, from ${cwd})`;
}

/** A child process and all that it started, as far as they stayed in its group. */
class ProcessTree {
  readonly #child: ChildProcess;
  #kill: NodeJS.Timeout | undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Asks all to end, and ends them when they have not done so after a while. */
  end(): void {
    this.#signal('SIGTERM');
    this.#kill ??= setTimeout(() => {
      this.#signal('SIGKILL');
      // One that left the group can still hold the pipes.
      this.#child.stdout?.destroy();
      this.#child.stderr?.destroy();
    }, GRACE_MS);
  }

  /** For when the command itself has ended and its output is complete: what is still there goes now. */
  finish(): void {
    clearTimeout(this.#kill);
    this.#signal('SIGKILL');
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      // Windows has no groups; there only the command itself is ended.
      if (process.platform === 'win32') this.#child.kill(signal);
      else process.kill(-this.#child.pid, signal);
    } catch {
      // All of it has ended.
    }
  }
}
