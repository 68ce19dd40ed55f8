import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { RerouteError } from '../../../src/base/errors.ts';
import { nodeDisk } from '../../../src/run/disk.ts';
import { phaseStates, runRecords } from '../../../src/run/history.ts';
import { Ledger } from '../../../src/run/ledger.ts';
import { changed, type Files, MIGRATION, PhaseTarget, ROUTERS } from './phase-target.ts';

/** A target whose phases run `node gate.mjs` after writing. */
function gated(gate: string, files: Files = {}): PhaseTarget {
  return new PhaseTarget(
    { ...ROUTERS, ...files, 'gate.mjs': gate },
    { ...MIGRATION, gates: ['types', 'node gate.mjs'] },
  );
}

async function states(target: PhaseTarget): Promise<string[]> {
  const found = phaseStates(new Ledger(nodeDisk, target.root), await target.migration());
  return found.map(({ phase, state }) => `${phase} ${state}`);
}

test('a command gate runs in the target when the phase is written', async () => {
  const target = gated(
    "import { readFileSync, writeFileSync } from 'node:fs';\nwriteFileSync('seen', readFileSync('src/old_router.ts'));\nconsole.log('all is well');\n",
  );
  const record = await target.phase('consolidate');
  expect(target.read('seen')).toBe(target.read('src/old_router.ts'));
  expect(target.read('seen')).toContain('@generated');
  expect(record.gates.map(({ gate, passed }) => [gate, passed])).toEqual([
    ['types', true],
    ['node gate.mjs', true],
  ]);
  expect(record.gates[1]!.output).toContain('all is well');
});

test('a failing command gate rolls the phase back byte for byte, and its output is in the record', async () => {
  const target = gated(
    "console.log('2 tests failed');\nconsole.error('expected ping');\nprocess.exit(process.argv[2] === 'ok' ? 0 : 3);\n",
    { 'src/windows.ts': "\uFEFFimport { OldRouter } from './old_router.ts';\r\nnew OldRouter().get_order();" },
  );
  target.describe({ ...MIGRATION, gates: ['types', 'node gate.mjs ok'] });
  await target.run(['consolidate']);
  target.describe({ ...MIGRATION, gates: ['types', 'node gate.mjs'] });
  const tree = target.tree({ ledger: false });

  const { records } = await target.run(['production', 'tests']);
  expect(records.map(({ phase, status }) => [phase, status])).toEqual([['production', 'failed']]);
  const [record] = records;
  expect(changed(record!)).toEqual(['src/app.ts', 'src/windows.ts']);
  expect(record!.gates[1]).toMatchObject({ gate: 'node gate.mjs', passed: false });
  expect(record!.gates[1]!.output).toMatch(/2 tests failed\n[\s\S]*expected ping\n[\s\S]*exit code 3/);
  expect(target.tree({ ledger: false })).toEqual(tree);
  expect(await states(target)).toEqual(['consolidate done', 'production pending', 'tests pending']);
  const [kept] = runRecords(nodeDisk, new Ledger(nodeDisk, target.root), record!.id);
  expect(kept!.gates).toEqual(record!.gates);
  expect(kept!.status).toBe('failed');
});

test('gates run in order up to the first that fails: the migration’s, then the phase’s own', async () => {
  const target = new PhaseTarget(
    { ...ROUTERS, 'gate.mjs': "if (process.argv[2] === 'two') process.exit(1);\n" },
    {
      ...MIGRATION,
      gates: ['types', 'node gate.mjs one'],
      phases: [{ name: 'consolidate', steps: ['proxies'], gates: ['node gate.mjs two', 'node gate.mjs three'] }],
    },
  );
  const record = await target.phase('consolidate');
  expect(record.gates.map(({ gate, passed }) => `${gate} ${passed}`)).toEqual([
    'types true',
    'node gate.mjs one true',
    'node gate.mjs two false',
  ]);
  expect(target.read('src/old_router.ts')).toBe(ROUTERS['src/old_router.ts']);
});

test('a phase that failed can be run again, and its id is another one', async () => {
  const target = gated("import { existsSync } from 'node:fs';\nprocess.exit(existsSync('ready') ? 0 : 1);\n");
  const failed = await target.phase('consolidate');
  target.write({ ready: '' });
  const done = await target.phase('consolidate');
  expect([failed.status, done.status]).toEqual(['failed', 'done']);
  expect(done.id).not.toBe(failed.id);
  expect(await states(target)).toEqual(['consolidate done', 'production pending', 'tests pending']);
});

test('what a passing gate did to the sources is seen by the next phase', async () => {
  const target = gated(`import { readFileSync, writeFileSync } from 'node:fs';
const app = readFileSync('src/app.ts', 'utf8');
if (!app.startsWith('// formatted')) writeFileSync('src/app.ts', '// formatted\\n' + app);
`);
  const { records } = await target.run(['consolidate', 'production']);
  expect(records.map(({ status }) => status)).toEqual(['done', 'done']);
  expect(records[1]!.changes[0]!.before).toMatch(/^\/\/ formatted\nimport/);
  expect(target.read('src/app.ts')).toMatch(/^\/\/ formatted\nimport/);
});

test('a phase that changes nothing runs no command', async () => {
  const target = gated("import { appendFileSync } from 'node:fs';\nappendFileSync('count', '.');\n");
  await target.run(['consolidate']);
  const record = await target.phase('consolidate');
  expect(record.status).toBe('nochange');
  expect(target.read('count')).toBe('.');
});

test('a stop while a gate runs ends the gate and undoes the phase', async () => {
  const target = gated(
    "import { writeFileSync } from 'node:fs';\nwriteFileSync('started', '');\nsetInterval(() => {}, 1000);\n",
  );
  const tree = target.tree({ ledger: false });
  const controller = new AbortController();
  const waiting = setInterval(() => {
    if (existsSync(path.join(target.root, 'started'))) controller.abort(new Error('stopped by the user'));
  }, 20);
  const run = target.run('all', { signal: controller.signal });
  await expect(run).rejects.toThrow('stopped by the user');
  clearInterval(waiting);
  const { started: _, ...after } = target.tree({ ledger: false });
  expect(after).toEqual(tree);
  expect(await states(target)).toEqual(['consolidate pending', 'production pending', 'tests pending']);
  // The lock is free again.
  const { recovered } = await target.run(['consolidate'], { migration: { ...(await target.migration()), gates: [] } });
  expect(recovered).toEqual([]);
});

test('a stop while files are written undoes them', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const tree = target.tree({ ledger: false });
  const controller = new AbortController();
  const run = target.run('all', {
    signal: controller.signal,
    onProgress: ({ stage }) => stage === 'write' && controller.abort(new Error('stopped by the user')),
  });
  await expect(run).rejects.toThrow('stopped by the user');
  expect(target.tree({ ledger: false })).toEqual(tree);
});

test('a stop between two phases keeps the one that is done', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const controller = new AbortController();
  const run = target.run('all', {
    signal: controller.signal,
    onProgress: ({ phase, stage }) =>
      phase === 'production' && stage === 'survey' && controller.abort(new Error('stopped by the user')),
  });
  await expect(run).rejects.toThrow('stopped by the user');
  expect(await states(target)).toEqual(['consolidate done', 'production pending', 'tests pending']);
  expect(target.read('src/old_router.ts')).toContain('@generated');
  expect(target.read('src/app.ts')).toBe(ROUTERS['src/app.ts']);
});

test('a stop before anything is written writes nothing', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const tree = target.tree({ ledger: false });
  const controller = new AbortController();
  const run = target.run('all', {
    signal: controller.signal,
    onProgress: ({ stage }) => stage === 'check' && controller.abort(new Error('stopped by the user')),
  });
  await expect(run).rejects.toThrow('stopped by the user');
  expect(target.tree({ ledger: false })).toEqual(tree);
  expect(new Ledger(nodeDisk, target.root).runs()).toEqual([]);
});

test('a file that a failing gate changed is left as it is and named, and the gate’s output is kept', async () => {
  const target = gated(`import { appendFileSync } from 'node:fs';
appendFileSync('src/old_router.ts', '// by the gate');
console.log('one lint error');
process.exit(1);
`);
  const error = await target.run(['consolidate']).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RerouteError);
  expect(error).toMatchObject({ code: 'UNDO_INCOMPLETE' });
  expect((error as RerouteError).details.join()).toContain('src/old_router.ts');
  expect(target.read('src/old_router.ts')).toMatch(/\/\/ by the gate$/);
  const ledger = new Ledger(nodeDisk, target.root);
  const [record] = runRecords(nodeDisk, ledger);
  expect(record!.gates.at(-1)!.output).toContain('one lint error');
  // The original is where the error says it is.
  const originals = path.join(target.root, '.reroute/objects');
  expect(existsSync(originals)).toBe(true);
  const { beforeHash } = ledger.runs()[0]!.intents[0]!;
  expect(Buffer.from(ledger.objects.read(beforeHash!)).toString()).toBe(ROUTERS['src/old_router.ts']);
  expect(readFileSync(path.join(target.root, 'src/app.ts'), 'utf8')).toBe(ROUTERS['src/app.ts']);
});
