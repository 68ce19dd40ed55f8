import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeDisk } from '../../src/run/disk.ts';
import { readLedger, withLedger } from '../../src/run/with-ledger.ts';
import { compileChild } from './compile-child.ts';
import { HEADING, NOW, samplePhase, snapshot } from './sample-target.ts';
import { copyOf, emptyFolder } from './temporary-folders.ts';

const TOGETHER = 2;
let child: ReturnType<typeof compileChild>;
beforeAll(() => {
  child = compileChild('killed-child');
});
afterAll(() => child.remove());

interface Ended {
  readonly output: string;
  readonly signal: NodeJS.Signals | null;
}

function runChild(root: string, changes: string, stopAt: number): Promise<Ended> {
  const running = spawn(process.execPath, [child.file, root, changes, String(stopAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  running.stdout.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve) => running.once('close', (_, signal) => resolve({ output, signal })));
}

test('a run of 30 files that is killed ahead of any of its effects leaves a target that the next command puts right', async () => {
  const original = emptyFolder();
  const changes = path.join(emptyFolder(), 'changes.json');
  fs.writeFileSync(changes, JSON.stringify(samplePhase(original)));
  const before = snapshot(original);

  const whole = copyOf(original);
  const effects = Number((await runChild(whole, changes, 0)).output);
  const after = snapshot(whole);
  expect(effects).toBeGreaterThan(300);

  const ends = { untouched: 0, undone: 0, finished: 0, done: 0 };
  const stop = async (n: number) => {
    const root = copyOf(original);
    const { signal } = await runChild(root, changes, n);
    expect(signal, `effect ${n}`).toBe('SIGKILL');
    const { ledger, recovered } = await withLedger(
      { disk: nodeDisk, root, command: 'status', now: NOW },
      (open) => open,
    );
    const state = ledger.run(HEADING.run)?.state;
    const how = recovered[0]?.how;
    if (state === 'done') ends[how === 'finished' ? 'finished' : 'done']++;
    else ends[how === 'undone' ? 'undone' : 'untouched']++;
    expect(snapshot(root), `effect ${n}, ${state}`).toEqual(state === 'done' ? after : before);
    expect(recovered.flatMap(({ foreign }) => foreign)).toEqual([]);
    expect((await readLedger({ disk: nodeDisk, root, command: 'status', now: NOW })).recovered).toEqual([]);
    fs.rmSync(root, { recursive: true });
  };
  let next = 1;
  const worker = async () => {
    while (next <= effects) await stop(next++);
  };
  await Promise.all(Array.from({ length: TOGETHER }, worker));
  expect(ends.untouched + ends.undone + ends.finished + ends.done).toBe(effects);
  // Every way to end was met: the matrix reaches from before the first intent to after the last mark.
  for (const count of Object.values(ends)) expect(count).toBeGreaterThan(0);
}, 600_000);
