import { describeSeen } from '../base/seen-use.ts';
import { type FreshUse, type Verified, verify } from '../guard/verify.ts';
import { count } from '../report/words.ts';
import type { Command } from './command.ts';
import { UsageError } from './errors.ts';
import type { CommonArguments } from './options.ts';
import type { ExitCode, Session } from './session.ts';
import { namedTargets, targetArgument } from './targets.ts';
import { writeInside } from './write-inside.ts';

interface VerifyArguments extends CommonArguments {
  readonly target: string | undefined;
  readonly update: boolean | undefined;
  readonly '--': string[] | undefined;
}

export const verifyCommand: Command<VerifyArguments> = {
  command: 'verify [target]',
  describe:
    'Run tests; exit 1 when they use something deprecated that reroute-baseline.json does not have, or no longer what it has',
  builder: (yargs) =>
    yargs
      .positional('target', {
        type: 'string',
        describe: 'The folder of the repository',
        defaultDescription: 'the current folder',
      })
      .option('update', {
        type: 'boolean',
        describe: 'Write the baseline: accept what is new, strike out what vanished',
        group: 'Output:',
      })
      .example('$0 verify -- npx vitest run', 'in CI: nobody new, and nobody who is gone')
      .example('$0 verify --update -- npm test', 'accept what there is')
      .example('$0 verify ../app -- node --import reroute/deprecation/node-test --test', 'with node:test') as never,
  run: async (session, args) => {
    const [program, ...words] = args['--'] ?? [];
    if (program === undefined)
      throw new UsageError('Which tests? The command stands behind --', 'reroute verify -- npx vitest run');
    const [root] = namedTargets(session, args.target === undefined ? [] : [args.target]);
    session.progress.say(`running ${[program, ...words].join(' ')}`);
    const verified = await verify({
      root: root!,
      command: [program, ...words],
      env: session.env,
      signal: session.signal,
    });
    const isWritten = args.update === true && verified.command.passed && changes(verified) > 0;
    if (isWritten) writeInside(root!, verified.baseline, verified.text);
    session.print(told(session, verified, root!, args));
    const { command, baseline, fresh, vanished } = verified;
    session.result({ target: root, command, baseline, fresh, vanished, updated: isWritten });
    return exitCode(verified, args.update === true);
  },
};

function changes({ fresh, vanished }: Verified): number {
  return fresh.length + vanished.length;
}

function exitCode(verified: Verified, update: boolean): ExitCode {
  return verified.command.passed && (update || changes(verified) === 0) ? 0 : 1;
}

function told(
  session: Session,
  verified: Verified,
  root: string,
  { update, '--': words = [] }: VerifyArguments,
): string {
  const { bold, green, red, yellow } = session.palette;
  const { command, fresh, vanished } = verified;
  if (!command.passed) {
    const why = update ? 'The baseline is not updated.' : 'What vanished is not known.';
    const lines = [command.output.trimEnd(), red(`The command failed. ${why}`)];
    return [
      ...lines,
      ...section(yellow(`New before it failed: ${count(fresh.length, 'use')}`), fresh.map(freshLine)),
    ].join('\n');
  }
  if (changes(verified) === 0) return green('The baseline is as the tests are: no new use, none that vanished.');
  const lines = [
    ...section(
      update ? 'Accepted:' : red(`New: ${count(fresh.length, 'use')} of something deprecated`),
      fresh.map(freshLine),
    ),
    ...section(
      update ? 'Struck out:' : yellow(`Vanished: ${count(vanished.length, 'use')} that the baseline still has`),
      vanished.map(({ id, file }) => `  ${file}\n    ${id}`),
    ),
  ];
  const again = `reroute verify${targetArgument(session, root)} --update -- ${words.join(' ')}`;
  return [...lines, update ? `Wrote ${verified.baseline}` : `${bold('Next')}  ${again}`].join('\n');
}

function freshLine(use: FreshUse): string {
  const [first, ...more] = use.positions;
  const others = more.length > 0 ? ` (and ${more.join(', ')})` : '';
  return `  ${describeSeen(`${use.file}${first ? `:${first}` : ''}${others}`, use)}`;
}

function section(head: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [head, ...lines];
}
