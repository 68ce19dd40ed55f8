import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cloneTarget, refuseOtherClone } from '../../src/fleet/clone.ts';
import { runTarget } from '../../src/fleet/run-target.ts';
import type { FleetTask } from '../../src/fleet/task.ts';
import { loadManifest } from '../../src/manifest/load.ts';
import { FILES, MANIFEST, makeFolder } from '../cli/small-target.ts';

let root: string;
let hash: string;
beforeEach(async () => {
  root = makeFolder({ ...FILES, '.gitignore': 'node_modules\n', 'reroute.config.ts': MANIFEST });
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Test');
  git('config', 'user.email', 'test@example.org');
  git('add', '-A');
  git('commit', '-q', '-m', 'before');
  hash = (await loadManifest(path.join(root, 'reroute.config.ts'))).hash;
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
}

const reports: (readonly string[])[] = [];
function runTask(task: Partial<FleetTask>) {
  const whole = { name: 'app', root, phase: 'production', dryRun: false, allowDirty: false, commit: false, ...task };
  return runTarget(whole, {
    now: () => new Date(),
    reportPlace: (first) => `.reroute/reports/${first.id}.html`,
    writeReport: (records) => {
      reports.push(records.map(({ id }) => id));
      return 'page.html';
    },
  });
}

describe('a task that is done twice', () => {
  test('gives the same result, whether its first result was lost or its commit is missing', async () => {
    const first = await runTask({ standing: true, hash });
    expect(first).toMatchObject({ state: 'done', phases: [{ files: ['src/app.ts'], status: 'done' }] });
    // Ended between the run and its commit.
    const second = await runTask({ standing: true, hash, commit: true });
    expect(second.state).toBe('done');
    expect(second.phases).toEqual(first.phases);
    expect(reports.at(-1)).toEqual(reports.at(-2));
    expect(second.commits).toEqual({
      branch: 'main',
      base: git('rev-parse', 'HEAD~1'),
      head: git('rev-parse', 'HEAD'),
    });
    expect(git('diff', '--name-only', 'HEAD~1', 'HEAD')).toBe('src/app.ts');
    // Ended between the commit and its answer.
    const third = await runTask({ standing: true, hash, commit: true });
    expect({ ...third, seconds: 0 }).toEqual({ ...second, seconds: 0 });
    expect(git('rev-list', '--count', 'HEAD')).toBe('2');
  });

  test('tells of no change where that is not asked', async () => {
    await runTask({});
    expect((await runTask({})).state).toBe('nochange');
  });

  test('runs nothing with a manifest that has another hash', async () => {
    const result = await runTask({ standing: true, hash: '000000000000' });
    expect(result).toMatchObject({ state: 'error', error: { code: 'FLEET_OTHER_MANIFEST' } });
    expect(existsSync(path.join(root, '.reroute'))).toBe(false);
  });
});

describe('a clone', () => {
  test('is there whole or not at all, and what an ended process left is cleared away', async () => {
    const clones = makeFolder();
    const clone = (url: string) => ({ name: 'app', root: path.join(clones, 'app'), git: { url, ref: undefined } });
    const url = pathToFileURL(root).href;
    const ended = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
    mkdirSync(path.join(clones, `app.cloning-${os.hostname()}-${ended}-1/.git`), { recursive: true });
    const alive = `app.cloning-${os.hostname()}-${process.pid}-2`;
    mkdirSync(path.join(clones, alive));
    await expect(cloneTarget(clone(`${url}-none`))).rejects.toMatchObject({ code: 'FLEET_CLONE' });
    expect(readdirSync(clones)).toEqual([alive]);
    await cloneTarget(clone(url));
    expect(readdirSync(clones)).toEqual(['app', alive]);
    await refuseOtherClone(clone(url));
    await expect(refuseOtherClone(clone(`${url}-none`))).rejects.toMatchObject({ code: 'FLEET_OTHER_CLONE' });
    rmSync(clones, { recursive: true });
  });
});
