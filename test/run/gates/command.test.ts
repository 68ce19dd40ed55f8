import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { runCommandGate } from '../../../src/run/gates/command.ts';
import { emptyFolder } from '../temporary-folders.ts';

let cwd: string;
beforeEach(() => {
  cwd = emptyFolder();
});

const script = (text: string) => {
  fs.writeFileSync(path.join(cwd, 'script.mjs'), text);
  return `${JSON.stringify(process.execPath)} script.mjs`;
};

/** Whether a process is there and not just waiting to be reaped. */
function lives(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('exit code 0 passes, with what was printed to both outputs', async () => {
  const command = script(`console.log('out'); console.error('err'); console.log(process.cwd());`);
  const { milliseconds, ...result } = await runCommandGate({ command, cwd });
  expect(result.gate).toBe(command);
  expect(result.passed).toBe(true);
  expect(result.output.split('\n').toSorted()).toEqual(['out', 'err', cwd, 'exit code 0'].toSorted());
  expect(milliseconds).toBeGreaterThanOrEqual(0);
});

test('npm test runs the target’s own script, and its exit code counts', async () => {
  const write = (test: string) =>
    fs.writeFileSync(path.join(cwd, 'package.json'), JSON.stringify({ name: 'target', scripts: { test } }));
  write('node -e "console.log(process.env.npm_package_name)"');
  const passed = await runCommandGate({ command: 'npm test', cwd });
  expect(passed.output).toContain('\ntarget\n');
  expect(passed.passed).toBe(true);
  write('node -e "process.exit(3)"');
  const failed = await runCommandGate({ command: 'npm test', cwd });
  expect(failed.passed).toBe(false);
  expect(failed.output).toMatch(/\nexit code 3$/);
});

test('a command that does not exist has failed, and the output names it', async () => {
  const result = await runCommandGate({ command: 'no-such-command --x', cwd });
  expect(result).toMatchObject({ passed: false, output: expect.stringContaining('no command no-such-command') });
});

test.each(['npm test && rm -rf x', '"open', ''])('what only a shell could run has failed: %j', async (command) => {
  const result = await runCommandGate({ command, cwd });
  expect(result).toMatchObject({ gate: command, passed: false, output: expect.stringContaining('not run: ') });
});

test('no shell looks at the words', async () => {
  const command = `${script('console.log(JSON.stringify(process.argv.slice(2)))')} '$(touch made)' '; touch made' 'a  b'`;
  const { output } = await runCommandGate({ command, cwd });
  expect(output.split('\n')[0]).toBe('["$(touch made)","; touch made","a  b"]');
  expect(fs.existsSync(path.join(cwd, 'made'))).toBe(false);
});

test('the last 64 KiB are kept, whole characters, and the rest is counted', async () => {
  const command = script(`process.stdout.write('first\\n' + '東'.repeat(100_000) + '\\nlast\\n')`);
  const { output } = await runCommandGate({ command, cwd });
  expect(output).toMatch(/^\[… 23\d{4} bytes before this\]\n東/);
  expect(output).toMatch(/東\nlast\nexit code 0$/);
  expect(output).not.toContain('\uFFFD');
  expect(Buffer.byteLength(output)).toBeLessThan(65 * 1024);
});

test('terminal codes are taken out, and colours are not asked for', async () => {
  const command = script(`console.log('\\u001b[31mred\\u001b[0m', process.env.NO_COLOR, process.env.FORCE_COLOR)`);
  const { output } = await runCommandGate({ command, cwd, env: { ...process.env, FORCE_COLOR: '1' } });
  expect(output).toBe('red 1 undefined\nexit code 0');
});

test('CI and npm’s variables of the run around it: the first stays as it is, the others go', async () => {
  const command = script(`console.log(process.env.CI, process.env.npm_lifecycle_event, process.env.INIT_CWD)`);
  const env = { PATH: process.env.PATH, CI: 'yes', npm_lifecycle_event: 'start', INIT_CWD: '/elsewhere' };
  expect((await runCommandGate({ command, cwd, env })).output).toBe('yes undefined undefined\nexit code 0');
  expect((await runCommandGate({ command, cwd, env: { PATH: process.env.PATH } })).output).toContain(
    'undefined undefined',
  );
});

test('nothing is waited for on standard input', async () => {
  const command = script(`process.stdin.on('data', () => {}).on('end', () => console.log('ended'))`);
  expect((await runCommandGate({ command, cwd })).output).toBe('ended\nexit code 0');
});

const TREE = `
  import { spawn } from 'node:child_process';
  import fs from 'node:fs';
  const inner = \`process.on('SIGTERM', () => {}); require('fs').writeFileSync('ready', ''); setInterval(() => {}, 1000)\`;
  const child = spawn(process.execPath, ['-e', inner], { stdio: 'inherit' });
  fs.writeFileSync('pids', process.pid + ' ' + child.pid);
`;

test('the time limit ends the whole tree, also what does not listen', async () => {
  const command = script(`${TREE} setInterval(() => {}, 1000);`);
  const result = await runCommandGate({ command, cwd, timeoutMs: 5000 });
  expect(result.passed).toBe(false);
  expect(result.output).toBe('stopped after its time limit of 5 s (ended by signal SIGTERM)');
  const pids = fs.readFileSync(path.join(cwd, 'pids'), 'utf8').split(' ').map(Number);
  expect(pids.length).toBe(2);
  await until(() => !pids.some(lives));
});

test('Ctrl-C ends the whole tree', async () => {
  const command = script(`${TREE} setInterval(() => {}, 1000);`);
  const stop = new AbortController();
  const running = runCommandGate({ command, cwd, signal: stop.signal });
  await until(() => fs.existsSync(path.join(cwd, 'ready')));
  stop.abort();
  expect(await running).toMatchObject({ passed: false, output: 'stopped on request (ended by signal SIGTERM)' });
  const pids = fs.readFileSync(path.join(cwd, 'pids'), 'utf8').split(' ').map(Number);
  await until(() => !pids.some(lives));
  const never = await runCommandGate({
    command: script(`require('fs').writeFileSync('ran', '')`),
    cwd,
    signal: stop.signal,
  });
  expect(never.passed).toBe(false);
  expect(fs.existsSync(path.join(cwd, 'ran'))).toBe(false);
});

test('what a command leaves running is ended, and its own exit code counts', async () => {
  const command = script(
    `${TREE} while (!fs.existsSync('ready')) await new Promise((r) => setTimeout(r, 5)); process.exit(0);`,
  );
  const result = await runCommandGate({ command, cwd });
  expect(result).toMatchObject({ passed: true, output: 'exit code 0' });
  const pids = fs.readFileSync(path.join(cwd, 'pids'), 'utf8').split(' ').map(Number);
  await until(() => !pids.some(lives));
});

test('a command that ends by a signal has failed and names it', async () => {
  const result = await runCommandGate({ command: script(`process.kill(process.pid, 'SIGKILL')`), cwd });
  expect(result).toMatchObject({ passed: false, output: 'ended by signal SIGKILL' });
});
