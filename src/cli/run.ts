import { Stopwatch } from '../base/stopwatch.ts';
import type { RunRecord } from '../run/run-record.ts';
import { SurfacesThread } from '../run/surfaces-ahead.ts';
import type { Command } from './command.ts';
import { UsageError } from './errors.ts';
import { type CommonArguments, TARGETS } from './options.ts';
import type { ExitCode, Session } from './session.ts';
import { startBranch } from './start-branch.ts';
import { migrationFor, namedTargets, splitPhase } from './targets.ts';
import { tellRun } from './tell-run.ts';
import { reportPlace } from './write-reports.ts';

interface RunArguments extends CommonArguments {
  readonly phase: string | undefined;
  readonly targets: string[] | undefined;
  readonly all: boolean | undefined;
  readonly 'dry-run': boolean | undefined;
  readonly anyway: boolean | undefined;
  readonly keep: boolean | undefined;
  readonly 'allow-dirty': boolean | undefined;
  readonly commit: boolean | undefined;
  readonly branch: string | undefined;
  readonly 'ignore-bad-tsconfig': boolean | undefined;
  readonly timings: boolean | undefined;
}

export const runCommand: Command<RunArguments> = {
  command: 'run [phase] [targets..]',
  describe: 'Run a phase: find, prove, edit, check, write, gate, report',
  builder: (yargs) =>
    yargs
      .positional('phase', { type: 'string', describe: 'A phase of the manifest' })
      .positional('targets', TARGETS)
      .option('all', {
        type: 'boolean',
        describe: 'Every phase, in order, up to the first that fails',
        group: 'What runs:',
      })
      .option('dry-run', {
        type: 'boolean',
        describe: 'Do everything but write and run gate commands; report it',
        group: 'What runs:',
      })
      .option('anyway', { type: 'boolean', describe: 'Although a phase before it is not done', group: 'What runs:' })
      .option('keep', {
        type: 'boolean',
        describe: 'Leave a phase written although a gate failed after writing',
        group: 'What runs:',
      })
      .option('allow-dirty', {
        type: 'boolean',
        describe: 'Write files although they have changes that are not committed',
        group: 'git:',
      })
      .option('commit', { type: 'boolean', describe: 'Commit each phase that passes its gates', group: 'git:' })
      .option('branch', {
        type: 'string',
        describe: 'Make this branch first and work on it; reroute/<migration> when no name is given',
        group: 'git:',
      })
      .option('ignore-bad-tsconfig', {
        type: 'boolean',
        describe: 'Go on in memory without a tsconfig that does not parse',
        group: 'Input:',
      })
      .option('timings', {
        type: 'boolean',
        describe: 'Say where the time went',
        group: 'Output:',
        conflicts: 'json',
      })
      .example('$0 run production --dry-run', 'see every edit and its proof; nothing is written')
      .example('$0 run production', 'one phase here')
      .example('$0 run production --branch --commit', 'on a branch of its own, as one commit')
      .example('$0 run --all ../app ../admin', 'every phase on two targets'),
  run: async (session, args) => {
    const positional = [args.phase, ...(args.targets ?? [])].filter((one) => one !== undefined);
    const { phase, targets } = args.all ? { phase: undefined, targets: positional } : splitPhase(positional);
    if (!args.all && phase === undefined)
      throw new UsageError(
        'Which phase? Name one, or run them all.',
        'reroute run --all   (or: reroute status, to see the phases)',
      );
    // It loads a compiler of its own while this thread loads the manifest.
    let surfacesThread = SurfacesThread.start();
    // Loaded when it is needed: it brings a compiler along, and looking or undoing takes none.
    const stopwatch = new Stopwatch(() => performance.now());
    const { run } = await stopwatch.timeAsync('load', () => import('../run/run.ts'));
    let exit: ExitCode = 0;
    for (const target of namedTargets(session, targets)) {
      const migration = await stopwatch.timeAsync('manifest', () => migrationFor(session, target, args.config));
      const several = phase === undefined && migration.phases.length > 1;
      if (args.branch !== undefined && !args['dry-run'])
        startBranch(session, target, args.branch || `reroute/${migration.name}`);
      const result = await run({
        migration,
        target,
        phases: phase === undefined ? 'all' : [phase],
        dryRun: args['dry-run'] === true,
        anyway: args.anyway === true,
        keep: args.keep === true,
        allowDirty: args['allow-dirty'] === true,
        ...(args.commit && {
          commit: { reportOf: ([first]: readonly RunRecord[]) => reportPlace(first!.id, several) },
        }),
        ignoreBadTsconfig: args['ignore-bad-tsconfig'] === true,
        signal: session.signal,
        now: session.now,
        onProgress: (event) => session.progress.show(event),
        onRecovered: ({ sentence }) => session.notice(sentence),
        stopwatch,
        surfacesThread,
      });
      surfacesThread = undefined;
      if (stopwatch.time('report', () => tellRun(session, migration, result))) exit = 1;
      if (exit === 1 && ['failed', 'kept'].includes(result.records.at(-1)?.status ?? '')) break;
    }
    if (args.timings) tellTimings(session, stopwatch);
    return exit;
  },
};

/** Where the time went, from the start of the process on. */
function tellTimings(session: Session, stopwatch: Stopwatch): void {
  const timings = stopwatch.timings();
  const measured = timings.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const all = [{ stage: 'start', milliseconds: performance.now() - measured }, ...timings];
  const row = (stage: string, milliseconds: number) =>
    `  ${stage.padEnd(10)}${`${Math.round(milliseconds)}`.padStart(7)} ms`;
  session.print(['', 'Timings', ...all.map(({ stage, milliseconds }) => row(stage, milliseconds))].join('\n'));
}
