import type { Migration } from '../manifest/migration.ts';
import { buildReport } from '../report/build-report.ts';
import type { ReportModel } from '../report/model.ts';
import { renderText } from '../report/text.ts';
import { nodeDisk } from '../run/disk.ts';
import { phaseStates } from '../run/history.ts';
import { Ledger } from '../run/ledger.ts';
import { type RunResult, run } from '../run/run.ts';
import { TargetView } from '../survey/target-view.ts';
import type { Command } from './command.ts';
import { UsageError } from './errors.ts';
import { type CommonArguments, TARGETS } from './options.ts';
import type { ExitCode, Session } from './session.ts';
import { migrationFor, namedTargets, splitPhase, targetArgument } from './targets.ts';
import { type ReportFiles, writeReports } from './write-reports.ts';

interface RunArguments extends CommonArguments {
  readonly phase: string | undefined;
  readonly targets: string[] | undefined;
  readonly all: boolean | undefined;
  readonly 'dry-run': boolean | undefined;
  readonly anyway: boolean | undefined;
  readonly 'ignore-bad-tsconfig': boolean | undefined;
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
      .option('ignore-bad-tsconfig', {
        type: 'boolean',
        describe: 'Go on in memory without a tsconfig that does not parse',
        group: 'Input:',
      })
      .example('$0 run production --dry-run', 'see every edit and its proof; nothing is written')
      .example('$0 run production', 'one phase here')
      .example('$0 run --all ../app ../admin', 'every phase on two targets'),
  run: async (session, args) => {
    const positional = [args.phase, ...(args.targets ?? [])].filter((one) => one !== undefined);
    const { phase, targets } = args.all ? { phase: undefined, targets: positional } : splitPhase(positional);
    if (!args.all && phase === undefined)
      throw new UsageError(
        'Which phase? Name one, or run them all.',
        'reroute run --all   (or: reroute status, to see the phases)',
      );
    let exit: ExitCode = 0;
    for (const target of namedTargets(session, targets)) {
      const migration = await migrationFor(session, target, args.config);
      const result = await run({
        migration,
        target,
        phases: phase === undefined ? 'all' : [phase],
        dryRun: args['dry-run'] === true,
        anyway: args.anyway === true,
        ignoreBadTsconfig: args['ignore-bad-tsconfig'] === true,
        signal: session.signal,
        now: session.now,
        onProgress: (event) => session.progress.show(event),
      });
      if (tell(session, migration, result)) exit = 1;
      if (exit === 1 && result.records.at(-1)?.status === 'failed') break;
    }
    return exit;
  },
};

/** Writes and prints the report of one target. Returns whether it has findings: a failed phase, or files that do not parse. */
function tell(session: Session, migration: Migration, { root, records, recovered }: RunResult): boolean {
  session.progress.say('writing the report');
  const view = new TargetView(root);
  const readText = (file: string): string | undefined => {
    const source = view.read(file);
    return typeof source === 'string' ? undefined : source.text;
  };
  const model = buildReport(records, { version: session.version, readText });
  const files = writeReports(model);
  const target = targetArgument(session, root);
  for (const sentence of recovered) session.print(session.palette.yellow(sentence));
  session.print(renderText(model, { palette: session.palette, detail: 'summary', undoTarget: target }));
  session.print(ending(session, model, files, nextCommand(migration, model, target)));
  session.result({ ...summaryOf(model), recovered, reports: files });
  return model.status === 'failed' || model.skipped.some(({ code }) => !UNREADABLE.has(code));
}

/** Files without a text are no finding; those that do not parse are. */
const UNREADABLE: ReadonlySet<string> = new Set(['binary', 'not-utf-8', 'gone']);

function ending({ palette }: Session, model: ReportModel, files: ReportFiles, next: string | undefined): string {
  const { bold, cyan, dim } = palette;
  const place = model.dryRun
    ? 'in a temporary folder; nothing was written to the target'
    : `${files.patch ? '.md, .json and .patch' : '.md and .json'} beside it`;
  const lines = [`${bold('Report')}  ${cyan(files.html)}`, `        ${dim(place)}`];
  if (next) lines.push(`${bold('Next')}    ${next}`);
  return lines.join('\n');
}

function nextCommand(migration: Migration, model: ReportModel, target: string): string | undefined {
  const last = model.phases.at(-1)!;
  if (model.status === 'failed') return `correct what the gate says, then: reroute run ${last.name}${target}`;
  if (model.dryRun) return `reroute run ${model.phases.length > 1 ? '--all' : last.name}${target}`;
  const states = phaseStates(new Ledger(nodeDisk, model.target), migration);
  const open = states.find(({ state }) => state !== 'done');
  return open && `reroute run ${open.phase}${target}`;
}

/** What `--json` says of a run; the whole report is in its own file. */
function summaryOf({ phases, proofs: _proofs, left, ...model }: ReportModel): Readonly<Record<string, unknown>> {
  return {
    ...model,
    left: left.map(({ places, ...group }) => ({ ...group, places: places.length })),
    phases: phases.map(({ files, ...phase }) => ({
      ...phase,
      files: files.map(({ file, kind, added, removed, review }) => ({ file, kind, added, removed, review })),
    })),
  };
}
