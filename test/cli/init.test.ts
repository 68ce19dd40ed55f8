import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { findDuplicates } from '../../src/cli/find-duplicates.ts';
import { starterManifest } from '../../src/cli/starter-manifest.ts';
import { loadManifest } from '../../src/manifest/load.ts';
import { formatExport, formatModule } from '../../src/manifest/migration.ts';
import { cli, FILES, makeFolder } from './small-target.ts';

const made: string[] = [];
const folder = (files: Readonly<Record<string, string>>) => {
  const root = makeFolder(files);
  made.push(root);
  return root;
};
afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
});

test('the starter loads as it is and proposes the class that is there twice, the one in legacy to go', async () => {
  const root = folder(FILES);
  const { exit, stdout } = await cli('init', { cwd: root });
  expect(exit).toBe(0);
  expect(stdout).toContain('then: reroute plan');
  const { moves } = await loadManifest(path.join(root, 'reroute.config.ts'));
  const [move] = moves;
  expect(moves).toHaveLength(1);
  expect(move).toMatchObject({ kind: 'export' });
  if (move?.kind !== 'export') throw new Error('no export move');
  expect(`${formatModule(move.canonical.module)}#${move.canonical.name}`).toBe('src/router.ts#Router');
  expect(move.replaces.map((one) => formatExport(one.export))).toEqual(['src/legacy/router.ts#Router']);
  expect((await cli('plan', { cwd: root })).exit).toBe(0);
});

test('a manifest that is there is not overwritten, unless asked', async () => {
  const root = folder({ 'reroute.config.mjs': 'mine' });
  const refused = await cli('init', { cwd: root });
  expect(refused).toMatchObject({ exit: 2, stdout: '' });
  expect(refused.stderr).toContain('INIT_EXISTS');
  expect(readFileSync(path.join(root, 'reroute.config.mjs'), 'utf8')).toBe('mine');
  expect(existsSync(path.join(root, 'reroute.config.ts'))).toBe(false);
  writeFileSync(path.join(root, 'reroute.config.ts'), 'mine');
  expect((await cli('init --force', { cwd: root })).exit).toBe(0);
  expect(readFileSync(path.join(root, 'reroute.config.ts'), 'utf8')).toContain('defineMigration');
});

test('tests, declaration files and classes that are not exported are no duplicates', () => {
  const source = 'export class A {}\nexport default class B {}\nclass C {}\n';
  const root = folder({
    'src/one.ts': source,
    'src/two.ts': 'export abstract class A {}\nclass B {}\nclass C {}\n',
    'test/three.ts': source,
    'src/four.test.ts': source,
    'src/five.d.ts': source,
  });
  expect(findDuplicates(root)).toEqual([{ name: 'A', files: ['src/one.ts', 'src/two.ts'] }]);
});

test('a target without duplicates gets a starter that says what to write', async () => {
  const root = folder({ 'src/a.ts': 'export class A {}\n' });
  const { stdout } = await cli('init', { cwd: root });
  expect(stdout).toContain('No exported class has the same name in two files');
  expect(readFileSync(path.join(root, 'reroute.config.ts'), 'utf8')).toContain("// 'src/router/message-router.ts': {");
});

test('names with quotes and spaces in them still give a manifest that loads', async () => {
  const duplicates = [
    { name: 'Router', files: ['src/it\'s/a "b".ts', 'src/$c.ts'] },
    { name: 'Other', files: ['a\nb.ts', 'c.ts'] },
  ];
  const root = folder({ 'reroute.config.ts': starterManifest("it's my app!", duplicates) });
  const migration = await loadManifest(path.join(root, 'reroute.config.ts'));
  expect(migration.name).toBe('it-s-my-app');
  expect(migration.moves).toHaveLength(1);
});
