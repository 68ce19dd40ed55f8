import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ts } from 'ts-morph';
import { nodeDisk } from '../../../src/run/disk.ts';
import { rollback } from '../../../src/run/rollback.ts';
import { type RunResult, run } from '../../../src/run/run.ts';
import type { RunRecord } from '../../../src/run/run-record.ts';
import { withLedger } from '../../../src/run/with-ledger.ts';
import { node, REPO } from '../command.ts';
import { type Program, textOf } from './program.ts';
import type { ProgramTarget } from './program-target.ts';
import { MIGRATION } from './routers.ts';

/** What one program did before and after, as text, and what is wrong with that; empty when all is well. */
interface Judged {
  readonly program: Program;
  readonly wrong: readonly string[];
  readonly edited: number;
  /** The codes of the reasons why places are for review. */
  readonly review: readonly string[];
}

export interface Batch {
  readonly programs: readonly Judged[];
  /** What is wrong with the migration as a whole. */
  readonly wrong: readonly string[];
}

const TSC = path.join(REPO, 'node_modules/typescript/bin/tsc');

/**
 * Migrates all programs as modules of one target, for real. Each is run as Node runs what `tsc` emits: through the proxies
 * before, and on the canonical module after. Then the migration is run again, and undone.
 */
export async function migrate(target: ProgramTarget, programs: readonly Program[]): Promise<Batch> {
  const wrong: string[] = [];
  const fileOf = (i: number) => `src/cases/c${i}.ts`;
  target.start(Object.fromEntries(programs.map((program, i) => [fileOf(i), textOf(program)])));
  const untouched = target.tree();

  await runPhases(target, ['consolidate']);
  const before = await observe(target, 'before');
  const [production] = (await runPhases(target, ['production'])).records as [RunRecord];
  if (production.status !== 'done') wrong.push(`production ${production.status}: ${production.gates[0]?.output}`);
  if (production.skipped.length > 0) wrong.push(`skipped: ${JSON.stringify(production.skipped[0])}`);
  const after = await observe(target, 'after');

  const again = await runPhases(target, 'all');
  for (const { phase, status } of again.records) if (status !== 'nochange') wrong.push(`${phase} again: ${status}`);

  const judged = programs.map((program, i): Judged => {
    const file = fileOf(i);
    const own = production.outcomes.filter(({ usage }) => usage.place.file === file);
    const of = (result: string) => own.filter((outcome) => outcome.result === result).length;
    const problems: string[] = [];
    if (before.said[i] !== after.said[i]) problems.push(`did\n${before.said[i]}\nand does now\n${after.said[i]}`);
    if ((after.errors.get(file) ?? 0) > (before.errors.get(file) ?? 0)) {
      problems.push(`tsc: ${after.output.split('\n').find((line) => line.startsWith(file))}`);
    }
    problems.push(...strayed(target, file, of('review') > 0));
    return {
      program,
      wrong: problems,
      edited: of('edited'),
      review: own.flatMap(({ result, reason }) => (result === 'review' ? [reason!.code] : [])),
    };
  });

  await withLedger({ disk: nodeDisk, root: target.root, command: 'undo', now: target.now() }, ({ ledger }) =>
    rollback({ disk: nodeDisk, ledger, what: 'all', migration: MIGRATION.name, now: target.now() }),
  );
  if (JSON.stringify(target.tree()) !== JSON.stringify(untouched)) wrong.push('undoing does not give the same bytes');
  return { programs: judged, wrong };
}

function runPhases(target: ProgramTarget, phases: readonly string[] | 'all'): Promise<RunResult> {
  return run({
    migration: target.migration,
    target: target.root,
    phases,
    dryRun: false,
    anyway: false,
    ignoreBadTsconfig: false,
    now: () => target.now(),
  });
}

interface Observed {
  /** By program: what it recorded and gave. */
  readonly said: readonly string[];
  /** By file: how many errors `tsc` finds. */
  readonly errors: ReadonlyMap<string, number>;
  readonly output: string;
}

async function observe(target: ProgramTarget, out: string): Promise<Observed> {
  const folder = path.join(target.outside, out);
  const { stdout } = await node({ cwd: target.root }, TSC, '-p', '.', '--outDir', folder, '--pretty', 'false');
  target.install(folder);
  const errors = new Map<string, number>();
  for (const [, file] of stdout.matchAll(/^([^\s(]+)\(\d+,\d+\): error/gm))
    errors.set(file!, (errors.get(file!) ?? 0) + 1);
  const ran = await node({ cwd: folder }, '--no-deprecation', '--no-warnings', target.runner, folder);
  if (ran.exit !== 0) throw new Error(`the programs could not be run: ${ran.stderr}\n${stdout.slice(0, 2000)}`);
  return { said: JSON.parse(ran.stdout), errors, output: stdout };
}

/** Specifiers of a file that lead nowhere or, when nothing in it is for review, to a deprecated module. */
function strayed(target: ProgramTarget, file: string, mayStay: boolean): readonly string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(target.root, file), 'utf8'), true, true);
  return importedFiles.flatMap(({ fileName }) => {
    const found = ts.resolveModuleName(
      fileName,
      path.join(target.root, file),
      { moduleResolution: ts.ModuleResolutionKind.NodeNext, allowImportingTsExtensions: true },
      ts.sys,
    ).resolvedModule?.resolvedFileName;
    if (found === undefined) return [`'${fileName}' leads nowhere`];
    const deprecated = path.relative(target.root, found).startsWith('src/old/');
    // A barrel is a module of its own: it hands on the canonical name now.
    const isBarrel = found.endsWith('old/index.ts');
    return deprecated && !isBarrel && !mayStay
      ? [`'${fileName}' still leads to ${path.relative(target.root, found)}`]
      : [];
  });
}
