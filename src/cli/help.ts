import { readFileSync } from 'node:fs';
import type { Argv } from 'yargs';
import { nearestName } from '../manifest/nearest-name.ts';
import { UsageError } from './errors.ts';

const INTRODUCTION = `Usage: $0 <command> [targets..] [options]

Moves code from many implementations of a thing onto one: finds every use, proves each
edit with the type checker, keeps old paths alive, and can undo all of it.

Get started
  init                Write a starter reroute.config.ts
  plan                Write migration-plan.md: what there is, what each phase would do

Migrate
  run <phase>         Find, prove, edit, check, write, gate, report; --dry-run to look first
  proxies             Make the proxies that keep deprecated modules working
  rollback [phase]    Undo a phase, the latest run or everything, byte for byte

Look
  status              Which phases are done
  report              Show a run again: every edit with its proof, what is left to review

Keep it so
  verify -- <tests>   In CI: run tests, and fail on new uses of what is deprecated
  retire              Take proxies away that nobody needs; --dry-run to see what keeps each

Many targets
  fleet run <phase>   Run a phase on every target of a list, several at once, or in waves
  fleet status        Phases and targets
  fleet enqueue       Put them into a queue, for \`fleet work\` on many machines`;

const EPILOGUE = `Exit codes: 0 done or clean; 1 findings, a failed gate or work pending; 2 a fault or wrong usage.
\`reroute <command> --help\` has the options of a command.`;

const COMMANDS = [
  'init',
  'plan',
  'run',
  'proxies',
  'rollback',
  'status',
  'report',
  'verify',
  'retire',
  'fleet',
] as const;

/** The command line with its help and version; commands are listed by purpose, examples come last. */
export function addHelp<A>(line: Argv<A>): Argv<A> {
  return line
    .locale('en')
    .usage(INTRODUCTION)
    .example('$0 plan', 'what there is, and what would happen')
    .example('$0 run production --dry-run', 'every edit and its proof; nothing is written')
    .example('$0 run --all ../app', 'all phases on another target')
    .example('$0 rollback production', 'undo one phase')
    .example('$0 verify -- npx vitest run', 'in CI: no new use of what is deprecated')
    .example('$0 retire --dry-run', 'which proxies may go, and who still calls the others')
    .epilogue(EPILOGUE)
    .help('help')
    .alias('help', 'h')
    .describe('help', 'Show this')
    .version(version())
    .describe('version', 'Show the version')
    .group(['help', 'version'], 'About:')
    .wrap(Math.min(100, line.terminalWidth()));
}

/** Reroute's own version, from the nearest `package.json` above this file that is Reroute's. */
export function version(): string {
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8'));
      if (name === 'reroute') return version;
    } catch {
      // Not this far up: the source is two folders down, the build three.
    }
  }
  throw new Error('the package.json of reroute is not where it should be');
}

/**
 * What yargs has against the arguments, with the nearest right name. `first` is what stands in the command's place;
 * `options` are those of the command.
 */
export function wrongUsage(message: string, first: string | undefined, options: readonly string[]): UsageError {
  const command = COMMANDS.find((name) => name === first);
  const help = command === undefined ? 'reroute --help' : `reroute ${command} --help`;
  const [, names] = /^Unknown (?:arguments?|commands?): (.*)$/.exec(message) ?? [];
  if (names === undefined) return new UsageError(message, help);
  const unknown = names.split(', ');
  const known = command === undefined ? [...COMMANDS, ...options] : options;
  const near = unknown.map((name) => nearestName(name, known)).find((name) => name !== undefined);
  const dashes = near && !(COMMANDS as readonly string[]).includes(near) ? '--' : '';
  const suggestion = near && !(command === near) ? [`Did you mean ${dashes}${near}?`] : [];
  // Without a command, yargs calls whatever stands in its place an argument.
  const isCommand = command === undefined && first !== undefined && unknown.includes(first);
  return new UsageError(isCommand ? `Unknown command: ${first}.` : `${message}.`, help, suggestion);
}
