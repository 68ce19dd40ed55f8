import fs from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { nodeDisk } from '../../src/run/disk.ts';
import { Ledger } from '../../src/run/ledger.ts';
import { expectPutRight, type Found, makeStage, type Stage, stopPoints } from './put-right.ts';
import { snapshot } from './sample-target.ts';
import { COMMANDS, chosen, command, diskFailingOnce, diskOfEnded, isFull, type StopPoint } from './stop-points.ts';
import { copyOf } from './temporary-folders.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await makeStage();
});

async function attempt(act: () => Promise<unknown>): Promise<unknown> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Stops an act at each of the points on a fresh target, and has the next command put it right. */
async function stopAt(
  points: readonly StopPoint[],
  diskOf: (point: StopPoint) => typeof nodeDisk,
  look: (root: string, point: StopPoint, error: unknown) => void,
): Promise<Record<Found, number>> {
  const found = { untouched: 0, undone: 0, finished: 0, done: 0 };
  for (const [index, point] of points.entries()) {
    const root = copyOf(stage.from[point.act]);
    const next = COMMANDS[index % COMMANDS.length]!;
    const context = `${point.act}, ${point.moment} effect ${point.n} (${stage.effects[point.act][point.n - 1]}), then ${next}`;
    const error = await attempt(() => command(point.act, diskOf(point), root, stage.changes));
    look(root, point, error);
    found[await expectPutRight(next, root, stage, context)]++;
    fs.rmSync(root, { recursive: true });
  }
  return found;
}

function tell(what: string, points: readonly unknown[], found: Record<Found, number>): void {
  const counts = Object.entries(found).map(([how, count]) => `${count} ${how}`);
  console.info(`${what}: ${points.length} stop points, none lost: ${counts.join(', ')}`);
}

describe('a phase of 30 files and its rollback', { timeout: 1_800_000 }, () => {
  test('there are more than 500 places to stop at', () => {
    expect(stopPoints(stage).length).toBeGreaterThan(500);
    const names = new Set(Object.values(stage.effects).flat());
    expect([...names].sort()).toEqual(
      // `setOwner` is for files of others; its failures are met in apply.test.ts.
      ['append', 'link', 'makeFolder', 'removeFolder', 'rename', 'setMode', 'sync', 'syncFolder', 'unlink', 'writeNew'],
    );
  });

  test('stopped before, within or after any effect, are put right by the next command', async () => {
    const points = chosen(stopPoints(stage), 120);
    const found = await stopAt(points, diskOfEnded, (_, __, error) => expect(error).toBeDefined());
    tell('stopped', points, found);
    // Every way to end was met: the points reach from before the first intent to after the last mark.
    if (isFull) for (const count of Object.values(found)) expect(count).toBeGreaterThan(0);
  });

  test('of which any effect fails, ahead of it, half-way or when it is done, end in one state at once', async () => {
    const points = chosen(stopPoints(stage), 120);
    const found = await stopAt(
      points,
      (point) => diskFailingOnce(point, 'EIO'),
      (root, point) => {
        const run = new Ledger(nodeDisk, root).runs()[0];
        expect([stage.before, stage.after], `${point.act} ${point.n} ${point.moment} ${run?.state}`).toContainEqual(
          snapshot(root),
        );
      },
    );
    tell('failed with EIO', points, found);
  });
});
