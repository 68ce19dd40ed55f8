import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileChild } from './compile-child.ts';
import { expectPutRight, type Found, makeStage, type Stage, stopPoints } from './put-right.ts';
import { COMMANDS, chosen, isFull, type StopPoint } from './stop-points.ts';
import { copyOf, emptyFolder } from './temporary-folders.ts';

const TOGETHER = 2;
let child: ReturnType<typeof compileChild>;
let stage: Stage;
beforeAll(async () => {
  child = compileChild('killed-child');
  stage = await makeStage();
});
afterAll(() => child.remove());

/** The signal that ended the child. */
function runChild(root: string, changes: string, point: StopPoint): Promise<NodeJS.Signals | null> {
  const running = spawn(process.execPath, [child.file, root, changes, JSON.stringify(point)], { stdio: 'inherit' });
  return new Promise((resolve) => running.once('close', (_, signal) => resolve(signal)));
}

test('a phase of 30 files, and its rollback, killed around any of their effects are put right by the next command', async () => {
  const changes = path.join(emptyFolder(), 'changes.json');
  fs.writeFileSync(changes, JSON.stringify(stage.changes));
  // What is killed after an effect has done the same as what is killed before the next one.
  const points = chosen(
    stopPoints(stage).filter(({ act, n, moment }) => moment !== 'after' || n === stage.effects[act].length),
    40,
  );
  const found: Record<Found, number> = { untouched: 0, undone: 0, finished: 0, done: 0 };
  const stop = async (index: number) => {
    const point = points[index]!;
    const root = copyOf(stage.from[point.act]);
    const next = COMMANDS[index % COMMANDS.length]!;
    const context = `${point.act}, ${point.moment} effect ${point.n}, then ${next}`;
    expect(await runChild(root, changes, point), context).toBe('SIGKILL');
    found[await expectPutRight(next, root, stage, context)]++;
    fs.rmSync(root, { recursive: true });
  };
  let next = 0;
  const worker = async () => {
    while (next < points.length) await stop(next++);
  };
  await Promise.all(Array.from({ length: TOGETHER }, worker));
  const counts = Object.entries(found).map(([how, count]) => `${count} ${how}`);
  console.info(`killed: ${points.length} stop points, none lost: ${counts.join(', ')}`);
  // Every way to end was met: the points reach from before the first intent to after the last mark.
  if (isFull) for (const count of Object.values(found)) expect(count).toBeGreaterThan(0);
}, 1_800_000);
