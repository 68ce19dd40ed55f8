import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { UsageBeat, UsageSnapshot } from '../../src/deprecation/index.ts';
import { Application } from './application.ts';

const APP = `import { configure, usage } from 'reroute/deprecation';
import { old } from './core/old.js';
`;

describe('usage()', () => {
  const snapshot = (body: string, env = {}): UsageSnapshot => {
    const application = new Application({ 'app.js': `${APP}${body}console.log(JSON.stringify(usage()));\n` });
    return JSON.parse(application.run('app.js', { flags: ['--no-deprecation'], env }).stdout);
  };

  test('tells build, uptime, and all that is loaded, unused ones too', () => {
    const { build, uptime, deprecations } = snapshot("configure({ build: 'v7' });\n");
    expect(build).toBe('v7');
    expect(uptime).toBeGreaterThanOrEqual(0);
    expect(deprecations).toEqual([
      {
        id: 'src/core/old.js#old',
        name: 'old',
        replacement: 'fresh(a)',
        code: 'REROUTE_TEST_1',
        count: 0,
        sites: [],
        truncated: false,
      },
    ]);
    expect(snapshot('', { REROUTE_BUILD: 'v8' }).build).toBe('v8');
  });

  test('has exact counts, times in order, and says when sites may be missing', () => {
    const before = Date.now();
    const [few] = snapshot('for (let i = 0; i < 60; i++) old(i);\n').deprecations;
    expect(few).toMatchObject({ count: 60, truncated: false, sites: [{ site: expect.stringMatching(/app\.js:3:/) }] });
    expect(few!.firstSeen).toBeGreaterThanOrEqual(before);
    expect(few!.lastSeen).toBeGreaterThanOrEqual(few!.firstSeen!);
    const [many] = snapshot('for (let i = 0; i < 60_000; i++) old(i);\n').deprecations;
    expect(many).toMatchObject({ count: 60_000, truncated: true });
  });

  test('with everyCall no site is missed', () => {
    const [all] = snapshot(
      'configure({ everyCall: true });\nfor (let i = 0; i < 1001; i++) old(i);\nold(2);\n',
    ).deprecations;
    expect(all).toMatchObject({ count: 1002, truncated: false });
    expect(all!.sites).toHaveLength(2);
  });
});

describe('REROUTE_USAGE_FILE', () => {
  const beats = (application: Application): UsageBeat[] =>
    application
      .read('usage.ndjson')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as UsageBeat);
  const env = { REROUTE_USAGE_FILE: 'usage.ndjson', REROUTE_BUILD: 'v7' };
  const quiet = { flags: ['--no-deprecation'], env };

  test('gets what was used when the process ends, however it ends', () => {
    const application = new Application({ 'app.js': `${APP}old(1);\nold(2);\nthrow new Error('mine');\n` });
    expect(application.run('app.js', quiet).status).toBe(1);
    expect(beats(application)).toEqual([
      {
        reroute: 1,
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        started: expect.stringMatching(/^\d{4}-.*Z$/),
        host: expect.stringMatching(/./),
        pid: expect.any(Number),
        build: 'v7',
        loaded: 1,
        uses: [
          {
            id: 'src/core/old.js#old',
            count: 2,
            sites: [`file://${application.root}/app.js:3:1`, `file://${application.root}/app.js:4:1`],
            truncated: false,
          },
        ],
      },
    ]);
  });

  test('a process that uses nothing leaves a heartbeat, so that silence can be told from absence', () => {
    const application = new Application({ 'app.js': APP });
    application.run('app.js', quiet);
    expect(beats(application)).toMatchObject([{ loaded: 1, uses: [] }]);
  });

  test('a beat a minute has what came since the one before, and keeps no process alive', () => {
    // The clock of the test: minutes pass when it says so.
    const application = new Application({
      'clock.js': `globalThis.setInterval = (run, ms) => { globalThis.minute = run; console.log(ms); return { unref() { console.log('unref'); } }; };\n`,
      'app.js': `import './clock.js';\n${APP}old(1);\nminute();\nminute();\nfor (let i = 0; i < 3; i++) old(i);\n`,
    });
    expect(application.run('app.js', quiet).stdout).toBe('60000\nunref\n');
    expect(beats(application).map(({ uses }) => uses.map(({ count, sites }) => [count, sites.length]))).toEqual([
      [[1, 1]],
      [],
      [[3, 1]],
    ]);
  });

  test('many processes append to one file, and every line is whole', async () => {
    const application = new Application({ 'app.js': `${APP}for (let i = 0; i < 100; i++) old(i);\n` });
    const children = Array.from({ length: 12 }, () =>
      spawn(process.execPath, ['--no-deprecation', `${application.root}/app.js`], {
        cwd: application.root,
        env: { PATH: process.env.PATH, ...env },
        stdio: 'ignore',
      }),
    );
    await Promise.all(children.map((child) => once(child, 'exit')));
    const all = beats(application);
    expect(new Set(all.map(({ pid }) => pid)).size).toBe(12);
    expect(all.map(({ uses }) => uses[0]?.count)).toEqual(Array.from({ length: 12 }, () => 100));
  });

  test('a file that cannot be written does not disturb', () => {
    const application = new Application({ 'app.js': `${APP}old(1);\n` });
    const nowhere = { flags: ['--no-deprecation'], env: { REROUTE_USAGE_FILE: 'no/such/folder/usage.ndjson' } };
    expect(application.run('app.js', nowhere)).toMatchObject({ status: 0, stderr: '' });
  });

  test('the application can name it, and the first name stays', () => {
    const application = new Application({
      'app.js': `${APP}configure({ usageFile: 'usage.ndjson' });\nconfigure({ usageFile: 'other.ndjson' });\nold(1);\n`,
    });
    application.run('app.js', { flags: ['--no-deprecation'] });
    expect(beats(application)).toMatchObject([{ uses: [{ count: 1 }] }]);
    expect(() => application.read('other.ndjson')).toThrow('ENOENT');
  });
});
