import { statSync } from 'node:fs';
import path from 'node:path';
import fastGlob from 'fast-glob';
import { toPosix } from '../base/paths.ts';
import type { Migration } from '../manifest/migration.ts';
import type { ReportModel } from '../report/model.ts';
import type { TargetUses } from '../run/retire/target-uses.ts';
import type { UsageEvidence } from '../run/retire/usage-files.ts';
import type { RunRecord } from '../run/run-record.ts';
import type { Command } from './command.ts';
import { UsageError } from './errors.ts';
import { type CommonArguments, TARGETS } from './options.ts';
import type { ExitCode, Session } from './session.ts';
import { migrationFor, namedTargets } from './targets.ts';
import { tellRun } from './tell-run.ts';
import { reportPlace } from './write-reports.ts';

interface RetireArguments extends CommonArguments {
  readonly targets: string[] | undefined;
  readonly usage: string[] | undefined;
  readonly window: string;
  readonly 'without-usage': boolean | undefined;
  readonly 'dry-run': boolean | undefined;
  readonly 'allow-dirty': boolean | undefined;
  readonly commit: boolean | undefined;
  readonly 'ignore-bad-tsconfig': boolean | undefined;
}

const HELP = 'reroute retire --help';

export const retireCommand: Command<RetireArguments> = {
  command: 'retire [targets..]',
  describe: 'Take proxies away that nobody needs, as a run that can be rolled back; exits 1 while one stays',
  builder: (yargs) =>
    yargs
      .positional('targets', TARGETS)
      .option('usage', {
        type: 'string',
        array: true,
        describe: 'Files that REROUTE_USAGE_FILE wrote, or globs; after the targets',
        group: 'Evidence:',
      })
      .option('window', {
        type: 'string',
        requiresArg: true,
        default: '14d',
        describe: 'How many days (14d) or weeks (2w) nobody may have called, each with a heartbeat',
        group: 'Evidence:',
      })
      .option('without-usage', {
        type: 'boolean',
        describe: 'Go on without knowing who calls in production',
        group: 'Evidence:',
        conflicts: 'usage',
      })
      .option('dry-run', {
        type: 'boolean',
        describe: 'Say which may go, and what keeps the others; nothing is written',
        group: 'What runs:',
      })
      .option('allow-dirty', {
        type: 'boolean',
        describe: 'Delete files although they have changes that are not committed',
        group: 'git:',
      })
      .option('commit', { type: 'boolean', describe: 'Commit what is deleted when its gates passed', group: 'git:' })
      .option('ignore-bad-tsconfig', {
        type: 'boolean',
        describe: 'Go on in memory without a tsconfig that does not parse',
        group: 'Input:',
      })
      .example('$0 retire --dry-run --usage "usage/*.ndjson"', 'what may go, and who called last')
      .example('$0 retire ../app ../admin --usage "usage/*.ndjson" --window 30d', 'two targets that share proxies')
      .example('$0 rollback retire', 'undo it, byte for byte'),
  run: async (session, args) => {
    const targets = namedTargets(session, args.targets);
    const usage = await usageEvidence(session, args);
    // Loaded when it is needed: it brings a compiler along, and looking or undoing takes none.
    const { run } = await import('../run/run.ts');
    const { withRetirePhase } = await import('../run/retire/retire-phase.ts');
    const chosen: { readonly target: string; readonly migration: Migration; readonly phase: string }[] = [];
    for (const target of targets) {
      const { migration, phase } = withRetirePhase(await migrationFor(session, target, args.config));
      chosen.push({ target, migration, phase: phase.name });
    }
    const known = chosen.length > 1 ? await usesIn(session, chosen, args['ignore-bad-tsconfig'] === true) : [];
    let exit: ExitCode = 0;
    for (const { target, migration, phase } of chosen) {
      const result = await run({
        migration,
        target,
        phases: [phase],
        dryRun: args['dry-run'] === true,
        // What keeps a proxy is told for each.
        anyway: true,
        allowDirty: args['allow-dirty'] === true,
        ...(args.commit && {
          commit: { reportOf: ([first]: readonly RunRecord[]) => reportPlace(first!.id, false) },
        }),
        ignoreBadTsconfig: args['ignore-bad-tsconfig'] === true,
        evidence: { usage, others: known.filter(({ root }) => root !== target) },
        signal: session.signal,
        now: session.now,
        onProgress: (event) => session.progress.show(event),
      });
      const hasFindings = tellRun(session, migration, result, nextStep);
      const [record] = result.records;
      if (hasFindings || record!.retirements?.some(({ goes }) => !goes)) exit = 1;
      if (record!.status === 'failed') break;
    }
    return exit;
  },
};

function nextStep(migration: Migration, { status, dryRun, retirements }: ReportModel, target: string) {
  if (status === 'failed') return `correct what the gate says, then: reroute retire${target}`;
  if (!retirements.some(({ goes }) => goes)) return undefined;
  if (dryRun) return `reroute retire${target}, with the same evidence`;
  return `when it is committed, take what is gone out of 'replaces' in ${path.basename(migration.file)}`;
}

async function usesIn(
  session: Session,
  chosen: readonly { readonly target: string; readonly migration: Migration }[],
  ignoreBadTsconfig: boolean,
): Promise<readonly TargetUses[]> {
  const { surveyUses } = await import('../run/retire/target-uses.ts');
  return chosen.map(({ target, migration }) => {
    session.progress.say(`surveying ${target}`);
    return surveyUses(target, migration, ignoreBadTsconfig ? 'ignore' : 'throw');
  });
}

async function usageEvidence(
  session: Session,
  { usage, window, 'without-usage': without }: RetireArguments,
): Promise<UsageEvidence | 'waived' | undefined> {
  const [, number, unit] = /^(\d{1,4})([dw])$/.exec(window) ?? [];
  const days = Number(number) * (unit === 'w' ? 7 : 1);
  if (!(days > 0)) throw new UsageError(`--window ${window}: say 14d for days, or 2w for weeks.`, HELP);
  if (without) return 'waived';
  if (usage === undefined) return undefined;
  if (usage.length === 0) throw new UsageError('--usage: which files? Name some, or a glob.', HELP);
  const { readUsageFiles } = await import('../run/retire/usage-files.ts');
  const files = [...new Set(usage.flatMap((each) => usageFiles(session.cwd, each)))].sort();
  session.progress.say('reading usage files');
  return readUsageFiles(files, { now: session.now(), days });
}

/** The files that an argument names: one file, or those of a glob. */
function usageFiles(cwd: string, named: string): readonly string[] {
  const stat = statSync(path.resolve(cwd, named), { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    throw new UsageError(`--usage ${named} is a folder: name the files in it, and targets before --usage.`, HELP);
  }
  if (stat) return [path.resolve(cwd, named)];
  const found = fastGlob.sync(toPosix(named), { cwd, absolute: true });
  if (found.length === 0) throw new UsageError(`--usage ${named}: there is no such file.`, HELP);
  return found;
}
