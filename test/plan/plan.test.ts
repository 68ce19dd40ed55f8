import { describe, expect, test } from 'vitest';
import { buildPlan, type Plan, type PlanOptions } from '../../src/plan/plan.ts';
import { type Files, MIGRATION, PhaseTarget, ROUTERS } from '../run/phases/phase-target.ts';

const FILES: Files = {
  ...ROUTERS,
  'src/any.ts':
    "import { OldRouter } from './old_router.ts';\ndeclare const any: any;\nany.register_handler();\nexport const r = new OldRouter();\n",
  'docs/example.ts': "import { OldRouter } from '../src/old_router.ts';\nnew OldRouter().get_order();\n",
  'src/latin1.ts': Buffer.from("import { OldRouter } from './old_router.ts'; // Zürich\n", 'latin1'),
};

async function planOf(files: Files = FILES, input = MIGRATION, options: Partial<PlanOptions> = {}) {
  const target = new PhaseTarget(files, input);
  const migration = await target.migration();
  const tree = target.tree();
  const plan = await buildPlan({ migration, target: target.root, states: new Map(), ...options });
  expect(target.tree()).toEqual(tree);
  return { plan, target };
}

describe('a plan', () => {
  test('has the phases in order, each with its files and their counts', async () => {
    const { plan } = await planOf();
    expect(plan.phases.map(({ phase, state, files, counts }) => ({ name: phase.name, state, files, counts }))).toEqual([
      { name: 'consolidate', state: 'pending', files: [], counts: { found: 0, proven: 0, review: 0, left: 0 } },
      {
        name: 'production',
        state: 'pending',
        files: [
          { file: 'src/any.ts', proven: 3, review: 1 },
          { file: 'src/app.ts', proven: 5, review: 0 },
        ],
        counts: { found: 12, proven: 8, review: 1, left: 3 },
      },
      {
        name: 'tests',
        state: 'pending',
        files: [{ file: 'test/app.test.ts', proven: 5, review: 0 }],
        counts: { found: 5, proven: 5, review: 0, left: 0 },
      },
    ]);
    expect(plan.counts).toEqual({ found: 21, proven: 17, review: 1, left: 3 });
  });

  test('names the tests that import a deprecated module, by phase', async () => {
    const { plan } = await planOf();
    expect(plan.phases.map(({ tests }) => tests)).toEqual([[], [], ['test/app.test.ts']]);
  });

  test('lists files that no phase covers, and what could not be read', async () => {
    const { plan } = await planOf();
    expect(plan.unphased).toEqual(['docs/example.ts']);
    expect(plan.skipped.map(({ file, reason }) => [file, reason.code])).toEqual([['src/latin1.ts', 'not-utf-8']]);
  });

  test('lists the places for review with their reasons', async () => {
    const { plan } = await planOf();
    expect(plan.review.map(({ place, text, verdict }) => [place.file, place.line, text, verdict.kind])).toEqual([
      ['src/any.ts', 3, 'register_handler', 'unclear'],
    ]);
  });

  test('tells how each deprecated export differs from its canonical one, and who imports it', async () => {
    const { plan } = await planOf();
    const [router, handler] = plan.implementations;
    expect(router).toMatchObject({
      deprecated: 'src/old_router.ts#OldRouter',
      canonical: 'src/router.ts#Router',
      importers: ['docs/example.ts', 'src/any.ts', 'src/app.ts', 'test/app.test.ts'],
    });
    expect(router!.differences.map(({ kind, name, mapped }) => [kind, name, mapped])).toEqual([
      ['only-canonical', 'addHandler', false],
      ['only-canonical', 'getOrder', false],
      ['only-deprecated', 'get_order', true],
      ['only-deprecated', 'register_handler', true],
    ]);
    expect(handler).toMatchObject({ deprecated: 'src/old_router.ts#Handler', differences: [] });
  });

  test('has the table of canonical imports in the manifest’s order, whole modules among them', async () => {
    const { plan } = await planOf(
      { ...FILES, 'src/legacy/clock.ts': 'export const now = 1;\n' },
      {
        ...MIGRATION,
        canonical: {
          ...MIGRATION.canonical,
          'src/time/clock.ts': { exports: '*', replaces: ['src/legacy/clock.ts'] },
        },
      },
    );
    expect(plan.canonicalImports).toEqual([
      { old: 'src/old_router.ts#OldRouter', new: 'src/router.ts#Router' },
      { old: 'src/old_router.ts#Handler', new: 'src/router.ts#Handler' },
      { old: 'src/legacy/clock.ts', new: 'src/time/clock.ts' },
    ]);
  });

  test('takes the states from the ledger, and compares no proxy with what it stands for', async () => {
    const target = new PhaseTarget(ROUTERS, MIGRATION);
    await target.run(['consolidate', 'production']);
    const states = new Map<string, Plan['phases'][number]['state']>([
      ['consolidate', 'done'],
      ['production', 'rolled-back'],
    ]);
    const plan = await buildPlan({ migration: await target.migration(), target: target.root, states });
    expect(plan.phases.map(({ state }) => state)).toEqual(['done', 'rolled-back', 'pending']);
    expect(plan.implementations.map(({ differences }) => differences)).toEqual([[], []]);
  });

  test('of a manifest without phases has the usual ones', async () => {
    const { phases: _, ...rest } = MIGRATION;
    const { plan } = await planOf(FILES, rest);
    expect(plan.phases.map(({ phase, files }) => [phase.name, files.map(({ file }) => file)])).toEqual([
      ['consolidate', []],
      ['production', ['docs/example.ts', 'src/any.ts', 'src/app.ts']],
      ['integration-tests', []],
      ['unit-tests', ['test/app.test.ts']],
    ]);
    expect(plan.unphased).toEqual([]);
  });

  test('counts the same places as the runs find', async () => {
    const { plan, target } = await planOf(ROUTERS);
    const { records } = await target.run('all', { dryRun: true });
    const [, production] = plan.phases;
    expect(records[1]!.account.found).toBe(production!.counts.found);
    expect(records[1]!.account.left).toBe(production!.counts.left);
  });

  test('goes on without a tsconfig that does not parse when that is asked for', async () => {
    const files = { ...ROUTERS, 'tsconfig.json': '{ "compilerOptions": {' };
    await expect(planOf(files)).rejects.toMatchObject({ code: 'COMPILER_BAD_CONFIG' });
    const { plan } = await planOf(files, MIGRATION, { onBadConfig: 'ignore' });
    expect(plan.counts.proven).toBeGreaterThan(0);
  });
});
