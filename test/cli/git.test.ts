import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cli, FILES, MANIFEST, makeFolder } from './small-target.ts';

let root: string;
beforeEach(() => {
  root = makeFolder({ ...FILES, 'reroute.config.ts': MANIFEST });
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['config', 'user.name', 'Test'],
    ['config', 'user.email', 'test@example.org'],
    ['add', '-A'],
    ['commit', '-q', '-m', 'before'],
  ])
    git(...args);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
const at = () => ({ cwd: root });
const commits = () => git('log', '--format=%s').trim().split('\n');

test('a phase on a branch of its own is one commit that names its report, and rollback takes it back', async () => {
  const { exit, stdout, stderr } = await cli('run production --branch --commit', at());
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  const name = /On the new branch (\S+)/.exec(stdout)![1]!;
  expect(name).toMatch(/^reroute\//);
  expect(git('branch', '--show-current').trim()).toBe(name);
  expect(commits()).toEqual([expect.stringMatching(/^reroute: .*, production: \d+ places in \d+ files?$/), 'before']);
  const report = /Report: (\S+)/.exec(git('log', '-1', '--format=%B'))![1]!;
  expect(existsSync(path.join(root, report))).toBe(true);
  expect(git('status', '--porcelain')).toBe('');

  const undone = await cli('rollback production', at());
  expect(undone.exit).toBe(0);
  expect(undone.stdout).toMatch(/Committed as [0-9a-f]{10}/);
  expect(commits()[0]).toMatch(/^Revert "reroute: /);
  expect(git('diff', 'main', 'HEAD')).toBe('');
});

test('--no-commit restores the files and leaves git alone', async () => {
  await cli('run production --commit', at());
  const { stdout } = await cli('rollback --no-commit', at());
  expect(stdout).not.toContain('Committed');
  expect(commits()).toHaveLength(2);
  expect(git('diff', '--stat', 'HEAD~1')).toBe('');
});

test('all phases share a report, which each commit names', async () => {
  mkdirSync(path.join(root, 'test'), { recursive: true });
  writeFileSync(path.join(root, 'test/late.test.ts'), FILES['src/app.ts']!.replaceAll("'./", "'../src/"));
  git('add', '-A');
  git('commit', '-q', '-m', 'late');
  await cli('run --all --commit', at());
  const reports = [...git('log', '--format=%B').matchAll(/^Report: (\S+)$/gm)].map(([, report]) => report!);
  expect(reports.length).toBeGreaterThan(1);
  expect(new Set(reports).size).toBe(1);
  expect(existsSync(path.join(root, reports[0]!))).toBe(true);
});

test('a changed file is told with the way on; a branch that is there, too', async () => {
  appendFileSync(path.join(root, 'src/app.ts'), '// mine\n');
  const dirty = await cli('run production', at());
  expect(dirty.exit).toBe(2);
  expect(dirty.stderr).toContain('src/app.ts has changes that are not committed');
  expect(dirty.stderr).toContain('--allow-dirty');
  expect((await cli('run production --allow-dirty', at())).exit).toBe(0);
  git('branch', 'mine');
  const taken = await cli('run tests --branch mine', at());
  expect(taken.exit).toBe(2);
  expect(taken.stderr).toContain('There is a branch mine already');
});

test('without a repository --branch and --commit are refused', async () => {
  rmSync(path.join(root, '.git'), { recursive: true });
  for (const option of ['--branch', '--commit']) {
    const { exit, stderr } = await cli(`run production ${option}`, at());
    expect(exit).toBe(2);
    expect(stderr).toContain(`The target lies in no git repository, which ${option} needs. Nothing was written.`);
  }
});
