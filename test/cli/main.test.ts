import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli, FILES, MANIFEST, makeFolder } from './small-target.ts';

const repo = fileURLToPath(new URL('../../', import.meta.url));
/** The source, run as a program of its own. */
const MAIN = [path.join(repo, 'node_modules/jiti/lib/jiti-cli.mjs'), path.join(repo, 'src/cli/main.ts')];

let root: string;
beforeEach(() => {
  root = makeFolder({ ...FILES, 'reroute.config.ts': MANIFEST });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const main = (...args: string[]) => spawnSync(process.execPath, [...MAIN, ...args], { cwd: root, encoding: 'utf8' });

describe('help', () => {
  test('lists the commands by purpose and ends in examples and exit codes', () => {
    const { status, stdout } = main('--help');
    expect(status).toBe(0);
    const order = ['Get started', 'Migrate', 'Look', 'Examples:', 'Exit codes: 0'].map((heading) =>
      stdout.indexOf(heading),
    );
    expect(order.every((at) => at !== -1)).toBe(true);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test.each(['init', 'plan', 'run', 'proxies', 'rollback', 'status', 'report', 'verify', 'retire'])(
    'of %s explains its options and has examples',
    (command) => {
      const { status, stdout } = main(command, '--help');
      expect(status).toBe(0);
      expect(stdout).toMatch(new RegExp(`^reroute ${command} `));
      expect(stdout).toContain('--json');
      expect(stdout).toContain('--config');
      expect(stdout).toMatch(new RegExp(`Examples:\n +reroute ${command}`));
    },
  );
});

test('--version is the package’s', () => {
  const { version } = JSON.parse(readFileSync(path.join(repo, 'package.json'), 'utf8'));
  expect(main('--version').stdout.trim()).toBe(version);
});

test('exit codes reach the shell: 1 with work pending, 2 for wrong usage', () => {
  expect(main('status').status).toBe(1);
  expect(main('stat').status).toBe(2);
});

test('Ctrl-C in the middle of a gate undoes the phase and ends by the signal', async () => {
  const gate = `node -e "require('fs').writeFileSync('started', ''); setTimeout(() => {}, 60000)"`;
  rmSync(root, { recursive: true });
  root = makeFolder({
    ...FILES,
    'reroute.config.ts': MANIFEST.replace("gates: ['types']", `gates: [${JSON.stringify(gate)}]`),
  });
  const child = spawn(process.execPath, [...MAIN, 'run', 'production'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = end(child);
  await Promise.race([
    ended,
    (async () => {
      while (!existsSync(path.join(root, 'started'))) await new Promise((resolve) => setTimeout(resolve, 50));
    })(),
  ]);
  expect(readFileSync(path.join(root, 'src/app.ts'), 'utf8')).toContain('addHandler');
  child.kill('SIGINT');
  const { signal, stderr } = await ended;
  expect(signal).toBe('SIGINT');
  expect(stderr).toContain('Stopped.');
  expect(readFileSync(path.join(root, 'src/app.ts'), 'utf8')).toBe(FILES['src/app.ts']);
  expect((await cli('status', { cwd: root })).stdout).not.toContain('done');
});

function end(child: ChildProcess): Promise<{ signal: NodeJS.Signals | null; stderr: string }> {
  let stderr = '';
  child.stderr!.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.on('close', (_, signal) => resolve({ signal, stderr })));
}
