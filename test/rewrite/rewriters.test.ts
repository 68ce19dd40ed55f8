import path from 'node:path';
import { expect, test } from 'vitest';
import type { Migration } from '../../src/manifest/migration.ts';
import { rewriteUsages } from '../../src/rewrite/rewrite-usages.ts';
import { find, prove } from '../../src/survey/survey.ts';
import { openOn } from '../../src/survey/survey-target.ts';
import { TargetView } from '../../src/survey/target-view.ts';
import { MIGRATION, PhaseTarget, ROUTERS } from '../run/phases/phase-target.ts';

// As it is built: sources run without the thread.
const built = path.resolve(import.meta.dirname, '../../dist/src/rewrite/rewriters.js');
const { Rewriters: BuiltRewriters } = (await import(built)) as typeof import('../../src/rewrite/rewriters.ts');

const STEPS = { imports: true, members: true };

const FORMS = [
  `import { OldRouter } from './old_router.ts';\nnew OldRouter().register_handler('x', () => {});\n`,
  // The names that the module exports are asked for: only the main thread knows the compiler.
  `export * from './old_router.ts';\n`,
  // Babel refuses it, the compiler reads on.
  `const one = 1;\nconst one = 2;\nimport { OldRouter } from './old_router.ts';\n`,
  `declare const any: any;\nany.register_handler('x', () => {});\n`,
];

/** What both ways make of many files of all forms. */
async function bothWays(alter: (migration: Migration) => Migration = (migration) => migration) {
  const { 'src/app.ts': _app, 'test/app.test.ts': _test, ...routers } = ROUTERS;
  const uses = Array.from({ length: 400 }, (_, i) => [`src/use${i}.ts`, FORMS[i % FORMS.length]!] as const);
  const target = new PhaseTarget({ ...routers, ...Object.fromEntries(uses) }, MIGRATION, { runtime: false });
  const view = new TargetView(target.root);
  const migration = alter(await target.migration());
  const found = find(view, migration);
  const session = openOn(view, found, migration);
  const rewriters = new BuiltRewriters();
  try {
    rewriters.prepare(found.hits.size);
    const { usages, modules } = prove(view, migration, found, session);
    const about = { migration, modules };
    const expected = rewriteUsages(view, about, usages, STEPS);
    return { expected, actual: await rewriters.rewrite(view, about, usages, STEPS), rewriters };
  } finally {
    rewriters.close();
    session.close();
  }
}

test('two threads make what one makes, failures and questions to the compiler included', async () => {
  const { expected, actual, rewriters } = await bothWays();
  expect(rewriters.answeredBeside).toBeGreaterThan(0);
  expect(actual.changes.length).toBeGreaterThan(100);
  expect(actual.skipped.length).toBe(100);
  expect(actual.skipped).toEqual(expected.skipped);
  expect(actual.changes).toEqual(expected.changes);
  expect(actual.outcomes).toEqual(expected.outcomes);
});

test('what no thread can be handed is done in this one', async () => {
  const { expected, actual, rewriters } = await bothWays((migration) => ({
    ...migration,
    phases: migration.phases.map((phase) => ({ ...phase, extra: () => 'no thread takes a function' })),
  }));
  expect(rewriters.answeredBeside).toBe(0);
  expect(actual.changes).toEqual(expected.changes);
});
