import { RerouteError } from '../base/errors.ts';
import { count } from '../report/words.ts';
import { nodeDisk } from '../run/disk.ts';
import { type Reverted, revertRuns } from '../run/git/commits.ts';
import { Git } from '../run/git/git.ts';
import type { Ledger } from '../run/ledger.ts';
import type { LedgerRun } from '../run/ledger-run.ts';
import { rollback } from '../run/rollback.ts';
import { withLedger } from '../run/with-ledger.ts';
import type { Command } from './command.ts';
import { UsageError } from './errors.ts';
import { type CommonArguments, TARGETS } from './options.ts';
import type { Session } from './session.ts';
import { migrationFor, namedTargets, splitPhase, targetArgument } from './targets.ts';

interface RollbackArguments extends CommonArguments {
  readonly phase: string | undefined;
  readonly targets: string[] | undefined;
  readonly all: boolean | undefined;
  readonly commit: boolean | undefined;
}

export const rollbackCommand: Command<RollbackArguments> = {
  command: 'rollback [phase] [targets..]',
  describe: 'Undo a phase, the latest run or everything, byte for byte',
  builder: (yargs) =>
    yargs
      .positional('phase', { type: 'string', describe: 'The phase to undo; the latest run when left out' })
      .positional('targets', TARGETS)
      .option('all', { type: 'boolean', describe: 'Undo every run of the migration', group: 'What is undone:' })
      .option('commit', {
        type: 'boolean',
        default: true,
        describe: 'Take the commit of a committed phase back with another one',
        group: 'git:',
      })
      .example('$0 rollback', 'the latest run here')
      .example('$0 rollback production ../app', 'one phase of another target')
      .example('$0 rollback --all', 'as if nothing had been run'),
  run: async (session, args) => {
    const positional = [args.phase, ...(args.targets ?? [])].filter((one) => one !== undefined);
    const { phase, targets } = splitPhase(positional);
    if (args.all && phase !== undefined) {
      throw new UsageError(
        `Either --all or the phase "${phase}"; a folder is named with a slash: ./${phase}`,
        'reroute rollback --help',
      );
    }
    const { bold, green } = session.palette;
    const { now } = session;
    for (const root of namedTargets(session, targets)) {
      const command = `reroute rollback${args.all ? ' --all' : phase ? ` ${phase}` : ''}`;
      const what = args.all ? 'all' : phase === undefined ? undefined : { phase };
      const { recovered, runs, reverted } = await withLedger(
        { disk: nodeDisk, root, command, now: now(), onRecovered: ({ sentence }) => session.notice(sentence) },
        async (open) => {
          const migration = await migrationName(session, root, args.config, open.ledger);
          session.progress.say('rolling back');
          const runs = rollback({ disk: nodeDisk, ledger: open.ledger, what, migration, now: now() });
          const undone = runs.flatMap(({ run }) => open.ledger.run(run) ?? []);
          const reverted = args.commit ? revert(root, open.ledger, undone) : undefined;
          return { recovered: open.recovered.map(({ sentence }) => sentence), runs, reverted };
        },
      );
      for (const run of runs) {
        session.print(
          `${bold(run.phase)}  ${green('rolled back')}  ${count(run.restored.length, 'file')} restored, ${run.removed.length} removed`,
        );
      }
      if (reverted && 'commit' in reverted) session.print(`Committed as ${reverted.commit.slice(0, 10)}`);
      if (reverted && 'kept' in reverted) {
        session.print(session.palette.yellow(`The files are restored and not committed: ${reverted.kept}.`));
      }
      session.print(`${bold('Next')}  reroute status${targetArgument(session, root)}`);
      session.result({ target: root, recovered, runs, reverted });
    }
    return 0;
  },
};

/** Undoing files must not depend on git: what it refuses is told, and the files are restored all the same. */
function revert(root: string, ledger: Ledger, runs: readonly LedgerRun[]): Reverted {
  try {
    const git = Git.around(root);
    return git && revertRuns(git, ledger, runs);
  } catch (error) {
    if (!(error instanceof RerouteError)) throw error;
    return { kept: [error.message, ...error.details].join(' ') };
  }
}

/** Undoing must not depend on a manifest that is lost or broken, as long as the ledger knows only one migration. */
async function migrationName(
  session: Session,
  root: string,
  config: string | undefined,
  ledger: Ledger,
): Promise<string> {
  try {
    return (await migrationFor(session, root, config)).name;
  } catch (error) {
    const known = new Set(ledger.runs().map(({ migration }) => migration));
    const isAboutManifest = error instanceof RerouteError && error.code.startsWith('MANIFEST_');
    if (!isAboutManifest || config !== undefined || known.size !== 1) throw error;
    return [...known][0]!;
  }
}
