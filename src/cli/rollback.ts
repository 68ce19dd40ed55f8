import { RerouteError } from '../base/errors.ts';
import { count } from '../report/words.ts';
import { nodeDisk } from '../run/disk.ts';
import type { Ledger } from '../run/ledger.ts';
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
}

export const rollbackCommand: Command<RollbackArguments> = {
  command: 'rollback [phase] [targets..]',
  describe: 'Undo a phase, the latest run or everything, byte for byte',
  builder: (yargs) =>
    yargs
      .positional('phase', { type: 'string', describe: 'The phase to undo; the latest run when left out' })
      .positional('targets', TARGETS)
      .option('all', { type: 'boolean', describe: 'Undo every run of the migration', group: 'What is undone:' })
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
      const { recovered, runs } = await withLedger({ disk: nodeDisk, root, command, now: now() }, async (open) => {
        const migration = await migrationName(session, root, args.config, open.ledger);
        session.progress.say('rolling back');
        const runs = rollback({ disk: nodeDisk, ledger: open.ledger, what, migration, now: now() });
        return { recovered: open.recovered.map(({ sentence }) => sentence), runs };
      });
      for (const sentence of recovered) session.print(session.palette.yellow(sentence));
      for (const run of runs) {
        session.print(
          `${bold(run.phase)}  ${green('rolled back')}  ${count(run.restored.length, 'file')} restored, ${run.removed.length} removed`,
        );
      }
      session.print(`${bold('Next')}  reroute status${targetArgument(session, root)}`);
      session.result({ target: root, recovered, runs });
    }
    return 0;
  },
};

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
