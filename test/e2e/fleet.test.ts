import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FILES, MANIFEST, makeFolder } from '../cli/small-target.ts';

const command = path.resolve(import.meta.dirname, '../../dist/src/cli/main.js');
const TESTED = { ...FILES, 'test/app.test.ts': FILES['src/app.ts']!.replaceAll("'./", "'../src/") };

let root: string;
beforeEach(() => {
  root = makeFolder({
    'reroute.config.ts': MANIFEST,
    'fleet.json': '{ "manifest": "reroute.config.ts", "targets": ["apps/*"] }',
  });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function target(name: string, files: Readonly<Record<string, string>> = {}): void {
  for (const [file, text] of Object.entries({ ...TESTED, ...files })) {
    mkdirSync(path.dirname(path.join(root, name, file)), { recursive: true });
    writeFileSync(path.join(root, name, file), text);
  }
}

function git(name: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: path.join(root, name), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function committed(name: string, files: Readonly<Record<string, string>> = {}): void {
  target(name, { '.gitignore': 'node_modules\n', ...files });
  git(name, 'init', '-q', '-b', 'main');
  git(name, 'config', 'user.name', 'Test');
  git(name, 'config', 'user.email', 'test@example.org');
  git(name, 'add', '-A');
  git(name, 'commit', '-q', '-m', 'before');
}

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

function fleet(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'fleet', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1' },
  });
  return { status, stdout, stderr };
}

describe('fleet run', () => {
  test('runs a phase on every target; one that fails or cannot be run stops none of the others', () => {
    for (const name of ['a', 'b', 'c']) target(`apps/${name}`);
    target('apps/broken', { 'tsconfig.json': '{ "compilerOptions": ' });
    target('apps/empty', { 'src/legacy/router.ts': 'export {};\n' });
    const { status, stdout, stderr } = fleet('run', 'production', '--jobs', '2');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    for (const name of ['a', 'b', 'c']) {
      expect(stdout).toMatch(new RegExp(`^done       apps/${name}  1 file, 1 for review, `, 'm'));
      expect(read(`apps/${name}/src/app.ts`)).toContain('router.addHandler(');
      expect(readdirSync(path.join(root, `apps/${name}/.reroute/reports`)).some((file) => file.endsWith('.html'))).toBe(
        true,
      );
    }
    expect(stdout).toMatch(/^5 targets {2}3 done, 0 without a change, 0 failed, 2 with an error$/m);
    expect(stdout).toMatch(/^apps\/broken {2}COMPILER_BAD_CONFIG: /m);
    expect(stdout).toMatch(/^apps\/empty {2}MANIFEST_UNKNOWN_EXPORT: /m);
  });

  test('a second run changes nothing', () => {
    for (const name of ['a', 'b']) target(`apps/${name}`);
    expect(fleet('run', '--all').status).toBe(0);
    const again = fleet('run', '--all');
    expect(again.status).toBe(0);
    expect(again.stdout).toMatch(/^2 targets {2}0 done, 2 without a change, 0 failed, 0 with an error$/m);
  });

  test('after so many failures no further target begins', () => {
    for (const name of ['a', 'b', 'c', 'd']) target(`apps/${name}`, { 'tsconfig.json': '{' });
    const { status, stdout } = fleet('run', 'production', '--jobs', '1', '--max-failures', '2');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^2 targets .* 2 with an error$/m);
    expect(stdout).toContain('2 targets not begun: apps/c, apps/d');
  });

  test('a dry run writes nothing anywhere', () => {
    target('apps/a');
    const before = readdirSync(path.join(root, 'apps/a'), { recursive: true });
    expect(fleet('run', '--all', '--dry-run').status).toBe(0);
    expect(readdirSync(path.join(root, 'apps/a'), { recursive: true })).toEqual(before);
  });

  test('a process that dies is its target’s error, and the target is whole', () => {
    for (const name of ['a', 'b', 'c']) target(`apps/${name}`);
    // A gate that ends the process which runs it, once.
    writeFileSync(
      path.join(root, 'reroute.config.ts'),
      MANIFEST.replace("gates: ['types']", "gates: ['types', 'node ../../gate.mjs']"),
    );
    writeFileSync(
      path.join(root, 'gate.mjs'),
      "import path from 'node:path';\nif (path.basename(process.cwd()) === 'b') process.kill(process.ppid, 'SIGKILL');\n",
    );
    const { status, stdout } = fleet('run', 'production', '--jobs', '1');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^3 targets {2}2 done, .* 1 with an error$/m);
    expect(stdout).toMatch(/^apps\/b {2}FLEET_WORKER_DIED: The process that worked on it ended by SIGKILL/m);
    const rows = fleet('status');
    expect(rows.stdout).toMatch(/^apps\/b +pending/m);
    expect(read('apps/b/src/app.ts')).toBe(FILES['src/app.ts']);
  });

  test('with --json every target has one state', () => {
    for (const name of ['a', 'b']) target(`apps/${name}`);
    const { stdout } = fleet('run', 'production', '--json');
    const { targets } = JSON.parse(stdout);
    expect(targets.map(({ name, state }: { name: string; state: string }) => [name, state])).toEqual([
      ['apps/a', 'done'],
      ['apps/b', 'done'],
    ]);
  });
});

describe('waves and shards', () => {
  test('the same command runs one wave after the other, and says which', () => {
    for (let i = 0; i < 5; i++) target(`apps/t${i}`);
    const first = fleet('run', 'production', '--waves', '1%,40%');
    expect(first.stdout).toContain('Wave 1 of 3: 1 of 5 targets');
    expect(first.stdout).toContain('then the same command runs wave 2 of 3');
    expect(fleet('run', 'production', '--waves', '1%,40%').stdout).toContain('Wave 2 of 3: 2 of 5 targets');
    const last = fleet('run', 'production', '--waves', '1%,40%');
    expect(last.stdout).toContain('Wave 3 of 3: 2 of 5 targets');
    expect(last.stdout).not.toContain('Next');
    expect(fleet('run', 'production', '--waves', '1%,40%')).toMatchObject({
      status: 0,
      stdout: 'All waves are done.\n',
    });
  });

  test('a wave that failed runs again before the next one', () => {
    for (let i = 0; i < 3; i++) target(`apps/t${i}`, { 'tsconfig.json': '{' });
    fleet('run', 'production', '--waves', '1%');
    expect(fleet('run', 'production', '--waves', '1%').stdout).toContain('Wave 1 of 2');
  });

  test('each target is in one shard, and the matrix names those that have any', () => {
    for (let i = 0; i < 6; i++) target(`apps/t${i}`);
    const { shard } = JSON.parse(fleet('matrix', '--shards', '3').stdout) as { shard: string[] };
    const seen = shard.flatMap((part) => {
      const { targets } = JSON.parse(fleet('status', '--shard', part, '--json').stdout);
      return targets.map(({ name }: { name: string }) => name);
    });
    expect(seen.sort()).toEqual(Array.from({ length: 6 }, (_, i) => `apps/t${i}`));
  });
});

describe('git', () => {
  test('repositories are cloned beside the list, run with the list’s manifest and nothing of their own', () => {
    committed('origin', { 'reroute.config.ts': "throw new Error('the target’s own');\n" });
    const url = pathToFileURL(path.join(root, 'origin')).href;
    writeFileSync(
      path.join(root, 'fleet.json'),
      JSON.stringify({ manifest: 'reroute.config.ts', targets: [url, { git: '--upload-pack=x', name: 'bad' }] }),
    );
    const { status, stdout } = fleet('run', 'production');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^2 targets {2}1 done, .* 1 with an error$/m);
    expect(stdout).toContain('FLEET_CLONE: --upload-pack=x could not be cloned');
    expect(read('.reroute-fleet/origin/src/app.ts')).toContain('addHandler');
    expect(read('origin/src/app.ts')).not.toContain('addHandler');
    writeFileSync(path.join(root, 'fleet.json'), JSON.stringify({ targets: [url] }));
    expect(fleet('run', 'production')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('need a manifest of the fleet'),
    });
  });

  test('one pull request an owner, each on a branch with that owner’s files only; nothing is pushed', () => {
    committed('apps/a', {
      CODEOWNERS: '* @org/all\n/test/ @org/quality @ann # tests\n',
    });
    const { status, stdout } = fleet('run', '--all', '--branch', 'reroute/one', '--commit', '--pull-requests', 'out');
    expect(status).toBe(0);
    expect(git('apps/a', 'branch', '--format=%(refname:short)').trim().split('\n').sort()).toEqual([
      'main',
      'reroute/one',
      'reroute/one-org-all',
      'reroute/one-org-quality-ann',
    ]);
    expect(git('apps/a', 'diff', '--name-only', 'main', 'reroute/one-org-all').trim()).toBe('src/app.ts');
    expect(git('apps/a', 'diff', '--name-only', 'main', 'reroute/one-org-quality-ann').trim()).toBe('test/app.test.ts');
    expect(git('apps/a', 'status', '--porcelain')).toBe('');
    const body = read('out/apps/a/reroute-one-org-quality-ann.md');
    expect(body).toContain('- `test/app.test.ts`');
    expect(body).toContain('One of 2 parts');
    expect(stdout).toMatch(
      /gh pr create --head reroute\/one-org-quality-ann .* --reviewer org\/quality --reviewer ann/,
    );
    expect(stdout).toContain('glab mr create --source-branch reroute/one-org-all');
  });
});

describe('a list that cannot be used', () => {
  test.each([
    ['{', /FLEET_INVALID|cannot be used/],
    ['{ "targets": [] }', /targets: /],
    ['{ "targets": ["nothing/*"] }', /nothing\/\*: no folder is called so/],
    ['{ "targets": ["a/app", { "path": "b/app", "name": "a/app" }] }', /two targets are called a\/app/],
  ])('%s', (text, message) => {
    writeFileSync(path.join(root, 'fleet.json'), text);
    expect(fleet('status')).toMatchObject({ status: 2, stderr: expect.stringMatching(message) });
  });

  test('none at all', () => {
    rmSync(path.join(root, 'fleet.json'));
    expect(fleet('status')).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no fleet file') });
    expect(existsSync(path.join(root, '.reroute-fleet'))).toBe(false);
  });
});
