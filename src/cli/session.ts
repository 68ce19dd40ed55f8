import type { Palette } from '../report/palette.ts';
import type { ProgressLine } from './progress-line.ts';

/** 0 done or clean; 1 findings, a failed gate or work pending; 2 a fault or wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** What a command gets from the process that it runs in. Commands print through it and never touch the process. */
export interface Session {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly version: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** For what goes to {@link print}. */
  readonly palette: Palette;
  readonly progress: ProgressLine;
  /** To stdout; with `--json`, nothing. A line end is added. */
  print(text: string): void;
  /** To stdout as it is, with `--json` too: for what was asked for in a format of its own. */
  printRaw(text: string): void;
  /** To stderr, with `--json` too: what a user must know and did not ask for. */
  notice(text: string): void;
  /** Adds one target's result to what `--json` prints at the end. */
  result(value: Readonly<Record<string, unknown>>): void;
}
