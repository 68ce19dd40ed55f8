import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cli, FILES, MANIFEST, makeFolder } from './small-target.ts';

/** The package as a target has it installed; what it exports is built by `pretest`. */
const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));
const CONSOLIDATE = MANIFEST.replace('phases: [', "phases: [\n    { name: 'consolidate', steps: ['proxies'] },");

let root: string;
beforeEach(() => {
  root = makeFolder({ ...FILES, 'reroute.config.ts': CONSOLIDATE });
  mkdirSync(path.join(root, 'node_modules'));
  symlinkSync(PACKAGE, path.join(root, 'node_modules/reroute'), 'junction');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const at = () => ({ cwd: root });

test('are written as a run of the phase that makes them, pass --check after that, and roll back', async () => {
  const missing = await cli('proxies --check', at());
  expect(missing).toMatchObject({ exit: 1, stderr: '' });
  expect(missing.stdout).toContain('src/legacy/router.ts');
  expect(existsSync(path.join(root, '.reroute'))).toBe(false);

  expect(await cli('proxies', at())).toMatchObject({ exit: 0, stderr: '' });
  expect(read('src/legacy/router.ts')).toContain('@generated');
  expect((await cli('proxies --check', at())).exit).toBe(0);
  expect((await cli('status', at())).stdout).toMatch(/consolidate +done/);

  await cli('rollback consolidate', at());
  expect(read('src/legacy/router.ts')).toBe(FILES['src/legacy/router.ts']);
});

test('are not written on their own when no phase makes only them', async () => {
  writeFileSync(path.join(root, 'reroute.config.ts'), MANIFEST);
  const { exit, stderr } = await cli('proxies', at());
  expect(exit).toBe(2);
  expect(stderr).toContain('PROXIES_NO_PHASE');
  expect(read('src/legacy/router.ts')).toBe(FILES['src/legacy/router.ts']);
});

test('for other repos are written where --out says, and only there', async () => {
  const packaged = CONSOLIDATE.replaceAll('src/router.ts', '@acme/router');
  writeFileSync(path.join(root, 'reroute.config.ts'), packaged);
  const acme = path.join(root, 'node_modules/@acme/router');
  mkdirSync(acme, { recursive: true });
  writeFileSync(
    path.join(acme, 'package.json'),
    '{ "name": "@acme/router", "type": "module", "types": "./index.ts", "exports": "./index.ts" }',
  );
  writeFileSync(path.join(acme, 'index.ts'), FILES['src/router.ts']!);
  const missing = await cli('proxies --out generated --check', at());
  expect(missing).toMatchObject({ exit: 1, stderr: '' });
  expect(existsSync(path.join(root, 'generated'))).toBe(false);
  expect(await cli('proxies --out generated', at())).toMatchObject({ exit: 0, stderr: '' });
  expect(read('generated/legacy/router.ts')).toContain("from '@acme/router'");
  expect(read('src/legacy/router.ts')).toBe(FILES['src/legacy/router.ts']);
  expect((await cli('proxies --out generated --check', at())).exit).toBe(0);
});
