import { expect, test } from 'vitest';
import { changed, MIGRATION, PhaseTarget, ROUTERS, told } from './phase-target.ts';

test('a dry run writes nothing at all: no ledger, no lock, no file, no time of writing', async () => {
  const target = new PhaseTarget(ROUTERS, { ...MIGRATION, gates: ['types', 'node gate.mjs'] });
  target.write({ 'gate.mjs': "import { writeFileSync } from 'node:fs'; writeFileSync('ran', '');\n" });
  const [tree, stamps] = [target.tree(), target.stamps()];
  const { records } = await target.run('all', { dryRun: true });
  expect(records.map(({ dryRun, status }) => [dryRun, status])).toEqual(Array(3).fill([true, 'done']));
  expect(target.tree()).toEqual(tree);
  expect(Object.keys(target.tree())).not.toContain('.reroute');
  expect(target.stamps()).toEqual(stamps);
});

test('a dry run of all phases shows each on what the ones before it would have left', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const dry = await target.run('all', { dryRun: true });
  const real = await target.run('all');
  expect(dry.records.map(({ changes }) => changes)).toEqual(real.records.map(({ changes }) => changes));
  expect(dry.records.map(told)).toEqual(real.records.map(told));
  expect(dry.records.map(({ account }) => account)).toEqual(real.records.map(({ account }) => account));
  // The last phase finishes a file that the one before it had begun.
  const [, production, tests] = dry.records;
  const begun = production!.changes.find(({ file }) => file === 'src/app.ts')!;
  const finished = tests!.changes.find(({ file }) => file === 'src/app.ts')!;
  expect(finished.before).toBe(begun.after);
  expect(finished.after).not.toBe(begun.after);
});

test('a dry run of one phase is made on the target as the real phases before it left it', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  await target.run(['consolidate', 'production']);
  const tree = target.tree();
  const record = await target.phase('tests', { dryRun: true });
  expect(changed(record)).toEqual(['src/app.ts', 'test/app.test.ts']);
  expect(target.tree()).toEqual(tree);
});

test('a phase that would change nothing says so in a dry run as well', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  await target.run('all');
  const { records } = await target.run('all', { dryRun: true });
  expect(records.map(({ status }) => status)).toEqual(['nochange', 'nochange', 'nochange']);
});

test('proxies in two phases: the second sees, also in a dry run, that they stand already', async () => {
  const target = new PhaseTarget(ROUTERS, {
    ...MIGRATION,
    phases: [
      { name: 'one', steps: ['proxies'] },
      { name: 'two', files: ['src/**'], steps: ['proxies', 'imports', 'members'] },
    ],
  });
  const dry = await target.run('all', { dryRun: true });
  const real = await target.run('all');
  expect(dry.records.map(changed)).toEqual([['src/old_router.ts'], ['src/app.ts']]);
  expect(real.records.map(changed)).toEqual([['src/old_router.ts'], ['src/app.ts']]);
});
