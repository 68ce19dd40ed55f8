import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { node, REPO } from './command.ts';
import { changedPaths, treeOf } from './tree.ts';

// Many processes on few cores.
vi.setConfig({ testTimeout: 300_000 });

let copy: string;
beforeAll(() => {
  // All that the generator reads, so that it can be changed; the build and the packages are this checkout's.
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

test('a manifest that changed makes the plan and every proxy stale; the check says so and writes nothing', async () => {
  const manifest = path.join(copy, 'reroute.config.ts');
  const text = readFileSync(manifest, 'utf8');
  const changed = text.replace('It reaches any user', 'It leads to any user');
  expect(changed).not.toBe(text);
  writeFileSync(manifest, changed);
  const before = treeOf(copy);
  const { exit, stdout, stderr } = await generate(copy, '--check');
  expect(changedPaths(before, treeOf(copy))).toEqual([]);
  writeFileSync(manifest, text);
  expect(exit).toBe(1);
  expect(stderr).toContain('migration-plan.md is stale: npm run generate');
  expect(stdout).toContain('4 proxies are not what the manifest gives:');
  expect(stdout).toMatch(/^ {2}proxies\/services\/websocket\/quality_message_router\.ts +stale: /m);
  expect(stderr).toContain('proxies/ are stale: npm run generate');
});

test('generating makes good what was changed by hand or is missing', async () => {
  const before = treeOf(copy);
  appendFileSync(path.join(copy, 'migration-plan.md'), 'by hand\n');
  appendFileSync(path.join(copy, 'proxies/core/message_router.ts'), '// by hand\n');
  rmSync(path.join(copy, 'proxies/services/message_router.ts'));
  const { exit, stdout, stderr } = await generate(copy);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  expect(stdout).toContain('Wrote 2 proxies:');
  expect(changedPaths(before, treeOf(copy))).toEqual([]);
});
