import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { emptyFolder, FILES, MANIFEST, makeTarget, writeFiles } from './bad-target.ts';
import { type Ended, REPO, reroute } from './command.ts';
import { changedPaths, treeOf } from './tree.ts';

// Many processes on few cores.
vi.setConfig({ testTimeout: 300_000 });

/** What a command says on stderr when it exits 2 and leaves everything in `root`, `.reroute` included, as it was. */
async function refused(root: string, args: string, env: Record<string, string> = {}): Promise<string> {
  const before = treeOf(root);
  const { exit, stdout, stderr } = await reroute({ cwd: root, env }, ...args.split(' ').filter(Boolean));
  expect({ exit, stdout }, stderr).toEqual({ exit: 2, stdout: '' });
  expect(changedPaths(before, treeOf(root))).toEqual([]);
  return stderr;
}

const manifestWith = (from: string, to: string) => {
  expect(MANIFEST).toContain(from);
  return { 'reroute.config.ts': MANIFEST.replace(from, to) };
};

test('the target of these tests is a good one', async () => {
  const root = makeTarget();
  expect(await reroute({ cwd: root }, 'run', 'production')).toMatchObject({ exit: 0, stderr: '' });
  expect(readFileSync(path.join(root, 'src/app.ts'), 'utf8')).toContain('new Router().addHandler(');
});

describe.concurrent('a manifest', () => {
  test('that is not there: where was looked, and how to get one', async () => {
    const root = makeTarget();
    rmSync(path.join(root, 'reroute.config.ts'));
    for (const command of ['run production', 'status']) {
      const said = await refused(root, command);
      expect(said).toContain(`There is no manifest in ${root}. MANIFEST_NOT_FOUND`);
      expect(said).toContain("next Run 'reroute init'");
    }
  });

  test('that throws: its own words and the line', async () => {
    const root = makeTarget({ 'reroute.config.ts': "const team = 'x';\nthrow new Error('no rules for ' + team);\n" });
    const said = await refused(root, 'run production');
    expect(said).toContain('MANIFEST_THROWS');
    expect(said).toMatch(/at {3}.*reroute\.config\.ts:2:\d+/);
    expect(said).toContain('no rules for x');
    expect(said).toContain('next Correct');
  });

  test('that names a module that is not there: the nearest one', async () => {
    const root = makeTarget(manifestWith("'src/router.ts':", "'src/roter.ts':"));
    for (const command of ['run production', 'plan']) {
      const said = await refused(root, command);
      expect(said).toContain('MANIFEST_UNKNOWN_MODULE');
      expect(said).toContain("src/roter.ts: no such file; did you mean 'src/router.ts'?");
      expect(said).toContain('next Correct the names in the manifest');
    }
  });

  test('that names an export that is not there: the nearest one', async () => {
    const root = makeTarget(manifestWith('#OldRouter', '#OldRooter'));
    const said = await refused(root, 'run production');
    expect(said).toContain('MANIFEST_UNKNOWN_EXPORT');
    expect(said).toContain("src/legacy/router.ts#OldRooter: no such export; did you mean 'OldRouter'?");
  });

  test('with a wrong key: where it is, and the nearest right one', async () => {
    const root = makeTarget(manifestWith('members:', 'member:'));
    const said = await refused(root, 'run production');
    expect(said).toContain('MANIFEST_INVALID');
    expect(said).toMatch(/at {3}.*reroute\.config\.ts:7:\d+/);
    expect(said).toContain("did you mean 'members'?");
    expect(said).toContain('next Edit');
  });

  test('without the phase that was asked for: those that it has, and the nearest', async () => {
    const said = await refused(makeTarget(), 'run prodution');
    expect(said).toContain('The manifest has no phase "prodution"; it has production. PHASE_UNKNOWN');
    expect(said).toContain('next reroute run production');
  });

  test('that does not map a deprecated member: no proxy is made, and each is listed with its signature', async () => {
    const legacy = FILES['src/legacy/router.ts']!.replace(
      'export class OldRouter {\n',
      'export class OldRouter {\n  order(of: string, limit?: number): string[] {\n    return [of].slice(0, limit);\n  }\n  readonly size: number = 0;\n',
    );
    const phases = "phases: [{ name: 'consolidate', steps: ['proxies'] }, ";
    const root = makeTarget({ 'src/legacy/router.ts': legacy, ...manifestWith('phases: [', phases) });
    for (const command of ['proxies', 'run consolidate']) {
      const said = await refused(root, command);
      expect(said).toContain('order(of: string, limit?: number): string[]');
      expect(said).toContain('size: number');
      expect(said).not.toContain('register_handler');
      expect(said).toMatch(/next \S/);
    }
  });
});

describe.concurrent('a target', () => {
  test('that does not exist', async () => {
    const said = await refused(makeTarget(), 'run production ../nowhere');
    expect(said).toContain('does not exist. TARGET_NOT_FOUND');
    expect(said).toContain('next Name the folder of a repository');
  });

  test('that is a file', async () => {
    const root = makeTarget();
    const said = await refused(root, 'run production ./src/app.ts');
    expect(said).toContain('is not a folder. TARGET_NOT_A_FOLDER');
    expect(said).toContain(`next Name a folder, such as ${path.join(root, 'src')}`);
  });

  test('that is the root of the file system, or leads there', async () => {
    const root = makeTarget();
    symlinkSync('/', path.join(root, 'everything'));
    expect(await refused(root, 'run production / --config reroute.config.ts')).toContain('TARGET_IS_SYSTEM_FOLDER');
    const said = await refused(root, 'run production ./everything --config reroute.config.ts');
    expect(said).toContain('(it leads to /) is the root of the file system');
    expect(existsSync('/.reroute')).toBe(false);
  });

  test('that is the home folder', async () => {
    const root = makeTarget();
    for (const command of ['run production', 'init']) {
      const said = await refused(root, command, { HOME: root, USERPROFILE: root });
      expect(said).toContain('is your home folder, not a repository. TARGET_IS_SYSTEM_FOLDER');
      expect(said).toContain('next Name the folder of one repository');
    }
  });

  test('that is read-only', async ({ onTestFinished }) => {
    const { target, manifest } = readOnlyTarget();
    if (target !== '/sys/kernel') onTestFinished(() => chmodSync(target, 0o755));
    const from = emptyFolder();
    const said = await refused(from, `run production ${target} --config ${manifest}`);
    expect(said).toContain(`Nothing can be written to the target ${target}`);
    expect(said).toContain('TARGET_READ_ONLY');
    expect(said).toContain('next Make the folder writable, or look without writing: reroute run --dry-run');
    expect(existsSync(path.join(target, '.reroute'))).toBe(false);
  });

  test('with a tsconfig that does not parse: named with its place; in memory only when asked', async () => {
    const root = makeTarget({ 'tsconfig.json': '{\n  "compilerOptions": { "strict": true },\n  "include": ["src"\n' });
    for (const command of ['run production', 'plan']) {
      const said = await refused(root, command);
      expect(said).toContain('tsconfig.json does not parse');
      expect(said).toContain('COMPILER_BAD_CONFIG');
      expect(said).toMatch(/at {3}tsconfig\.json:\d+:\d+/);
      expect(said).toContain('--ignore-bad-tsconfig');
    }
    const { exit, stderr } = await reroute({ cwd: root }, 'run', 'production', '--ignore-bad-tsconfig');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(readFileSync(path.join(root, 'src/app.ts'), 'utf8')).toContain('new Router().addHandler(');
  });

  test('with a source file that does not parse: it is skipped with its position, the rest is done, exit 1', async () => {
    const broken = "import { OldRouter } from './legacy/router';\nnew OldRouter(.register_handler(() => {});\n";
    const root = makeTarget({ 'src/broken.ts': broken });
    const { exit, stdout } = await reroute({ cwd: root }, 'run', 'production');
    expect(exit).toBe(1);
    expect(stdout).toMatch(/src\/broken\.ts:2:\d+/);
    expect(readFileSync(path.join(root, 'src/broken.ts'), 'utf8')).toBe(broken);
    expect(readFileSync(path.join(root, 'src/app.ts'), 'utf8')).toContain('new Router().addHandler(');
  });

  test('with a link that leads out: what is outside is neither read nor written', async () => {
    const outside = emptyFolder();
    writeFiles(outside, { 'shared/use.ts': FILES['src/app.ts']!.replace('./legacy', '../../src/legacy') });
    const root = makeTarget();
    symlinkSync(path.join(outside, 'shared'), path.join(root, 'src/shared'));
    symlinkSync(path.join(outside, 'shared/use.ts'), path.join(root, 'src/one.ts'));
    const before = treeOf(outside);
    const { exit, stdout, stderr } = await reroute({ cwd: root }, 'run', 'production', '--json');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(treeOf(outside)).toEqual(before);
    expect(JSON.parse(stdout).targets[0].phases[0].files.map(({ file }: { file: string }) => file)).toEqual([
      'src/app.ts',
    ]);
  });
});

describe.concurrent('somebody else is at work', () => {
  test('a second run is told who holds the target and since when; the first one is not disturbed', async ({
    onTestFinished,
  }) => {
    const wait =
      "const fs = require('fs'); fs.writeFileSync('began', ''); setInterval(() => fs.existsSync('go') && process.exit(0), 20);";
    const root = makeTarget({ ...manifestWith("'types'", "'types', 'node wait.cjs'"), 'wait.cjs': wait });
    const first = spawn(process.execPath, [path.join(REPO, 'dist/src/cli/main.js'), 'run', 'production'], {
      cwd: root,
    });
    const ended = new Promise<number | null>((resolve) => first.on('close', resolve));
    onTestFinished(() => void first.kill('SIGKILL'));
    while (!existsSync(path.join(root, 'began'))) {
      if (first.exitCode !== null) throw new Error(`the first run ended before its gate began: ${first.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }

    const said = await refused(root, 'run production');
    expect(said).toContain(
      `Another run is at work on this target: \`reroute run production\`, process ${first.pid} on ${os.hostname()}, since `,
    );
    const since = /since (\S+Z)\. LOCK_HELD/.exec(said)?.[1];
    expect(Date.parse(since!)).toBeLessThan(Date.now());
    expect(said).toContain(`next Wait until it ends. Only when process ${first.pid}`);
    expect(await refused(root, 'rollback')).toContain('LOCK_HELD');

    writeFileSync(path.join(root, 'go'), '');
    expect(await ended).toBe(0);
    const { stdout } = await reroute({ cwd: root }, 'status');
    expect(stdout).toMatch(/production +done +1 file/);
  });

  test('a file that changes between survey and write is not overwritten, and neither is any other', async () => {
    // The codemod runs when all files have been read; what it does to the disk is what an editor might do just then.
    const meddle = `const fs = require('fs');
module.exports = (file, api) => {
  if (file.path.endsWith('src/router.ts')) fs.appendFileSync('src/app.ts', '// saved meanwhile\\n');
  return undefined;
};
`;
    const also = FILES['src/app.ts']!;
    const steps = "'imports', 'members', { codemod: './meddle.cjs' }";
    const root = makeTarget({
      ...manifestWith("'imports', 'members'", steps),
      'meddle.cjs': meddle,
      'src/also.ts': also,
    });
    const { exit, stderr } = await reroute({ cwd: root }, 'run', 'production');
    expect(exit).toBe(2);
    expect(stderr).toContain('TARGET_CHANGED');
    expect(stderr).toContain('src/app.ts');
    expect(stderr).toMatch(/next Run the same command again/);
    expect(readFileSync(path.join(root, 'src/app.ts'), 'utf8')).toBe(`${FILES['src/app.ts']}// saved meanwhile\n`);
    expect(readFileSync(path.join(root, 'src/also.ts'), 'utf8')).toBe(also);
  });
});

describe.concurrent('a command line', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['without a command', '', ['Which command?', 'next reroute --help']],
    ['with a command that is not there', 'statsu', ['Unknown command: statsu.', 'Did you mean status?']],
    [
      'with a flag that is not there',
      'run production --dry-rnu',
      ['Did you mean --dry-run?', 'next reroute run --help'],
    ],
    ['with a run of nothing', 'run', ['Which phase?', 'next reroute run --all']],
    ['with a format that is not there', 'report --format pdf', ['pdf', 'html', 'next reroute report --help']],
    ['with a flag that lacks its value', 'run production --config', ['config', 'next reroute run --help']],
  ];
  test.each(cases)('%s', async (_, args, parts) => {
    const said = await refused(makeTarget(), args);
    for (const part of parts) expect(said).toContain(part);
  });

  test('is refused as JSON, too, when JSON is asked for', async () => {
    const root = makeTarget();
    const { exit, stdout, stderr }: Ended = await reroute({ cwd: root }, 'statsu', '--json');
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 2,
      error: { code: 'USAGE', details: ['Did you mean status?'] },
    });
  });
});

/** A folder that this user cannot write to; root may write to every folder but those that the kernel makes up. */
function readOnlyTarget(): { readonly target: string; readonly manifest: string } {
  const root = makeTarget();
  const manifest = path.join(root, 'reroute.config.ts');
  if (process.getuid?.() === 0) return { target: '/sys/kernel', manifest };
  chmodSync(root, 0o555);
  return { target: root, manifest };
}
