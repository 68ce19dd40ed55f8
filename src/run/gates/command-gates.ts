import type { CommandGate } from '../../manifest/migration.ts';
import type { GateResult } from '../run-record.ts';
import { type CommandResult, runCommandGate } from './command.ts';
import { failingTests } from './failing-tests.ts';

export interface CommandGatesOptions {
  /** The target's root. */
  readonly root: string;
  readonly signal?: AbortSignal | undefined;
  /** Told of each command before it runs. */
  readonly onStart: (command: string) => void;
}

/** How a command ended, and which tests it said failed; `undefined` when it prints none that can be read. */
interface Ending {
  readonly result: CommandResult;
  readonly failing: ReadonlySet<string> | undefined;
}

/** More than any report of tests; what comes after is not kept. */
const READ_AT_MOST = 64 * 1024 * 1024;

/** The command gates of a phase. Those that allow old failures run before the phase is written, too. */
export class CommandGates {
  readonly #options: CommandGatesOptions;
  readonly #before = new Map<CommandGate, Ending>();

  constructor(options: CommandGatesOptions) {
    this.#options = options;
  }

  /** Runs what has to be known of the target as it is: call it before anything is written. */
  async lookBefore(gates: readonly CommandGate[]): Promise<void> {
    for (const gate of gates) {
      if (!gate.noNewFailures) continue;
      this.#options.onStart(`${gate.command} (before)`);
      this.#before.set(gate, await this.#run(gate));
      this.#options.signal?.throwIfAborted();
    }
  }

  /** The gate's result on the target as it is now; tried again as often as the gate allows. */
  async run(gate: CommandGate): Promise<GateResult> {
    const attempts = 1 + (gate.retries ?? 0);
    for (let attempt = 1; ; attempt++) {
      this.#options.onStart(attempt > 1 ? `${gate.command} (attempt ${attempt} of ${attempts})` : gate.command);
      const { code: _, ...result } = this.#judged(gate, await this.#run(gate));
      const isLast = attempt === attempts || this.#options.signal?.aborted;
      if (!result.passed && !isLast) continue;
      return attempt === 1 ? result : { ...result, output: `${result.output}\nattempt ${attempt} of ${attempts}` };
    }
  }

  async #run({ command, shell, timeLimit }: CommandGate): Promise<Ending> {
    const { root, signal } = this.#options;
    const chunks: Buffer[] = [];
    let room = READ_AT_MOST;
    const result = await runCommandGate({
      command,
      cwd: root,
      ...(shell && { shell }),
      ...(timeLimit !== undefined && { timeoutMs: timeLimit * 1000 }),
      ...(signal && { signal }),
      onStdout: (chunk) => {
        if (room > 0) chunks.push(chunk);
        room -= chunk.length;
      },
    });
    return { result, failing: failingTests(Buffer.concat(chunks).toString('utf8'), root) };
  }

  /** A command that failed already passes when nothing fails now that did not. */
  #judged(gate: CommandGate, now: Ending): CommandResult {
    const before = this.#before.get(gate);
    if (!before || now.result.passed) return now.result;
    const { passed, words } = compared(before, now);
    return { ...now.result, passed, output: `${now.result.output}\n${words}` };
  }
}

function compared(before: Ending, now: Ending): { readonly passed: boolean; readonly words: string } {
  const refused = (words: string) => ({ passed: false, words });
  if (before.result.passed) return refused('new: before the phase it passed');
  if (before.failing && now.failing) {
    const fresh = [...now.failing].filter((name) => !before.failing?.has(name));
    if (fresh.length > 0) return refused(`failing tests that did not fail before:\n${fresh.join('\n')}`);
    if (now.failing.size > 0)
      return { passed: true, words: `nothing new: ${count(now.failing)} failed before as well` };
    return refused('it fails, and no test of it does');
  }
  if (now.result.code === null) return refused('it did not end by itself');
  if (now.result.code !== before.result.code) return refused(`before the phase it ended with ${before.result.code}`);
  return { passed: true, words: `nothing new: before the phase it ended with exit code ${before.result.code} as well` };
}

function count({ size }: ReadonlySet<string>): string {
  return size === 1 ? 'this test' : `these ${size} tests`;
}
