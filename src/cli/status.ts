import type { Migration } from '../manifest/migration.ts';
import { nodeDisk } from '../run/disk.ts';
import { type PhaseState, phaseStates } from '../run/history.ts';
import type { Ledger } from '../run/ledger.ts';
import { readLedger } from '../run/with-ledger.ts';
import type { Command } from './command.ts';
import { type CommonArguments, TARGETS } from './options.ts';
import type { ExitCode, Session } from './session.ts';
import { migrationFor, namedTargets, targetArgument } from './targets.ts';

interface StatusArguments extends CommonArguments {
  readonly targets: string[] | undefined;
}

export const statusCommand: Command<StatusArguments> = {
  command: 'status [targets..]',
  describe: 'Which phases are done; exits 1 while one is not',
  builder: (yargs) =>
    yargs
      .positional('targets', TARGETS)
      .example('$0 status', 'the phases of the target here')
      .example('$0 status ../app --json', 'the same for a script'),
  run: async (session, { targets, config }) => {
    let exit: ExitCode = 0;
    for (const target of namedTargets(session, targets)) {
      const migration = await migrationFor(session, target, config);
      const { ledger, recovered, busy } = await readLedger({
        disk: nodeDisk,
        root: target,
        command: 'reroute status',
        now: session.now(),
        onRecovered: ({ sentence }) => session.notice(sentence),
      });
      const phases = phaseStates(ledger, migration).map((state) => ({
        ...state,
        failedAt: failedAt(ledger, migration, state),
      }));
      const open = phases.find(({ state }) => state !== 'done');
      if (open) exit = 1;
      const { bold, dim, yellow } = session.palette;
      session.print(`${bold(migration.name)} ${dim(migration.hash)} on ${target}`);
      if (busy) session.print(yellow(busy.message));
      const width = Math.max(...phases.map(({ phase }) => phase.length));
      for (const phase of phases) session.print(row(session, phase, width));
      session.print(
        open ? `${bold('Next')}  reroute run ${open.phase}${targetArgument(session, target)}` : 'All phases are done.',
      );
      session.result({
        target,
        migration: { name: migration.name, hash: migration.hash },
        phases,
        recovered: recovered.map(({ sentence }) => sentence),
        busy: busy?.message,
      });
    }
    return exit;
  },
};

interface PhaseRow extends PhaseState {
  /** When its newest run failed, if nothing succeeded since. */
  readonly failedAt: string | undefined;
}

function failedAt(ledger: Ledger, migration: Migration, { phase }: PhaseState): string | undefined {
  const last = ledger.runs().findLast((run) => run.migration === migration.name && run.phase === phase);
  return last?.state === 'failed' ? last.at : undefined;
}

function row({ palette }: Session, { phase, state, files, at, isCurrent, failedAt }: PhaseRow, width: number): string {
  const { dim, green, yellow, red } = palette;
  const colour = { done: green, kept: yellow, pending: dim, 'rolled-back': yellow }[state];
  const words = [
    `  ${phase.padEnd(width)}  ${colour((state === 'rolled-back' ? 'rolled back' : state === 'kept' ? 'gate failed' : state).padEnd(11))}`,
  ];
  if (state === 'done' || state === 'kept')
    words.push(`${String(files).padStart(5)} ${files === 1 ? 'file ' : 'files'}`);
  if (at) words.push(dim(at.replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, ' UTC')));
  if (state === 'done' && !isCurrent) words.push(yellow('the manifest changed since'));
  if (failedAt) words.push(red(`its last run failed, ${failedAt}`));
  return words.join('  ').trimEnd();
}
