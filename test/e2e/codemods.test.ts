import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { nodeDisk } from '../../src/run/disk.ts';
import { runRecords } from '../../src/run/history.ts';
import { Ledger } from '../../src/run/ledger.ts';
import type { RunRecord } from '../../src/run/run-record.ts';
import { FILES, makeFolder } from '../cli/small-target.ts';

const command = path.resolve(import.meta.dirname, '../../dist/src/cli/main.js');
const env = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1' };

/** What the transform does is what the file asks for. */
const TRANSFORM = `import { writeFileSync } from 'node:fs';
export const parser = 'tsx';
let kept = [];
export default function (file, api, options) {
  api.stats('seen');
  const wish = /wish: (\\w+)/.exec(file.source)?.[1];
  if (wish === 'loop') { writeFileSync(options.pid, String(process.pid)); for (;;); }
  if (wish === 'heap') for (;;) kept.push(new Array(1e5).fill(Math.random()).map(String));
  if (wish === 'buffers') for (;;) kept.push(Buffer.alloc(16e6, 1));
  if (wish === 'exit') process.exit(7);
  if (wish === 'kill') process.kill(process.pid, 'SIGKILL');
  if (wish === 'throw') throw new Error('no idea');
  if (wish === 'later') { setTimeout(() => { throw new Error('too late'); }, 0); return; }
  if (wish === 'same') return file.source;
  if (wish === 'markup') {
    api.report('has markup');
    return api.j(file.source).find(api.j.JSXIdentifier, { name: 'b' }).forEach((p) => { p.node.name = options.to; }).toSource();
  }
  if (wish === 'text') { api.stats('texts', 5); return file.source + '// ' + options.to + '\\n'; }
}
`;

function target(wishes: readonly string[], limits: object = {}) {
  const files = Object.fromEntries(
    wishes.map((wish, i) => [
      `src/w${i}.${wish === 'markup' ? 'tsx' : 'ts'}`,
      `// wish: ${wish}\nexport const w${i} = 1;\n`,
    ]),
  );
  const root = makeFolder({ ...FILES, ...files });
  const options = { to: 'i', pid: path.join(root, 'pid') };
  const step = { codemod: './mods/wishes/transform.mjs', options, ...limits };
  const phases = [{ name: 'wishes', files: ['src/w*'], steps: [step] }];
  const canonical = { 'src/router.ts': { Router: { replaces: ['src/legacy/router.ts#Router'], members: {} } } };
  const input = { name: 'wishes', canonical, phases, gates: [] };
  const write = (file: string, text: string) => writeFileSync(path.join(root, file), text);
  write('reroute.config.ts', `export default ${JSON.stringify(input)};\n`);
  spawnSync('mkdir', ['-p', path.join(root, 'mods/wishes')]);
  write('mods/wishes/transform.mjs', TRANSFORM);
  return { root, write, read: (file: string) => readFileSync(path.join(root, file), 'utf8') };
}

function run(root: string, ...args: string[]) {
  return spawnSync(process.execPath, [command, 'run', 'wishes', ...args], { cwd: root, encoding: 'utf8', env });
}

function recordOf(root: string): RunRecord {
  return runRecords(nodeDisk, new Ledger(nodeDisk, root))[0]!;
}

describe('a foreign codemod in its own process', () => {
  test('that loops, eats memory, ends or throws fails on that file only; all is counted, told and undone', () => {
    const wishes = [
      'text',
      'loop',
      'heap',
      'buffers',
      'exit',
      'kill',
      'throw',
      'later',
      'same',
      'nothing',
      'markup',
      'text',
    ];
    const { root, read, write } = target(wishes, { seconds: 15, megabytes: 128 });
    write('src/w10.tsx', '// wish: markup\nexport const w10 = (g: any) => <b>{g as string}</b>;\n');
    const { status, stdout } = run(root);
    expect(status).toBe(1);
    expect(read('src/w0.ts')).toBe('// wish: text\nexport const w0 = 1;\n// i\n');
    expect(read('src/w11.ts')).toContain('// i\n');
    expect(read('src/w10.tsx')).toContain('<i>{g as string}</i>');
    const { codemods, skipped, changes } = recordOf(root);
    expect(codemods).toEqual([
      {
        codemod: 'mods/wishes/transform.mjs',
        ok: 3,
        nochange: 1,
        skip: 2,
        error: 6,
        stats: expect.anything(),
        reports: [{ file: 'src/w10.tsx', text: 'has markup' }],
      },
    ]);
    // What a process that died had counted is lost with it.
    expect(new Map(codemods![0]!.stats)).toEqual(
      new Map([
        ['seen', 6],
        ['texts', 10],
      ]),
    );
    expect(changes.map(({ file, step }) => [file, step]).sort()).toEqual([
      ['src/w0.ts', 'wishes'],
      ['src/w10.tsx', 'wishes'],
      ['src/w11.ts', 'wishes'],
    ]);
    const why = Object.fromEntries(skipped.map(({ file, reason }) => [file, reason.text]));
    expect(why).toEqual({
      'src/w1.ts': 'the codemod failed: it took longer than 15 seconds',
      'src/w2.ts': 'the codemod failed: it took more than 128 megabytes of memory',
      'src/w3.ts': 'the codemod failed: it took more than 128 megabytes of memory',
      'src/w4.ts': 'the codemod failed: its process ended with exit code 7',
      'src/w5.ts': 'the codemod failed: its process ended by SIGKILL',
      'src/w6.ts': 'the codemod failed: Error: no idea',
    });
    expect(stdout).toMatch(
      /codemod mods\/wishes\/transform\.mjs {2}3 ok, 1 nochange, 2 skip, 6 error; seen 6; texts 10/,
    );
    const reports = path.join(root, '.reroute/reports');
    for (const file of readdirSync(reports).filter((name) => /\.(?:md|html|json)$/.test(name)))
      expect(readFileSync(path.join(reports, file), 'utf8')).toContain('has markup');
    expect(spawnSync(process.execPath, [command, 'rollback', '--all'], { cwd: root, env }).status).toBe(0);
    expect(read('src/w0.ts')).toBe('// wish: text\nexport const w0 = 1;\n');
  });

  test('does not outlive the command, even when both are beyond hearing', async () => {
    const { root, read } = target(['loop'], { seconds: 600 });
    const child = spawn(process.execPath, [command, 'run', 'wishes'], { cwd: root, env, stdio: 'ignore' });
    while (!existsSync(path.join(root, 'pid')) || read('pid') === '') await sleep(50);
    const pid = Number(read('pid'));
    expect(() => process.kill(pid, 0)).not.toThrow();
    child.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 60_000 }).toBe(false);
  });

  test.each([
    ['export default () => {', 'CODEMOD_THROWS'],
    ['process.exit(3);', 'its process ended with exit code 3'],
    ['export const other = 1;', 'CODEMOD_NOT_A_TRANSFORM'],
  ])('that cannot be loaded is an error, and nothing is written: %s', (text, message) => {
    const { root, write } = target(['text']);
    write('mods/wishes/transform.mjs', text);
    const { status, stderr } = run(root);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) });
    expect(existsSync(path.join(root, '.reroute/runs'))).toBe(false);
  });

  test('gets its options by value: a function among them is refused', () => {
    const { root, read, write } = target(['text']);
    write('reroute.config.ts', read('reroute.config.ts').replace('"to":"i"', '"to":() => 1'));
    expect(run(root)).toMatchObject({ status: 2, stderr: expect.stringContaining('have to be plain data') });
  });

  test.each([
    ['"seconds":0', 'more than 0'],
    ['"seconds":"8"', 'seconds'],
    ['"megabytes":1', '64 or more'],
    ['"minutes":1', 'minutes'],
  ])('has limits that are checked: %s', (limit, message) => {
    const { root, read, write } = target(['text'], { seconds: 8 });
    write('reroute.config.ts', read('reroute.config.ts').replace('"seconds":8', limit));
    expect(run(root)).toMatchObject({ status: 2, stderr: expect.stringContaining(message) });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Ended, and not yet taken note of by whoever adopted it.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
