import yargs, { type Argv } from 'yargs';
import type { Palette } from '../report/palette.ts';
import { clean, cleanButEmphasis } from '../report/visible.ts';
import { choosePalette } from './colours.ts';
import type { Command } from './command.ts';
import { describeError, errorToJson, stopped } from './errors.ts';
import { fleetCommand } from './fleet.ts';
import { addHelp, version, wrongUsage } from './help.ts';
import { initCommand } from './init.ts';
import { COMMON, type CommonArguments } from './options.ts';
import { planCommand } from './plan.ts';
import { type LineStream, ProgressLine } from './progress-line.ts';
import { proxiesCommand } from './proxies.ts';
import { reportCommand } from './report.ts';
import { retireCommand } from './retire.ts';
import { rollbackCommand } from './rollback.ts';
import { runCommand } from './run.ts';
import type { ExitCode, Session } from './session.ts';
import { statusCommand } from './status.ts';
import { verifyCommand } from './verify.ts';

/** What the command line needs of a process. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: LineStream;
  readonly stderr: LineStream;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** The exit code of a command line, its output written. Never throws. */
export async function runCli(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const line = new CommandLine(args, surroundings);
  try {
    return await line.run();
  } catch (error) {
    // A signal that arrived while the process was busy is told now.
    await new Promise(setImmediate);
    return line.fail(surroundings.signal.aborted ? stopped() : error);
  }
}

class CommandLine {
  readonly #args: readonly string[];
  /** Those before `--`: what follows is somebody else's. */
  readonly #own: readonly string[];
  readonly #around: Surroundings;
  readonly #progress: ProgressLine;
  readonly #results: Readonly<Record<string, unknown>>[] = [];
  readonly #json: boolean;
  #name = '';
  #exit: ExitCode = 0;
  #isRaw = false;

  constructor(args: readonly string[], surroundings: Surroundings) {
    this.#args = args;
    this.#own = args.slice(0, [...args, '--'].indexOf('--'));
    this.#around = surroundings;
    this.#progress = new ProgressLine(surroundings.stderr, surroundings.env);
    // Known before the arguments are parsed, because wrong ones are told as JSON, too.
    this.#json = this.#own.some((arg) => arg === '--json' || arg === '--json=true');
  }

  async run(): Promise<ExitCode> {
    const line = yargs([...this.#args])
      .scriptName('reroute')
      .parserConfiguration({ 'camel-case-expansion': false, 'populate--': true })
      .options(COMMON) as Argv<CommonArguments>;
    this.#register(line, initCommand);
    this.#register(line, planCommand);
    this.#register(line, runCommand);
    this.#register(line, proxiesCommand);
    this.#register(line, rollbackCommand);
    this.#register(line, statusCommand);
    this.#register(line, reportCommand);
    this.#register(line, verifyCommand);
    this.#register(line, retireCommand);
    this.#register(line, fleetCommand);
    addHelp(line)
      .strict()
      .demandCommand(1, 1, 'Which command?', 'One command at a time.')
      .exitProcess(false)
      .fail((message, error) => {
        const first = this.#own.find((arg) => !arg.startsWith('-'));
        const isUsage = !error || error.name === 'YError';
        throw isUsage ? wrongUsage(error?.message ?? message, first, optionsOf(line)) : error;
      });
    await line.parseAsync();
    this.#progress.clear();
    if (this.#json && this.#name !== '' && !this.#isRaw) this.#writeJson(undefined);
    return this.#exit;
  }

  fail(error: unknown): ExitCode {
    this.#progress.clear();
    if (this.#json) {
      this.#exit = 2;
      this.#writeJson(error);
    } else this.#around.stderr.write(describeError(error, this.#palette(this.#around.stderr)));
    return 2;
  }

  #register<A>(line: Argv<CommonArguments>, { command, describe, builder, run }: Command<A>): void {
    // Hidden, because the introduction lists the commands by purpose.
    const build = (own: Argv<CommonArguments>) => builder(own.usage(`$0 ${command}\n\n${describe}.`));
    line.command(command, false, build, async (args) => {
      this.#name = command.split(' ', 1)[0]!;
      // No option is expanded to camel case, so the arguments are what the builder says.
      this.#exit = await run(this.#session(), args as unknown as A);
    });
  }

  #session(): Session {
    const { cwd, env, signal, now, stdout } = this.#around;
    const write = (text: string) => {
      this.#progress.clear();
      stdout.write(text);
    };
    return {
      cwd,
      env,
      signal,
      now,
      version: version(),
      palette: this.#palette(stdout),
      progress: this.#progress,
      print: (text) => {
        if (!this.#json) write(`${cleanButEmphasis(text)}\n`);
      },
      printRaw: (text) => {
        this.#isRaw = true;
        write(text);
      },
      notice: (text) => {
        this.#progress.clear();
        const { stderr } = this.#around;
        stderr.write(`${this.#palette(stderr).yellow(clean(text))}\n`);
      },
      result: (value) => this.#results.push(value),
    };
  }

  #palette(stream: LineStream): Palette {
    const flag = this.#own.findLast((arg) => arg === '--color' || arg === '--no-color');
    return choosePalette({
      flag: flag === undefined ? undefined : flag === '--color',
      env: this.#around.env,
      isTerminal: stream.isTTY === true,
    });
  }

  #writeJson(error: unknown): void {
    const document = {
      command: this.#name || undefined,
      exitCode: this.#exit,
      targets: this.#results,
      ...(error !== undefined && { error: errorToJson(error) }),
    };
    const plain = (_: string, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value);
    this.#around.stdout.write(`${JSON.stringify(document, plain, 2)}\n`);
  }
}

/** The options that yargs knows where it failed; its types leave the method out. */
function optionsOf(line: Argv<CommonArguments>): readonly string[] {
  return Object.keys((line as unknown as { getOptions(): { key: object } }).getOptions().key);
}
