import { readFileSync, symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CompilerSession } from '../../../src/compiler/contract.ts';
import { rewriteUsages } from '../../../src/rewrite/rewrite-usages.ts';
import { find, prove } from '../../../src/survey/survey.ts';
import { openOn, surveyTarget } from '../../../src/survey/survey-target.ts';
import { TargetView } from '../../../src/survey/target-view.ts';
import { reroute } from '../../e2e/command.ts';
import { changed, MIGRATION, PhaseTarget, ROUTERS, told } from './phase-target.ts';

/** Parses, and is too deep for anything that walks a tree by calling itself. */
const DEEP = `import { OldRouter } from './old_router.ts';
new OldRouter().register_handler('deep', () => {});
${'{'.repeat(4_000)}${'}'.repeat(4_000)}
`;

const NO_IDEA = new Error('no idea');

/** A session of which one question throws when its first argument is such. */
function failingOn(
  session: CompilerSession,
  question: 'resolve' | 'syntaxErrors',
  isSuch: (first: unknown) => boolean,
): CompilerSession {
  return new Proxy(session, {
    get: (_, name) => {
      const value: unknown = session[name as keyof CompilerSession];
      if (typeof value !== 'function') return value;
      return (...given: readonly unknown[]): unknown => {
        if (name === question && isSuch(given[0])) throw NO_IDEA;
        return value.apply(session, given);
      };
    },
  });
}

test('a file in which a built-in codemod crashes is told with the stack, and all others are edited', async () => {
  const target = new PhaseTarget({ ...ROUTERS, 'src/deep.js': DEEP }, MIGRATION);
  const { records } = await target.run('all');
  const [, production, tests] = records;
  expect(production!.skipped).toEqual([
    {
      file: 'src/deep.js',
      reason: { code: 'error', text: 'the codemod failed: RangeError: Maximum call stack size exceeded' },
      stack: expect.stringMatching(/^RangeError: .*\n +at /),
    },
  ]);
  expect(told(production!).filter((line) => line.startsWith('src/deep.js'))).toEqual([
    'src/deep.js:1 OldRouter review error',
    'src/deep.js:1 ./old_router.ts review error',
    'src/deep.js:2 OldRouter review error',
    'src/deep.js:2 register_handler review error',
  ]);
  expect(target.read('src/deep.js')).toBe(DEEP);
  expect(new Set([...changed(production!), ...changed(tests!)])).toEqual(new Set(['src/app.ts', 'test/app.test.ts']));
});

test('the command then exits with 1, and the JSON report has the stack', async () => {
  const target = new PhaseTarget({ ...ROUTERS, 'src/deep.js': DEEP }, MIGRATION);
  const { exit, stdout } = await reroute({ cwd: target.root }, 'run', '--all', '--json');
  expect(exit).toBe(1);
  const report = JSON.parse(readFileSync(JSON.parse(stdout).targets[0].reports.json, 'utf8'));
  expect(report).toMatchObject({ status: 'done', skipped: [{ file: 'src/deep.js', code: 'error' }] });
  expect(report.skipped[0].stack).toMatch(/^RangeError: .*\n +at /);
  expect(target.read('test/app.test.ts')).toContain('addHandler');
});

describe('a crash', () => {
  const survey = async () => {
    const target = new PhaseTarget(ROUTERS, MIGRATION, { runtime: false });
    const view = new TargetView(target.root);
    const migration = await target.migration();
    return { target, view, migration };
  };

  test('while one file is proven leaves the proofs of the others', async () => {
    const { view, migration } = await survey();
    const found = find(view, migration);
    const session = openOn(view, found, migration);
    try {
      const failing = failingOn(session, 'resolve', (file) => String(file).endsWith('src/app.ts'));
      const { usages, skipped } = prove(view, migration, found, failing);
      const whole = prove(view, migration, found, session);
      expect(skipped).toEqual([
        {
          file: 'src/app.ts',
          reason: { code: 'error', text: 'its places could not be proven: Error: no idea' },
          stack: NO_IDEA.stack,
        },
      ]);
      expect(usages.map(({ id }) => id)).toEqual(whole.usages.map(({ id }) => id));
      const others = (all: typeof usages) => all.filter(({ place }) => place.file !== 'src/app.ts');
      expect(others(usages)).toEqual(others(whole.usages));
      const own = usages.filter(({ place }) => place.file === 'src/app.ts');
      expect(new Set(own.map(({ verdict }) => verdict.kind))).toEqual(new Set(['unclear']));
    } finally {
      session.close();
    }
  });

  test('while one file is parsed by the compiler leaves the others, too', async () => {
    const { view, migration } = await survey();
    const found = find(view, migration);
    const session = openOn(view, found, migration);
    try {
      const isAsked = (files: unknown) => (files as string[]).some((file) => file.endsWith('app.test.ts'));
      const failing = failingOn(session, 'syntaxErrors', isAsked);
      const { usages, skipped } = prove(view, migration, found, failing);
      expect(skipped.map(({ file, reason }) => `${file} ${reason.text}`)).toEqual([
        'test/app.test.ts it could not be parsed: Error: no idea',
      ]);
      const proven = usages.filter(({ verdict }) => verdict.kind === 'proven').map(({ place }) => place.file);
      expect([...new Set(proven)]).toEqual(['src/app.ts']);
    } finally {
      session.close();
    }
  });

  test('while one file is read again leaves the edits of the others', async () => {
    const { view, migration } = await survey();
    const { usages } = surveyTarget(view, migration);
    const failing = Object.create(view, {
      read: { value: (file: string) => (file === 'src/app.ts' ? 'gone' : view.read(file)) },
    });
    const { changes, outcomes, skipped } = rewriteUsages(failing, { migration }, usages, {
      imports: true,
      members: true,
    });
    expect(skipped).toMatchObject([
      { file: 'src/app.ts', reason: { text: 'the codemod failed: Error: it was surveyed and is now gone' } },
    ]);
    expect(changes.map(({ file }) => file)).toEqual(['test/app.test.ts']);
    expect(outcomes).toHaveLength(usages.length);
  });
});

test('a file that the system does not let read is skipped with its words', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION, { runtime: false });
  const view = new TargetView(target.root);
  // A link that leads in a circle: no file system lets read it, whoever asks.
  symlinkSync('circle.ts', `${target.root}/src/circle.ts`);
  const { skipped, hits } = find(view, await target.migration(), { files: ['src/circle.ts', 'src/app.ts'] });
  expect(skipped).toEqual([
    { file: 'src/circle.ts', reason: { code: 'unreadable', text: expect.stringMatching(/^not read: ELOOP/) } },
  ]);
  expect([...hits.keys()]).toEqual(['src/app.ts']);
});
