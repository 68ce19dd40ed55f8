import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { toPosix } from '../base/paths.ts';
import type { Plan } from '../plan/plan.ts';
import { renderPlan } from '../plan/render-plan.ts';
import { count, noteWords } from '../report/words.ts';
import { nodeDisk } from '../run/disk.ts';
import { isRetired, phaseStates } from '../run/history.ts';
import { readLedger } from '../run/with-ledger.ts';
import type { Command } from './command.ts';
import { UsageError } from './errors.ts';
import { type CommonArguments, TARGETS } from './options.ts';
import type { Session } from './session.ts';
import { migrationFor, namedTargets, targetArgument } from './targets.ts';
import { writeInside, writeNamed } from './write-inside.ts';

interface PlanArguments extends CommonArguments {
  readonly targets: string[] | undefined;
  readonly out: string | undefined;
  readonly stdout: boolean | undefined;
  readonly check: boolean | undefined;
  readonly 'ignore-bad-tsconfig': boolean | undefined;
}

export const planCommand: Command<PlanArguments> = {
  command: 'plan [targets..]',
  describe: 'Write migration-plan.md: what there is, what each phase would do',
  builder: (yargs) =>
    yargs
      .positional('targets', TARGETS)
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'The file to write; migration-plan.md in the target when left out',
        group: 'Output:',
      })
      .option('stdout', {
        type: 'boolean',
        describe: 'Print the page instead of writing it',
        group: 'Output:',
        conflicts: ['out', 'check'],
      })
      .option('check', {
        type: 'boolean',
        describe: 'Write nothing; exit 1 when the page is stale or missing',
        group: 'Output:',
      })
      .option('ignore-bad-tsconfig', {
        type: 'boolean',
        describe: 'Go on in memory without a tsconfig that does not parse',
        group: 'Input:',
      })
      .example('$0 plan', 'write migration-plan.md here')
      .example('$0 plan --check', 'in CI: fail when the page no longer fits the code')
      .example('$0 plan ../app --stdout', 'look at the plan of another target'),
  run: async (session, args) => {
    const targets = namedTargets(session, args.targets);
    if (args.out !== undefined && targets.length > 1)
      throw new UsageError('--out names one file, but there are several targets.', 'reroute plan --help');
    // Loaded when it is needed: it brings a compiler along, and looking or undoing takes none.
    const { buildPlan } = await import('../plan/plan.ts');
    let isStale = false;
    for (const target of targets) {
      const migration = await migrationFor(session, target, args.config);
      const { ledger } = await readLedger({
        disk: nodeDisk,
        root: target,
        command: 'reroute plan',
        now: session.now(),
        onRecovered: ({ sentence }) => session.notice(sentence),
      });
      session.progress.say(`planning ${migration.name}`);
      const states = new Map(phaseStates(ledger, migration).map(({ phase, state }) => [phase, state]));
      const onBadConfig = args['ignore-bad-tsconfig'] ? 'ignore' : 'throw';
      const plan = await buildPlan({
        migration,
        target,
        states,
        onBadConfig,
        isRetired: (file) => isRetired(ledger, migration, file),
      });
      const file = path.resolve(args.out === undefined ? target : session.cwd, args.out ?? 'migration-plan.md');
      const page = renderPlan(plan, againFor(file, target, migration.file, args.out !== undefined));
      if (args.stdout) session.print(page.trimEnd());
      else {
        const isSame = existsSync(file) && readFileSync(file, 'utf8') === page;
        if (args.check) isStale ||= !isSame;
        else if (args.out === undefined) writeInside(target, file, page);
        else writeNamed(file, page);
        session.print(summary(session, plan, target, told(file, isSame, args.check === true)));
      }
      session.result({
        ...plainPlan(plan),
        target,
        ...(!args.stdout && { file }),
        ...(args.check && { isStale }),
        ...(args.stdout && { page }),
      });
    }
    return isStale ? 1 : 0;
  },
};

/** The command that makes the page again, run where the page lies. */
function againFor(file: string, target: string, manifest: string, isNamed: boolean) {
  const folder = path.dirname(file);
  const relative = (to: string) => toPosix(path.relative(folder, to)) || '.';
  const words = ['npx reroute plan'];
  if (relative(target) !== '.') words.push(relative(target));
  if (![target, folder].includes(path.dirname(manifest))) words.push('--config', relative(manifest));
  if (isNamed) words.push('--out', path.basename(file));
  return { again: words.join(' '), manifest: relative(manifest) };
}

function told(file: string, isSame: boolean, check: boolean): string {
  if (!check) return `Wrote ${file}`;
  return isSame ? `${file} is as the code and the manifest are.` : `${file} is stale or missing: run \`reroute plan\`.`;
}

function summary(session: Session, plan: Plan, target: string, ending: string): string {
  const { bold, dim, yellow } = session.palette;
  const { counts, phases, migration, unphased, skipped } = plan;
  const width = Math.max(...phases.map(({ phase }) => phase.name.length));
  const lines = [
    `${bold(migration.name)} ${dim(migration.hash)} on ${target}`,
    `  ${count(counts.found, 'place')} found = ${counts.proven} proven + ${counts.review} for review + ${counts.left} left alone`,
    ...phases.map(
      ({ phase, state, files, counts: own }) =>
        `  ${phase.name.padEnd(width)}  ${state.padEnd(11)}  ${count(files.length, 'file')}, ${own.proven} proven, ${own.review} for review`,
    ),
  ];
  if (unphased.length > 0)
    lines.push(yellow(`  ${count(unphased.length, 'file')} in no phase, ${unphased[0]} the first`));
  if (skipped.length > 0)
    lines.push(yellow(`  ${count(skipped.length, 'file')} skipped, ${skipped[0]!.file} the first`));
  for (const note of plan.notes) {
    lines.push(yellow(`  ${noteWords(note)}`));
    if (note.next !== undefined) lines.push(`    ${note.next}`);
  }
  const open = phases.find(({ state }) => state !== 'done');
  lines.push(ending);
  if (open) lines.push(`${bold('Next')}  reroute run ${open.phase.name}${targetArgument(session, target)} --dry-run`);
  return lines.join('\n');
}

function plainPlan({ migration, phases, ...plan }: Plan) {
  return {
    migration: { name: migration.name, hash: migration.hash },
    ...plan,
    phases: phases.map(({ phase, ...own }) => ({ phase: phase.name, ...own })),
  };
}
