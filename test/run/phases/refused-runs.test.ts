import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { applyChanges } from '../../../src/run/apply.ts';
import { nodeDisk } from '../../../src/run/disk.ts';
import { Ledger } from '../../../src/run/ledger.ts';
import { change, HEADING, newLedger } from '../sample-target.ts';
import { changed, installReroute, MIGRATION, PhaseTarget, ROUTERS } from './phase-target.ts';

test('a phase that the manifest does not have is refused, with the nearest name', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const tree = target.tree();
  await expect(target.run(['producton'])).rejects.toMatchObject({
    code: 'PHASE_UNKNOWN',
    message: 'The manifest has no phase "producton"; it has consolidate, production, tests.',
    where: { file: target.manifest },
    next: 'reroute run production',
  });
  await expect(target.run(['zzz'])).rejects.toMatchObject({ code: 'PHASE_UNKNOWN', next: 'reroute run consolidate' });
  expect(target.tree()).toEqual(tree);
});

test('a phase is refused before the one ahead of it is done, also in a dry run', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  for (const dryRun of [true, false]) {
    await expect(target.run(['tests'], { dryRun })).rejects.toMatchObject({
      code: 'PHASE_ORDER',
      message: 'The phase "tests" comes after "consolidate", which is not done in this target.',
      next: expect.stringMatching(/^reroute run consolidate .*reroute run tests --anyway/),
    });
  }
  await target.run(['consolidate']);
  await expect(target.run(['tests'])).rejects.toMatchObject({
    code: 'PHASE_ORDER',
    message: 'The phase "tests" comes after "production", which is not done in this target.',
  });
  expect(target.read('test/app.test.ts')).toBe(ROUTERS['test/app.test.ts']);
});

test('phases that are named together count as done for each other; a gap between them does not', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  await expect(target.run(['consolidate', 'tests'])).rejects.toMatchObject({ code: 'PHASE_ORDER' });
  const { records } = await target.run(['consolidate', 'production']);
  expect(records.map(({ status }) => status)).toEqual(['done', 'done']);
});

test('with anyway a phase runs although the ones ahead of it did not', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const record = await target.phase('tests', { anyway: true });
  expect(record.status).toBe('done');
  expect(changed(record)).toContain('test/app.test.ts');
});

test('a phase whose manifest changed since is still done', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  await target.run(['consolidate']);
  target.describe({ ...MIGRATION, review: { 'src/queue.ts#Queue': 'Look at it.' } });
  const record = await target.phase('production');
  expect(record.status).toBe('done');
});

test('a dry run refuses a target that a killed run left in the middle, and puts nothing right', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const ledger = newLedger(target.root);
  const heading = { ...HEADING, migration: 'routers' };
  applyChanges({ disk: nodeDisk, ledger, heading, changes: [change('src/new.ts', undefined, 'half done\n')] });
  const tree = target.tree();
  await expect(target.run('all', { dryRun: true })).rejects.toMatchObject({
    code: 'RUN_INTERRUPTED',
    message: expect.stringContaining(heading.run),
    next: expect.stringMatching(/^reroute status/),
  });
  expect(target.tree()).toEqual(tree);

  const { recovered, records } = await target.run('all');
  expect(recovered).toEqual([expect.stringMatching(/interrupted after 1 of 1 file.*; undone/)]);
  expect(existsSync(path.join(target.root, 'src/new.ts'))).toBe(false);
  expect(records.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
});

test('proxies are refused where the target lacks reroute; a dry run shows them all the same', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION, { runtime: false });
  const tree = target.tree({ ledger: false });
  const dry = await target.run('all', { dryRun: true });
  expect(dry.records.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  expect(dry.records.map(({ gates }) => gates[0]!.passed)).toEqual([true, true, true]);
  expect(changed(dry.records[0]!)).toEqual(['src/old_router.ts']);

  await expect(target.run('all')).rejects.toMatchObject({
    code: 'PROXY_RUNTIME_MISSING',
    message: expect.stringContaining("'reroute/deprecation'"),
    next: expect.stringContaining('npm install reroute'),
  });
  expect(target.tree({ ledger: false })).toEqual(tree);
  expect(new Ledger(nodeDisk, target.root).runs()).toEqual([]);

  installReroute(target.root);
  expect((await target.phase('consolidate')).status).toBe('done');
});

test('proxies that need nothing at run time are written without reroute in the target', async () => {
  const target = new PhaseTarget(
    {
      'package.json': ROUTERS['package.json']!,
      'tsconfig.json': ROUTERS['tsconfig.json']!,
      'src/clock.ts': 'export const now = (): number => 1;\n',
    },
    { name: 'clock', canonical: { 'src/time/clock.ts': { exports: '*', replaces: ['src/clock.ts'] } } },
    { runtime: false },
  );
  const { records } = await target.run(['consolidate']);
  expect(records[0]!.status).toBe('done');
  expect(target.read('src/clock.ts')).toContain("from './time/clock.ts'");
});

test('a file that changes between draft and write is not overwritten, and nothing else is written', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  await target.run(['consolidate']);
  target.write({ 'src/second.ts': "import { OldRouter } from './old_router.ts';\nnew OldRouter().get_order();\n" });
  const edited = `${ROUTERS['src/app.ts'] as string}// saved in an editor just now\n`;
  const run = target.run(['production'], {
    onProgress: ({ stage }) => stage === 'check' && target.write({ 'src/app.ts': edited }),
  });
  await expect(run).rejects.toMatchObject({
    code: 'TARGET_CHANGED',
    details: [expect.stringContaining('src/app.ts')],
  });
  expect(target.read('src/app.ts')).toBe(edited);
  expect(target.read('src/second.ts')).toContain("from './old_router.ts'");
  const again = await target.phase('production');
  expect(again.status).toBe('done');
  expect(target.read('src/app.ts')).toMatch(/addHandler[\s\S]*saved in an editor just now\n$/);
});

test('a file that changes after it was searched, in an earlier phase of the same run, is not edited at the old places', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const shifted = `// one more line, saved while the run was busy\n${ROUTERS['test/app.test.ts'] as string}`;
  const run = target.run('all', {
    onProgress: ({ phase, stage }) =>
      phase === 'consolidate' && stage === 'write' && target.write({ 'test/app.test.ts': shifted }),
  });
  await expect(run).rejects.toMatchObject({
    code: 'TARGET_CHANGED',
    details: [expect.stringContaining('test/app.test.ts')],
  });
  expect(target.read('test/app.test.ts')).toBe(shifted);
  const { records } = await target.run('all');
  expect(records.map(({ status }) => status)).toEqual(['nochange', 'nochange', 'done']);
  expect(target.read('test/app.test.ts')).toMatch(/^\/\/ one more line[\s\S]*router\.addHandler\('pong'/);
});

test('a file that vanishes between draft and write stays gone', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  await target.run(['consolidate']);
  const { rmSync } = await import('node:fs');
  const run = target.run(['production'], {
    onProgress: ({ stage }) => stage === 'check' && rmSync(path.join(target.root, 'src/app.ts')),
  });
  await expect(run).rejects.toMatchObject({ code: 'TARGET_CHANGED' });
  expect(existsSync(path.join(target.root, 'src/app.ts'))).toBe(false);
});

test('what the manifest names and the target does not have is refused before anything is searched', async () => {
  const target = new PhaseTarget(ROUTERS, {
    name: 'routers',
    canonical: { 'src/router.ts': { Ruter: { replaces: ['src/old_router.ts#OldRouter'] } } },
  });
  const stages: string[] = [];
  const run = target.run('all', { onProgress: ({ stage }) => stages.push(stage) });
  await expect(run).rejects.toMatchObject({
    code: 'MANIFEST_UNKNOWN_EXPORT',
    details: [expect.stringContaining("did you mean 'Router'")],
  });
  expect(stages).toEqual([]);
  expect(target.read('src/old_router.ts')).toBe(ROUTERS['src/old_router.ts']);
});

test('a tsconfig that does not parse stops the run, unless it is to be ignored', async () => {
  const target = new PhaseTarget({ ...ROUTERS, 'tsconfig.json': '{ "compilerOptions": { ' }, MIGRATION);
  await expect(target.run('all')).rejects.toMatchObject({
    code: 'COMPILER_BAD_CONFIG',
    where: { file: expect.stringContaining('tsconfig.json') },
  });
  expect(target.read('src/old_router.ts')).toBe(ROUTERS['src/old_router.ts']);
  const { records } = await target.run('all', { ignoreBadTsconfig: true });
  expect(records.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
});

test('a target that is a file, or is not there, is refused', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  for (const name of ['src/app.ts', 'nowhere']) {
    const run = target.run('all', { target: path.join(target.root, name) });
    await expect(run).rejects.toMatchObject({ code: expect.stringMatching(/^TARGET_/) });
  }
});

test('links that lead out of the target are neither followed nor written', async () => {
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const outside = new PhaseTarget({ 'use.ts': "import { OldRouter } from './old_router.ts';\n" }, MIGRATION);
  const { symlinkSync } = await import('node:fs');
  symlinkSync(outside.root, path.join(target.root, 'src/linked'), 'dir');
  mkdirSync(path.join(outside.root, 'src'), { recursive: true });
  writeFileSync(path.join(outside.root, 'src/use.ts'), "import { OldRouter } from '../../old_router.ts';\n");
  const before = outside.tree();
  const { records } = await target.run('all');
  expect(records.flatMap(changed).filter((file) => file.includes('linked'))).toEqual([]);
  expect(outside.tree()).toEqual(before);
});
