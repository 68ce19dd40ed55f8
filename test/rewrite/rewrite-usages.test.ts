import { describe, expect, test } from 'vitest';
import { rewriteUsages } from '../../src/rewrite/rewrite-usages.ts';
import { splice } from '../../src/rewrite/splice.ts';
import { surveyTarget } from '../../src/survey/survey-target.ts';
import { TargetView } from '../../src/survey/target-view.ts';
import { MIGRATION, PhaseTarget, ROUTERS } from '../run/phases/phase-target.ts';

const BOTH = { imports: true, members: true };

/** Rewrites what the survey finds in these files beside the routers; nothing is checked and nothing is written. */
async function rewrite(files: Readonly<Record<string, string>>, steps = BOTH, input = MIGRATION) {
  const { 'src/app.ts': _app, 'test/app.test.ts': _test, ...routers } = ROUTERS;
  const target = new PhaseTarget({ ...routers, ...files }, input, { runtime: false });
  const view = new TargetView(target.root);
  const migration = await target.migration();
  const { usages } = surveyTarget(view, migration);
  const result = rewriteUsages(view, { migration }, usages, steps);
  const told = result.outcomes
    .filter(({ usage }) => usage.place.file in files)
    .map(
      ({ usage, result, reason }) => `${usage.place.line} ${usage.text} ${result}${reason ? ` ${reason.code}` : ''}`,
    );
  return { ...result, told, target };
}

test('every usage has an outcome, and a change is its edits and nothing else', async () => {
  const before = `import { OldRouter } from './old_router.ts';
// register_handler of the OldRouter
declare const any: any;
any.get_order();
new OldRouter().register_handler('x', () => {});
`;
  const { changes, told, skipped } = await rewrite({ 'src/use.ts': before });
  expect(told).toEqual([
    '1 OldRouter edited',
    '1 ./old_router.ts edited',
    '2 register_handler left no-code',
    '2 OldRouter left no-code',
    '4 get_order review any',
    '5 OldRouter edited',
    '5 register_handler edited',
  ]);
  expect(skipped).toEqual([]);
  expect(changes).toHaveLength(1);
  const [change] = changes;
  expect(change).toMatchObject({ file: 'src/use.ts', kind: 'modify', before, bom: false, step: 'imports+members' });
  expect(change!.after).toBe(
    before
      .replace("{ OldRouter } from './old_router.ts'", "{ Router } from './router.ts'")
      .replace('new OldRouter', 'new Router')
      .replace('.register_handler', '.addHandler'),
  );
  expect(splice(before, change!.edits)).toBe(change!.after);
  // What an edit answers is exactly what is told as edited.
  const answered = new Set(change!.edits.flatMap(({ usages }) => usages));
  expect(answered.size).toBe(4);
});

test('writes nothing', async () => {
  const { target, changes } = await rewrite({ 'src/use.ts': "import { OldRouter } from './old_router.ts';\n" });
  expect(changes).toHaveLength(1);
  expect(target.read('src/use.ts')).toBe("import { OldRouter } from './old_router.ts';\n");
});

describe('a step that is not asked for', () => {
  const use = "import { OldRouter } from './old_router.ts';\nnew OldRouter().get_order();\n";

  test('leaves its usages, and says for which step they wait', async () => {
    const { changes, outcomes, told } = await rewrite({ 'src/use.ts': use }, { imports: false, members: true });
    expect(told).toEqual([
      '1 OldRouter left other-step',
      '1 ./old_router.ts left other-step',
      '2 OldRouter left other-step',
      '2 get_order edited',
    ]);
    expect(outcomes.find(({ usage }) => usage.text === './old_router.ts')!.reason!.text).toBe(
      'this phase has no step for imports',
    );
    expect(changes[0]!.step).toBe('members');
  });

  test('leaves members when only imports are', async () => {
    const { told, changes } = await rewrite({ 'src/use.ts': use }, { imports: true, members: false });
    expect(told.at(-1)).toBe('2 get_order left other-step');
    expect(changes[0]!.step).toBe('imports');
    expect(changes[0]!.after).toContain('new Router().get_order()');
  });
});

describe('what comes through a barrel', () => {
  const barrel = { 'src/index.ts': "export { OldRouter } from './old_router.ts';\n" };
  const use = "import { OldRouter } from './index.ts';\nnew OldRouter().get_order();\n";

  test('is left: the barrel hands on the canonical export under the old name', async () => {
    const { told, changes } = await rewrite({ ...barrel, 'src/use.ts': use });
    expect(told).toEqual([
      '1 OldRouter edited',
      '1 ./old_router.ts edited',
      '1 OldRouter left through-barrel',
      '2 OldRouter left through-barrel',
      '2 get_order edited',
    ]);
    expect(changes.map(({ file, after }) => [file, after])).toEqual([
      ['src/index.ts', "export { Router as OldRouter } from './router.ts';\n"],
      ['src/use.ts', "import { OldRouter } from './index.ts';\nnew OldRouter().getOrder();\n"],
    ]);
  });

  test('is for review where it is constructed in another way now', async () => {
    const [members] = Object.values(MIGRATION.canonical);
    const { told } = await rewrite({ 'src/use.ts': use, ...barrel }, BOTH, {
      ...MIGRATION,
      canonical: {
        'src/router.ts': {
          ...members,
          Router: {
            replaces: ['src/old_router.ts#OldRouter'],
            members: { 'new()': 'new()', register_handler: 'addHandler', get_order: 'getOrder' },
          },
        },
      },
    });
    expect(told).toContain('2 OldRouter review through-barrel');
  });
});

describe('a file on which a codemod does not get through', () => {
  // The checker has another opinion of what is a syntax error than Babel has.
  const bad =
    "import { OldRouter } from './old_router.ts';\nnew OldRouter();\nf() = 2;\nfunction f() {}\nclass Queue { #jobs = 1; get_order() {} }\n";

  test('goes to review with the position, and stops no other', async () => {
    const good = "import { OldRouter } from './old_router.ts';\n";
    const { changes, skipped, told } = await rewrite({ 'src/bad.ts': bad, 'src/good.ts': good });
    expect(skipped).toEqual([
      {
        file: 'src/bad.ts',
        position: { line: 3, column: 1 },
        reason: { code: 'syntax-error', text: expect.stringMatching(/^does not parse: Invalid left-hand side/) },
      },
    ]);
    expect(changes.map(({ file }) => file)).toEqual(['src/good.ts']);
    expect(told.filter((line) => line.endsWith('syntax-error'))).toHaveLength(3);
    expect(told).toContain('5 get_order left other-declaration');
  });
});
