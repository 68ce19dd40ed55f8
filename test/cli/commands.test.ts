import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli, FILES, MANIFEST, makeFolder } from './small-target.ts';

let root: string;
beforeEach(() => {
  root = makeFolder({ ...FILES, 'reroute.config.ts': MANIFEST });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const at = () => ({ cwd: root });

describe('run', () => {
  test('a dry run reports every edit and leaves nothing in the target', async () => {
    const before = readdirSync(root, { recursive: true });
    const { exit, stdout, stderr } = await cli('run production --dry-run', at());
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toContain('dry run, nothing written');
    expect(stdout).toMatch(/Next {4}reroute run production$/m);
    const report = /Report {2}(\S+\.html)/.exec(stdout)![1]!;
    expect(readFileSync(report, 'utf8')).toContain('addHandler');
    rmSync(path.dirname(report), { recursive: true });
    expect(readdirSync(root, { recursive: true })).toEqual(before);
    expect(read('src/app.ts')).toBe(FILES['src/app.ts']);
  });

  test('says where the time went, stage by stage, when asked', async () => {
    const { exit, stdout } = await cli('run production --dry-run --timings', at());
    expect(exit).toBe(0);
    const stages = [...stdout.matchAll(/^ {2}(\w+) +\d+ ms$/gm)].map(([, stage]) => stage);
    expect(stages).toEqual(expect.arrayContaining(['start', 'find', 'open', 'prove', 'splice', 'check', 'report']));
    const { exit: refused, stderr } = await cli('run production --dry-run --timings --json', at());
    expect({ refused, stderr }).toMatchObject({ refused: 2 });
  });

  test('a phase is written, its report stands beside the ledger, and the next phase is named', async () => {
    const { exit, stdout } = await cli('run production', at());
    expect(exit).toBe(0);
    expect(read('src/app.ts')).toContain("import { Router } from './router';");
    expect(read('src/app.ts')).toContain('router.addHandler((message) => console.log(message)); // kept');
    expect(read('src/app.ts')).toContain("new Queue().register_handler('x');");
    expect(stdout).toContain('plugin.register_handler(1);');
    expect(stdout).toContain('Undo  reroute rollback production');
    expect(stdout).toMatch(/Next {4}reroute run tests$/m);
    const reports = readdirSync(path.join(root, '.reroute/reports'));
    expect(reports.map((file) => path.extname(file)).sort()).toEqual(['.html', '.json', '.md', '.patch']);
  });

  test('with --json prints one JSON document with the account of every phase', async () => {
    const { exit, stdout, stderr } = await cli('run --all --json', at());
    const document = JSON.parse(stdout);
    expect({ exit, stderr, command: document.command, exitCode: document.exitCode }).toEqual({
      exit: 0,
      stderr: '',
      command: 'run',
      exitCode: 0,
    });
    const [target] = document.targets;
    expect(target.phases.map((phase: { name: string }) => phase.name)).toEqual(['production', 'tests']);
    const { found, edited, review, left } = target.account;
    expect(found).toBe(edited + review + left);
    expect(edited).toBeGreaterThanOrEqual(2);
    expect(existsSync(target.reports.html)).toBe(true);
  });

  test('a failed gate exits 1, says what it printed, and the files are as they were', async () => {
    writeFileSync(
      path.join(root, 'reroute.config.ts'),
      MANIFEST.replace("gates: ['types']", `gates: ['node -e "console.log(\\'no luck\\');process.exit(3)"']`),
    );
    const { exit, stdout } = await cli('run production', at());
    expect(exit).toBe(1);
    expect(stdout).toContain('no luck');
    expect(stdout).toContain('then: reroute run production');
    expect(read('src/app.ts')).toBe(FILES['src/app.ts']);
    const status = await cli('status', at());
    expect(status.stdout).toContain('its last run failed');
  });

  test('a file that does not parse is named, and the run exits 1', async () => {
    writeFileSync(path.join(root, 'src/broken.ts'), 'import { Router } from "./legacy/router";\nconst = 1;\n');
    const { exit, stdout } = await cli('run production', at());
    expect(exit).toBe(1);
    expect(stdout).toMatch(/src\/broken\.ts:2:\d+/);
  });

  test('out of order is refused, with the command to run first; --anyway goes on', async () => {
    const refused = await cli('run tests', at());
    expect(refused).toMatchObject({ exit: 2, stdout: '' });
    expect(refused.stderr).toContain('PHASE_ORDER');
    expect(refused.stderr).toContain('reroute run production');
    expect((await cli('run tests --anyway', at())).exit).toBe(0);
  });

  test('needs a phase or --all, and suggests a phase’s right name', async () => {
    expect(await cli('run', at())).toMatchObject({ exit: 2, stdout: '' });
    expect((await cli('run prodution', at())).stderr).toContain('next reroute run production');
  });

  test('takes targets, and names them in the commands that it suggests', async () => {
    const elsewhere = makeFolder();
    const { exit, stdout } = await cli(`run production ${root}`, { cwd: elsewhere });
    expect(exit).toBe(0);
    expect(stdout).toContain(`reroute rollback production ${path.relative(elsewhere, root)}`);
    rmSync(elsewhere, { recursive: true });
  });

  test('stopped before it begins, it says so and writes nothing', async () => {
    const stopped = await cli('run production', { ...at(), signal: AbortSignal.abort() });
    expect(stopped.exit).toBe(2);
    expect(stopped.stderr).toContain('Stopped.');
    expect(read('src/app.ts')).toBe(FILES['src/app.ts']);
  });
});

test('the manifest of the target comes before the one in the current folder, --config before both', async () => {
  const elsewhere = makeFolder({
    'reroute.config.ts': MANIFEST.replace('one-router', 'from-here'),
    'other.ts': MANIFEST.replace('one-router', 'by-name'),
  });
  const name = async (args: string) =>
    JSON.parse((await cli(`${args} --json`, { cwd: elsewhere })).stdout).targets[0].migration.name;
  expect(await name(`status ${root}`)).toBe('one-router');
  expect(await name(`status ${root} --config other.ts`)).toBe('by-name');
  rmSync(path.join(root, 'reroute.config.ts'));
  expect(await name(`status ${root}`)).toBe('from-here');
  rmSync(elsewhere, { recursive: true });
});

describe('status', () => {
  test('exits 1 while a phase is open and 0 when all are done', async () => {
    expect((await cli('status', at())).exit).toBe(1);
    await cli('run --all', at());
    const { exit, stdout } = await cli('status', at());
    expect(exit).toBe(0);
    expect(stdout).toMatch(/production +done +1 file/);
    expect(stdout).toContain('All phases are done.');
  });
});

describe('report', () => {
  test('has the latest run in every format; git takes its patch back', async () => {
    await cli('run production', at());
    const after = read('src/app.ts');
    const patch = (await cli('report --format patch', at())).stdout;
    execFileSync('git', ['apply', '-R', '-'], {
      cwd: root,
      input: patch,
      env: { ...process.env, GIT_CEILING_DIRECTORIES: path.dirname(root) },
    });
    expect(read('src/app.ts')).toBe(FILES['src/app.ts']);
    expect(after).not.toBe(FILES['src/app.ts']);
    expect((await cli('report', at())).stdout).toContain('register_handler → addHandler');
    expect((await cli('report --format markdown', at())).stdout).toMatch(/^# one-router: done/);
    expect((await cli('report --format html', at())).stdout).toMatch(/^<!doctype html>/);
    expect(JSON.parse((await cli('report --json', at())).stdout).format).toBe('reroute-report');
  });

  test('writes to a file, and tells which', async () => {
    await cli('run production', at());
    const { stdout } = await cli('report --format html --out out/page.html', at());
    expect(stdout).toBe(`Wrote ${path.join(root, 'out/page.html')}\n`);
    expect(read('out/page.html')).toContain('one-router');
  });

  test('says what there is when it cannot', async () => {
    expect((await cli('report', at())).stderr).toContain('REPORT_NO_RUN');
    await cli('run production', at());
    const unknown = await cli('report --run 20261121T034513Z-prodution', at());
    expect(unknown.stderr).toMatch(/next reroute report --run \d+T\d+Z-production/);
  });
});

describe('rollback', () => {
  test('brings back the bytes of a phase', async () => {
    await cli('run production', at());
    const { exit, stdout } = await cli('rollback production', at());
    expect(exit).toBe(0);
    expect(stdout).toContain('production  rolled back  1 file restored, 0 removed');
    expect(read('src/app.ts')).toBe(FILES['src/app.ts']);
    expect((await cli('status', at())).stdout).toContain('rolled back');
  });

  test('refuses a file that somebody changed since, and names it', async () => {
    await cli('run production', at());
    writeFileSync(path.join(root, 'src/app.ts'), `${read('src/app.ts')}// mine\n`);
    const { exit, stderr } = await cli('rollback', at());
    expect(exit).toBe(2);
    expect(stderr).toContain('ROLLBACK_CHANGED');
    expect(stderr).toContain('src/app.ts');
    expect(read('src/app.ts')).toContain('// mine');
  });

  test('works without the manifest, when the ledger knows one migration', async () => {
    await cli('run production', at());
    writeFileSync(path.join(root, 'reroute.config.ts'), 'export default 1;\n');
    expect((await cli('rollback --all', at())).exit).toBe(0);
    expect(read('src/app.ts')).toBe(FILES['src/app.ts']);
  });

  test('does not take a phase together with --all', async () => {
    expect(await cli('rollback production --all', at())).toMatchObject({ exit: 2, stdout: '' });
  });
});

describe('plan', () => {
  test('writes the page; --check passes while it fits and fails when it is stale or missing', async () => {
    expect((await cli('plan --check', at())).exit).toBe(1);
    expect(existsSync(path.join(root, 'migration-plan.md'))).toBe(false);
    expect((await cli('plan', at())).exit).toBe(0);
    expect((await cli('plan --check', at())).exit).toBe(0);
    await cli('run production', at());
    const stale = await cli('plan --check', at());
    expect(stale.exit).toBe(1);
    expect(stale.stdout).toContain('stale or missing');
  });

  test('--stdout prints the same page and writes nothing', async () => {
    const { stdout } = await cli('plan --stdout', at());
    expect(existsSync(path.join(root, 'migration-plan.md'))).toBe(false);
    await cli('plan', at());
    expect(stdout.trim()).toBe(read('migration-plan.md').trim());
  });

  test('says in the page how to make it again from where it lies', async () => {
    const elsewhere = makeFolder({ 'reroute.config.ts': MANIFEST });
    rmSync(path.join(root, 'reroute.config.ts'));
    await cli(`plan ${root} --out docs/plan.md`, { cwd: elsewhere });
    const page = readFileSync(path.join(elsewhere, 'docs/plan.md'), 'utf8');
    const again = /npx reroute (plan .*?) -->/.exec(page)![1]!;
    rmSync(path.join(elsewhere, 'docs/plan.md'));
    await cli(again, { cwd: path.join(elsewhere, 'docs') });
    expect(readFileSync(path.join(elsewhere, 'docs/plan.md'), 'utf8')).toBe(page);
    rmSync(elsewhere, { recursive: true });
  });

  test('does not write through a link that leads out of the target', async () => {
    const elsewhere = makeFolder({ 'precious.md': 'mine\n' });
    symlinkSync(path.join(elsewhere, 'precious.md'), path.join(root, 'migration-plan.md'));
    const { exit, stderr } = await cli('plan', at());
    expect(exit).toBe(2);
    expect(stderr).toContain('OUTPUT_LEADS_OUT');
    expect(readFileSync(path.join(elsewhere, 'precious.md'), 'utf8')).toBe('mine\n');
    rmSync(elsewhere, { recursive: true });
  });
});
