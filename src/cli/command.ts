import type { Argv } from 'yargs';
import type { CommonArguments } from './options.ts';
import type { ExitCode, Session } from './session.ts';

/** One command of the command line: how it is said, what it takes, and what it does. */
export interface Command<A> {
  /** yargs' notation: `run [phase] [targets..]`. */
  readonly command: string;
  /** Half a sentence, for the list of commands. */
  readonly describe: string;
  readonly builder: (yargs: Argv<CommonArguments>) => Argv<A>;
  readonly run: (session: Session, args: A) => Promise<ExitCode>;
}
