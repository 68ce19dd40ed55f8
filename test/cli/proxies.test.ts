import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { treeOf } from '../e2e/tree.ts';
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
  expect(await states('--out generated')).toEqual({});
  appendFileSync(path.join(root, 'generated/legacy/router.ts'), '// by hand\n');
  expect(await states('--out generated')).toEqual({ 'generated/legacy/router.ts': 'edited' });
});

/** What `--check --json` says of each file that is not as it should be, and that it wrote nothing. */
async function states(flags = ''): Promise<Record<string, unknown>> {
  const before = treeOf(root);
  const { exit, stdout, stderr } = await cli(`proxies ${flags} --check --json`, at());
  expect(stderr).toBe('');
  expect(treeOf(root)).toEqual(before);
  const [result] = JSON.parse(stdout).targets as [{ isStale: boolean; again?: string; proxies: object[] }];
  expect(exit).toBe(result.isStale ? 1 : 0);
  expect(result.again !== undefined).toBe(result.isStale);
  return Object.fromEntries((result.proxies as { file: string; state: string }[]).map((one) => [one.file, one.state]));
}

const PROXY = 'src/legacy/router.ts';

test('--check tells a missing, a stale and an edited proxy apart, where the ledger is and where it is not', async () => {
  expect(await states()).toEqual({ [PROXY]: 'missing' });
  await cli('proxies', at());
  for (const checkout of ['with the ledger', 'fresh'] as const) {
    if (checkout === 'fresh') rmSync(path.join(root, '.reroute'), { recursive: true });
    const made = read(PROXY);
    expect(await states()).toEqual({});
    appendFileSync(path.join(root, PROXY), 'export const own = 1;\n');
    expect(await states()).toEqual({ [PROXY]: 'edited' });
    writeFileSync(path.join(root, PROXY), made.replaceAll('\n', '\r\n'));
    if (checkout === 'fresh') expect(await states(), 'line ends as git may give them').toEqual({});
    writeFileSync(path.join(root, PROXY), made);
    writeFileSync(path.join(root, 'reroute.config.ts'), CONSOLIDATE.replace('one-router', 'two-routers'));
    expect(await states()).toEqual({ [PROXY]: 'stale' });
    writeFileSync(path.join(root, 'reroute.config.ts'), CONSOLIDATE);
    expect(await states()).toEqual({});
  }
});

test('--check names the command that makes them again, which does', async () => {
  const { exit, stdout } = await cli('proxies --check --config reroute.config.ts', at());
  expect({ exit, stdout }).toEqual({
    exit: 1,
    stdout: [
      '1 proxy is not what the manifest gives:',
      `  ${PROXY}  missing: nothing stands there, or still the old implementation`,
      'Make it again: npx reroute proxies --config reroute.config.ts',
      '',
    ].join('\n'),
  });
  expect(await cli('proxies --config reroute.config.ts', at())).toMatchObject({ exit: 0, stderr: '' });
  expect(await states()).toEqual({});
});

test('--check misses a proxy that somebody took away, and says that it has to be restored', async () => {
  await cli('proxies', at());
  rmSync(path.join(root, PROXY));
  expect(await states()).toEqual({ [PROXY]: 'missing' });
  expect((await cli('proxies --check', at())).stdout).toContain('First restore the file from version control');
});

test('a proxy that was edited by hand is not taken for one that fits when nobody knows what it replaced', async () => {
  await cli('proxies', at());
  rmSync(path.join(root, '.reroute'), { recursive: true });
  appendFileSync(path.join(root, PROXY), 'export const own = 1;\n');
  const { exit, stderr } = await cli('proxies', at());
  expect(exit).toBe(2);
  expect(stderr).toContain('PROXY_ORIGINAL_MISSING');
  expect(stderr).toContain('was edited by hand');
});

test('an old implementation that is kept is in the ledger, no user of what is deprecated, and goes with a rollback', async () => {
  const legacy = 'src/legacy/router.legacy.ts';
  // An error that the old module had is no new one.
  const old = `${FILES['src/legacy/router.ts']}const broken: number = 'text';\nvoid broken;\n`;
  writeFileSync(path.join(root, 'src/legacy/router.ts'), old);
  writeFileSync(path.join(root, 'reroute.config.ts'), CONSOLIDATE.replace('phases:', 'fallback: true,\n  phases:'));
  const before = treeOf(root);
  expect(await cli('run consolidate', at())).toMatchObject({ exit: 0, stderr: '' });
  expect(read(legacy)).toContain(old);
  expect(await states()).toEqual({});

  const run = await cli('run production --json', at());
  expect(run).toMatchObject({ stderr: '' });
  expect(run.stdout).not.toContain('router.legacy');
  expect(read('src/app.ts')).toContain('router.addHandler(');
  expect(read(legacy)).toContain(old);

  appendFileSync(path.join(root, legacy), '// by hand\n');
  expect(await states()).toEqual({ [legacy]: 'edited' });
  writeFileSync(path.join(root, legacy), read(legacy).replace('// by hand\n', ''));
  expect(await cli('rollback --all', at())).toMatchObject({ exit: 0, stderr: '' });
  expect(existsSync(path.join(root, legacy))).toBe(false);
  const left = Object.entries(treeOf(root)).filter(([file]) => !file.startsWith('.reroute'));
  expect(Object.fromEntries(left)).toEqual(before);
});
