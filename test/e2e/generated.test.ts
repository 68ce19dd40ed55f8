import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { node, REPO } from './command.ts';
import { changedPaths, treeOf } from './tree.ts';

const GENERATED = ['migration-plan.md', 'proxies/core/message_router.ts'];
const STALE = '\n<!-- what nobody generated -->\n';

let copy: string;
beforeAll(() => {
  // All that the generator reads, so that a page can be spoilt; the build and the packages are this checkout's.
  copy = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'reroute-generated-')));
  for (const name of ['examples', 'proxies', 'migration-plan.md', 'reroute.config.ts', 'package.json']) {
    const isSource = (file: string) => !/node_modules|\.reroute/.test(path.relative(REPO, file));
    cpSync(path.join(REPO, name), path.join(copy, name), { recursive: true, filter: isSource });
  }
  for (const name of ['dist', 'node_modules']) symlinkSync(path.join(REPO, name), path.join(copy, name), 'junction');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const generate = (folder: string, ...flags: string[]) => node({ cwd: folder }, 'examples/generate.mjs', ...flags);

test('the migration plan and the proxies of this repository are as its manifest says', async () => {
  expect(await generate(REPO, '--check')).toMatchObject({ exit: 0, stderr: '' });
});

test('a stale page or proxy fails the check, which writes nothing; generating makes it good again', async () => {
  const fresh = treeOf(copy);
  for (const file of GENERATED) writeFileSync(path.join(copy, file), readFileSync(path.join(REPO, file), 'utf8') + STALE);
  rmSync(path.join(copy, 'proxies/services/message_router.ts'));
  const spoilt = treeOf(copy);

  const { exit, stdout, stderr } = await generate(copy, '--check');
  expect(exit).toBe(1);
  expect(stderr).toContain('migration-plan.md is stale: npm run generate');
  expect(stdout).toContain('2 proxies stale or missing:');
  expect(stdout).toContain('~ proxies/core/message_router.ts');
  expect(stdout).toContain('+ proxies/services/message_router.ts');
  expect(changedPaths(spoilt, treeOf(copy))).toEqual([]);

  expect(await generate(copy)).toMatchObject({ exit: 0, stderr: '' });
  expect(changedPaths(fresh, treeOf(copy))).toEqual([]);
});

test('a manifest that changed makes both stale', async () => {
  const manifest = path.join(copy, 'reroute.config.ts');
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, text.replace("get_stats: 'getStats',", "get_stats: 'getStatistics',"));
  const { exit, stdout, stderr } = await generate(copy, '--check');
  writeFileSync(manifest, text);
  expect(exit).toBe(1);
  expect(stderr).toContain('migration-plan.md is stale');
  expect(stdout).toContain('stale or missing');
});
