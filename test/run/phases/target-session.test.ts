import { expect, onTestFinished, test } from 'vitest';
import { Stopwatch } from '../../../src/base/stopwatch.ts';
import type { FileChange } from '../../../src/plan/file-change.ts';
import { TargetSession } from '../../../src/run/target-session.ts';
import { TargetView } from '../../../src/survey/target-view.ts';
import { MIGRATION, PhaseTarget, ROUTERS } from './phase-target.ts';

async function sessionOn(target: PhaseTarget): Promise<TargetSession> {
  const session = new TargetSession({
    view: new TargetView(target.root),
    migration: await target.migration(),
    onBadConfig: 'throw',
    stopwatch: new Stopwatch(() => 0),
  });
  onTestFinished(() => session.close());
  return session;
}

function modify(target: PhaseTarget, file: string, after: string): FileChange {
  return { file, kind: 'modify', before: target.read(file), after, bom: false, edits: [], step: 'x' };
}

test('laid changes are what is found, proven and imported from then on; the disk stays as it is', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const tree = target.tree();
  const session = await sessionOn(target);
  expect([...session.found().hits.keys()]).toEqual(['src/app.ts', 'src/queue.ts', 'test/app.test.ts']);
  expect(session.graph().withImporters(['src/queue.ts'])).toContain('src/app.ts');

  session.lay([
    modify(target, 'src/app.ts', "import { Router } from './router.ts';\nexport const start = () => new Router();\n"),
    modify(target, 'src/queue.ts', "import { OldRouter } from './old_router.ts';\nnew OldRouter().get_order();\n"),
  ]);
  expect([...session.found().hits.keys()]).toEqual(['src/queue.ts', 'test/app.test.ts']);
  expect([...session.graph().withImporters(['src/queue.ts'])]).toEqual(['src/queue.ts']);
  expect(session.graph().withImporters(['src/router.ts'])).toContain('src/app.ts');
  const { usages } = session.survey((file) => file === 'src/queue.ts');
  expect(usages.map(({ text, verdict }) => `${text} ${verdict.kind}`)).toEqual([
    'OldRouter proven',
    './old_router.ts proven',
    'OldRouter proven',
    'get_order proven',
  ]);
  expect(target.tree()).toEqual(tree);
});

test('files that are made and removed come and go', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const session = await sessionOn(target);
  session.graph();
  const made = "import { OldRouter } from './old_router.ts';\nnew OldRouter().get_order();\n";
  const gone: FileChange = { ...modify(target, 'src/app.ts', ''), kind: 'delete', after: undefined };
  session.lay([
    { ...modify(target, 'src/queue.ts', made), file: 'src/made.ts', kind: 'create', before: undefined },
    gone,
  ]);
  expect([...session.found().hits.keys()]).toEqual(['src/made.ts', 'src/queue.ts', 'test/app.test.ts']);
  expect(session.view.files()).not.toContain('src/app.ts');
  expect(session.survey((file) => file === 'src/made.ts').usages).toHaveLength(4);
  expect(session.graph().withImporters(['src/old_router.ts'])).toContain('src/made.ts');
});

test('what is forgotten is looked at again, from disk', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const session = await sessionOn(target);
  session.lay([modify(target, 'src/app.ts', 'export {};\n')]);
  session.settle(['test/app.test.ts']);
  expect(session.isSettled('test/app.test.ts')).toBe(true);
  target.write({ 'test/app.test.ts': 'export {};\n' });
  session.forget();
  expect([...session.found().hits.keys()]).toEqual(['src/app.ts', 'src/queue.ts']);
  expect(session.isSettled('test/app.test.ts')).toBe(false);
  expect(session.survey((file) => file === 'src/app.ts').usages.length).toBeGreaterThan(4);
});

test('a text in which places were found stays as it was, whatever happens on disk', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const session = await sessionOn(target);
  session.found();
  target.write({ 'src/app.ts': 'changed\n', 'src/router.ts': 'changed too\n' });
  expect(session.view.read('src/app.ts')).toEqual({ text: ROUTERS['src/app.ts'], bom: false });
  // Nothing was found here, so nothing is kept.
  expect(session.view.read('src/router.ts')).toEqual({ text: 'changed too\n', bom: false });
});
