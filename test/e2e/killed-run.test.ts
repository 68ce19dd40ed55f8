import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { FILES, MANIFEST, makeTarget } from './bad-target.ts';
import { REPO, reroute } from './command.ts';
import { changedPaths, treeOf } from './tree.ts';

const CALLERS = Array.from({ length: 30 }, (_, n) => `src/callers/caller-${n}.ts`);
const LEDGER = { without: ['.reroute', 'began'] };

/** Says that it began and stays until the command that started it is gone. */
const GATE = `require('fs').writeFileSync('began', '');
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(1), 20);
`;

/** A target with 30 callers; with `gate`, its phase never ends by itself. */
function makeCallers(gate: boolean): string {
  const caller = FILES['src/app.ts']!.replace('./legacy', '../legacy');
  return makeTarget({
    ...Object.fromEntries(CALLERS.map((file) => [file, caller])),
    ...(gate ? { 'gate.cjs': GATE } : {}),
    'reroute.config.ts': gate ? MANIFEST.replace("'types'", "'types', 'node gate.cjs'") : MANIFEST,
  });
}

function startRun(root: string): { readonly child: ChildProcess; readonly ended: Promise<void> } {
  const main = path.join(REPO, 'dist/src/cli/main.js');
  const child = spawn(process.execPath, [main, 'run', 'production'], { cwd: root, stdio: 'ignore' });
  return { child, ended: new Promise((resolve) => child.on('close', () => resolve())) };
}

describe('a run that is killed', { timeout: 300_000 }, () => {
  test.each(['status', 'rollback', 'report'])(
    'while its gate runs has written all and proven nothing: `reroute %s` undoes it and says so',
    async (next) => {
      const root = makeCallers(true);
      const before = treeOf(root, LEDGER);
      const { child, ended } = startRun(root);
      while (!existsSync(path.join(root, 'began'))) {
        expect(child.exitCode).toBe(null);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(changedPaths(before, treeOf(root, LEDGER))).toHaveLength(31);
      child.kill('SIGKILL');
      await ended;
      const { stderr } = await reroute({ cwd: root }, next);
      expect(stderr).toMatch(/Run \S+-production was interrupted after 31 of 31 files; undone\./);
      expect(treeOf(root, LEDGER)).toEqual(before);
    },
  );

  test('while it writes is undone or done, and the next run does the phase', async () => {
    const root = makeCallers(false);
    const before = treeOf(root, LEDGER);
    const { child, ended } = startRun(root);
    let events = 0;
    const watcher = watch(path.join(root, 'src/callers'), () => {
      events += 1;
      if (events === 20) child.kill('SIGKILL');
    });
    await ended;
    watcher.close();
    const status = await reroute({ cwd: root }, 'status');
    const undone = /was interrupted after \d+ of 31 files; undone\./.test(status.stderr);
    // How far it came before the signal came is the system's affair; that it is one state is ours.
    if (undone) expect(treeOf(root, LEDGER)).toEqual(before);
    else expect(status.stdout).toMatch(/production +done +31 files/);
    const { exit } = await reroute({ cwd: root }, 'run', 'production');
    expect(exit).toBe(0);
    expect(changedPaths(before, treeOf(root, LEDGER))).toHaveLength(31);
    await reroute({ cwd: root }, 'rollback');
    expect(treeOf(root, LEDGER)).toEqual(before);
  });
});
