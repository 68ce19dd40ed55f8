import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { command, type Ended } from '../e2e/command.ts';
import { NODE_TEST, RatchetTarget } from '../ratchet/ratchet-target.ts';

const A_DAY = 86_400_000;
const OLD = 'src/legacy/router.js';
const SUITE = {
  'test/app.test.mjs': `import assert from 'node:assert';
import test from 'node:test';
import { start } from '../src/app.js';

test('starts', () => {
  assert.equal(start().handlers.length, 1);
});
`,
  // Something outside of the target's code that still calls: as a package that was published does.
  'node_modules/@acme/plugin/package.json': '{ "name": "@acme/plugin", "type": "module", "main": "index.js" }\n',
  'node_modules/@acme/plugin/index.js': `export function plug(router) {
  router.register_handler(() => {});
}
`,
  'production.mjs': `import { configure } from 'reroute/deprecation';
configure({ build: '1.4.0' });
const { start } = await import('./src/app.js');
start();
if (process.argv[2] === 'legacy') {
  const { Router } = await import(['./src/legacy', 'router.js'].join('/'));
  const { plug } = await import('@acme/plugin');
  plug(new Router());
}
`,
};

/** A process of the application in production, that writes a usage file. */
function production(target: RatchetTarget, file: string, ...words: readonly string[]): Promise<Ended> {
  mkdirSync(path.join(target.root, 'usage'), { recursive: true });
  const env = { REROUTE_USAGE_FILE: path.join(target.root, 'usage', file) };
  return command({ cwd: target.root, env }, process.execPath, 'production.mjs', ...words);
}

/** The lines of a usage file, as if they had been written on each of these days before today. */
function spread(target: RatchetTarget, file: string, daysAgo: readonly number[]): void {
  const name = path.join(target.root, 'usage', file);
  const lines = readFileSync(name, 'utf8').trim().split('\n');
  const moved = daysAgo.flatMap((days) =>
    lines.map((line) => {
      const beat = JSON.parse(line);
      return JSON.stringify({ ...beat, at: new Date(Date.parse(beat.at) - days * A_DAY).toISOString() });
    }),
  );
  writeFileSync(name, `${moved.join('\n')}\n`);
}

const days = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, n) => from - n);

/** Everything has moved, and the tests of the target are a gate. */
async function migrated(): Promise<RatchetTarget> {
  const target = await RatchetTarget.make(SUITE);
  const { exit, stderr, stdout } = await target.reroute('run', 'all');
  if (exit !== 0) throw new Error(stderr + stdout);
  const manifest = readFileSync(path.join(target.root, 'reroute.config.ts'), 'utf8');
  target.write('reroute.config.ts', manifest.replace(/\}\);\s*$/, "  gates: ['types', 'node --test'],\n});\n"));
  return target;
}

describe('reroute retire', () => {
  test('from a call in production to a proxy that is gone, and back', async () => {
    const target = await migrated();
    const proxy = readFileSync(path.join(target.root, OLD), 'utf8');

    const blind = await target.reroute('retire', '--dry-run');
    expect(blind).toMatchObject({ exit: 1, stderr: '' });
    expect(blind.stdout).toContain('0 of 1 proxy may go');
    expect(blind.stdout).toContain('usage: no usage file was handed in');

    // A process in which no proxy is loaded says that it is there all the same.
    await production(target, 'quiet.ndjson');
    spread(target, 'quiet.ndjson', [...days(14, 5), 3, 2, 1]);
    await production(target, 'loud.ndjson', 'legacy');
    spread(target, 'loud.ndjson', [20, 2]);
    const kept = await target.reroute('retire', '--json', '--usage', 'usage/*.ndjson');
    expect(kept.exit).toBe(1);
    const [{ retirements }] = JSON.parse(kept.stdout).targets;
    expect(retirements).toMatchObject([{ proxy: OLD, goes: false }]);
    expect(retirements[0].conditions.find(({ of }: { of: string }) => of === 'usage').text).toMatch(/^1 call from/);
    expect(retirements[0].callers).toMatchObject([
      { package: '@acme/plugin', build: '1.4.0', site: expect.stringMatching(/@acme\/plugin\/index\.js:2:10$/) },
    ]);

    const silent = await target.reroute('retire', '--usage', 'usage/quiet.ndjson');
    expect(silent.exit).toBe(1);
    const missing = new Date(Date.now() - 4 * A_DAY).toISOString().slice(0, 10);
    expect(silent.stdout).toContain(`no heartbeat on ${missing}`);
    expect(existsSync(path.join(target.root, OLD))).toBe(true);

    const gone = await target.reroute('retire', '--usage', 'usage/quiet.ndjson', '--window', '3d');
    expect(gone).toMatchObject({ exit: 0, stderr: '' });
    expect(gone.stdout).toContain('1 of 1 proxy gone');
    expect(gone.stdout).toMatch(/gate node --test {2}passed/);
    expect(existsSync(path.join(target.root, OLD))).toBe(false);
    expect((await target.run('node', '--test')).exit).toBe(0);
    expect((await target.reroute('status')).exit).toBe(0);
    expect(await target.reroute('proxies', '--check')).toMatchObject({ exit: 0, stderr: '' });

    expect(await target.reroute('rollback', 'retire')).toMatchObject({ exit: 0, stderr: '' });
    expect(readFileSync(path.join(target.root, OLD), 'utf8')).toBe(proxy);
  });

  test('a proxy that the ratchet lists stays until verify has struck it out', async () => {
    const target = await migrated();
    target.write(
      'reroute-baseline.json',
      JSON.stringify({ reroute: 1, uses: { 'src/router.js#Router.get_size': ['src/app.js'] } }),
    );
    const kept = await target.reroute('retire', '--without-usage');
    expect(kept.exit).toBe(1);
    expect(kept.stdout).toContain('src/app.js may use src/router.js#Router.get_size');
    expect((await target.reroute('verify', '--update', '--', ...NODE_TEST)).exit).toBe(0);
    expect((await target.reroute('retire', '--without-usage')).exit).toBe(0);
  });

  test('in a git repository what is deleted is one commit, and rollback finds it', async () => {
    const target = await migrated();
    target.write('.gitignore', 'node_modules\n.reroute\n');
    const git = (...words: readonly string[]) =>
      target.run('git', '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words);
    await git('init', '-q');
    await git('config', 'user.name', 'A');
    await git('config', 'user.email', 'a@example.org');
    await git('add', '-A');
    expect((await git('commit', '-qm', 'everything has moved')).exit).toBe(0);

    const { exit, stdout, stderr } = await target.reroute('retire', '--without-usage', '--commit');
    expect(exit, stdout + stderr).toBe(0);
    expect((await git('show', '--name-status', '--format=', 'HEAD')).stdout.trim()).toBe(`D\t${OLD}`);
    expect((await git('status', '--porcelain')).stdout).toBe('');
    expect((await target.reroute('rollback', 'retire')).exit).toBe(0);
    expect(existsSync(path.join(target.root, OLD))).toBe(true);
  });

  test('says what it cannot use', async () => {
    const target = await RatchetTarget.make({ 'usage/app.log': 'started\n' });
    for (const [words, says] of [
      [['--window', 'soon'], '--window soon: say 14d'],
      [['--usage', 'none/*.ndjson'], 'none/*.ndjson: there is no such file'],
      [['--usage', 'usage'], 'usage is a folder'],
      [['--usage', 'usage/app.log'], 'USAGE_FILE_UNREADABLE'],
      [['--usage', 'usage/app.log', '--without-usage'], 'mutually exclusive'],
    ] as const) {
      const { exit, stderr } = await target.reroute('retire', ...words);
      expect(exit).toBe(2);
      expect(stderr).toContain(says);
    }
  });
});
