import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { choosePalette } from '../../src/cli/colours.ts';
import { ProgressLine, progressWords } from '../../src/cli/progress-line.ts';
import { splitPhase } from '../../src/cli/targets.ts';
import { cli, FILES, MANIFEST, makeFolder } from './small-target.ts';

const root = makeFolder({ ...FILES, 'reroute.config.ts': MANIFEST });
afterAll(() => rmSync(root, { recursive: true, force: true }));

const ESCAPE = '\u001b';

describe('colours', () => {
  const isColoured = (given: Partial<Parameters<typeof choosePalette>[0]>) =>
    choosePalette({ flag: undefined, env: {}, isTerminal: true, ...given }).red('x') !== 'x';

  test('are on for a terminal and off for a pipe', () => {
    expect(isColoured({})).toBe(true);
    expect(isColoured({ isTerminal: false })).toBe(false);
    expect(isColoured({ env: { TERM: 'dumb' } })).toBe(false);
  });

  test('are off with NO_COLOR, on with FORCE_COLOR; an empty NO_COLOR is none; the flag wins', () => {
    expect(isColoured({ env: { NO_COLOR: '1', FORCE_COLOR: '1' } })).toBe(false);
    expect(isColoured({ env: { NO_COLOR: '' } })).toBe(true);
    expect(isColoured({ isTerminal: false, env: { FORCE_COLOR: '1' } })).toBe(true);
    expect(isColoured({ env: { FORCE_COLOR: '0' } })).toBe(false);
    expect(isColoured({ flag: true, isTerminal: false, env: { NO_COLOR: '1' } })).toBe(true);
    expect(isColoured({ flag: false, env: { FORCE_COLOR: '1' } })).toBe(false);
  });

  test('reach what commands print, and their errors', async () => {
    const given = { cwd: root, isTerminal: true };
    expect((await cli('status', given)).stdout).toContain(ESCAPE);
    expect((await cli('report', given)).stderr).toContain(`${ESCAPE}[31m`);
    expect((await cli('status --no-color', given)).stdout).not.toContain(ESCAPE);
    expect((await cli('report --no-color', given)).stderr).not.toContain(`${ESCAPE}[31m`);
    expect((await cli('status', { cwd: root, env: { FORCE_COLOR: '1' } })).stdout).toContain(ESCAPE);
  });
});

describe('the progress line', () => {
  const lineOn = (isTTY: boolean, env = {}) => {
    let text = '';
    const line = new ProgressLine({ isTTY, columns: 20, write: (more: string) => (text += more) }, env);
    return { line, text: () => text };
  };

  test('is written over, cut to the width, and cleared at the end', () => {
    const { line, text } = lineOn(true);
    line.show({ phase: 'production', stage: 'write', done: 1, total: 2 });
    line.clear();
    line.clear();
    const clear = `\r${ESCAPE}[2K`;
    expect(text()).toBe(`${clear}production: writin…${clear}`);
  });

  test('is not there in a pipe, on a dumb terminal and in CI', () => {
    for (const { line, text } of [lineOn(false), lineOn(true, { TERM: 'dumb' }), lineOn(true, { CI: 'true' })]) {
      line.show({ phase: 'production', stage: 'survey' });
      line.clear();
      expect(text()).toBe('');
    }
  });

  test('says what is being done and how far it is', () => {
    expect(progressWords({ phase: 'p', stage: 'write', done: 3, total: 9 })).toBe('p: writing 3 of 9');
    expect(progressWords({ phase: 'p', stage: 'gate', detail: 'npm test' })).toBe('p: running npm test');
  });

  test('of a run is on stderr and leaves nothing on the screen', async () => {
    const { stdout, stderr } = await cli('run production --dry-run --no-color', { cwd: root, isTerminal: true });
    expect(stderr).toContain('production: ');
    expect(stderr.endsWith(`${ESCAPE}[2K`)).toBe(true);
    expect(stdout).not.toContain(ESCAPE);
    rmSync(/Report {2}(\S+)\/[^/]+\.html/.exec(stdout)![1]!, { recursive: true });
  });
});

describe('wrong usage', () => {
  test('of a command or a flag suggests the nearest, exits 2 and prints nothing on stdout', async () => {
    const nearest = async (args: string) => {
      const { exit, stdout, stderr } = await cli(args, { cwd: root });
      expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
      return /Did you mean (\S+)\?/.exec(stderr)?.[1];
    };
    expect(await nearest('rn')).toBe('run');
    expect(await nearest('stauts')).toBe('status');
    expect(await nearest('run production --dry-rum')).toBe('--dry-run');
    expect(await nearest('status --jsn')).toBe('--json');
    expect(await nearest('report --format pdf')).toBeUndefined();
    expect(await nearest('')).toBeUndefined();
    expect(await nearest('plan --out')).toBeUndefined();
  });

  test('with --json is JSON on stdout', async () => {
    const { exit, stdout, stderr } = await cli('rn --json', { cwd: root });
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 2, error: { code: 'USAGE', details: ['Did you mean run?'] } });
  });

  test('of a target is told with its path', async () => {
    const { stderr } = await cli('status ./nowhere', { cwd: root });
    expect(stderr).toContain('TARGET_NOT_FOUND');
    expect(stderr).toContain(`${root}/nowhere`);
  });
});

test('the first positional is a phase unless it is plainly a path', () => {
  expect(splitPhase(['production', 'app'])).toEqual({ phase: 'production', targets: ['app'] });
  expect(splitPhase(['./app'])).toEqual({ phase: undefined, targets: ['./app'] });
  expect(splitPhase(['..'])).toEqual({ phase: undefined, targets: ['..'] });
  expect(splitPhase(['.hidden'])).toEqual({ phase: '.hidden', targets: [] });
  expect(splitPhase([])).toEqual({ phase: undefined, targets: [] });
});
