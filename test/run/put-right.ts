import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { FileChange } from '../../src/plan/file-change.ts';
import { nodeDisk } from '../../src/run/disk.ts';
import { runRecords } from '../../src/run/history.ts';
import { Ledger } from '../../src/run/ledger.ts';
import { isInterrupted } from '../../src/run/ledger-run.ts';
import { countedDisk, type Effect } from './counted-disk.ts';
import { HEADING, samplePhase, snapshot } from './sample-target.ts';
import { type Command, command, MOMENTS, type StopPoint } from './stop-points.ts';
import { copyOf, emptyFolder } from './temporary-folders.ts';

export interface Stage {
  readonly changes: readonly FileChange[];
  /** Folders of a target before and after its phase. Both have a ledger: another phase was run and rolled back before. */
  readonly from: Readonly<Record<StopPoint['act'], string>>;
  readonly before: ReturnType<typeof snapshot>;
  readonly after: ReturnType<typeof snapshot>;
  /** The effects of each act, in order. */
  readonly effects: Readonly<Record<StopPoint['act'], readonly Effect['name'][]>>;
}

/** The phase of 30 files, before and after. */
export async function makeStage(): Promise<Stage> {
  const original = emptyFolder();
  const changes = samplePhase(original);
  const applied = copyOf(original);
  const effects = { run: [] as Effect['name'][], rollback: [] as Effect['name'][] };
  await command(
    'run',
    countedDisk(({ name }) => effects.run.push(name)),
    applied,
    changes,
  );
  const undone = copyOf(applied);
  await command(
    'rollback',
    countedDisk(({ name }) => effects.rollback.push(name)),
    undone,
    changes,
  );
  const stage = { changes, effects, from: { run: original, rollback: applied } };
  expect(snapshot(undone)).toEqual(snapshot(original));
  fs.rmSync(undone, { recursive: true });
  return { ...stage, before: snapshot(original), after: snapshot(applied) };
}

/** Every place where an act can be stopped: around each effect, and within each write. */
export function stopPoints(stage: Stage): readonly StopPoint[] {
  return (['run', 'rollback'] as const).flatMap((act) =>
    stage.effects[act].flatMap((name, index) =>
      MOMENTS.flatMap((moment) =>
        moment === 'within' && name !== 'writeNew' && name !== 'append' ? [] : [{ act, n: index + 1, moment }],
      ),
    ),
  );
}

/** Makes the locks of this process those of one that has ended, as it will have by the time of the next command. */
function endHolder(root: string): void {
  const folder = path.join(root, '.reroute');
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  for (const name of names.filter((one) => /^lock($|\.)/.test(one))) {
    const file = path.join(folder, name);
    // A number that no process has: above the kernel's limit. Source: proc(5), pid_max.
    const ended = fs.readFileSync(file, 'utf8').replace(`"pid":${process.pid},`, `"pid":${2 ** 22 + 1},`);
    fs.writeFileSync(file, ended);
  }
}

/** How the next command found the target of a stopped one. */
export type Found = 'untouched' | 'undone' | 'finished' | 'done';

/**
 * Runs the next command on a target whose last one was stopped, and checks all that is promised: it finds the target as
 * it was before or after the phase, byte for byte, or brings it there and says so; then it does its own work; and
 * nothing is left for the command after it.
 */
export async function expectPutRight(next: Command, root: string, stage: Stage, context: string): Promise<Found> {
  const interrupted = new Ledger(nodeDisk, root).runs().some(isInterrupted);
  endHolder(root);
  const ended = await command(next, nodeDisk, root, stage.changes, (ledger) => {
    const applied = ledger.run(HEADING.run)?.state === 'done';
    expect(snapshot(root), `${context}: as found, ${ledger.run(HEADING.run)?.state}`).toEqual(
      applied ? stage.after : stage.before,
    );
    if (applied) expect(runRecords(nodeDisk, ledger)).toMatchObject([{ status: 'done', changes: stage.changes }]);
  });
  expect(ended.foreign, context).toBe(0);
  expect(ended.sentences, context).toHaveLength(interrupted ? 1 : 0);
  if (interrupted) expect(ended.sentences[0], context).toMatch(/was interrupted .*(undone|finished|marked as done)\.$/);
  const goal = next === 'run' ? 'applied' : next === 'rollback' ? 'not applied' : ended.found;
  expect(snapshot(root), `${context}: after ${next}`).toEqual(goal === 'applied' ? stage.after : stage.before);
  expect(new Ledger(nodeDisk, root).runs().some(isInterrupted), context).toBe(false);
  if (next !== 'status') expect(fs.existsSync(path.join(root, '.reroute/lock')), context).toBe(false);
  if (ended.found === 'applied') return interrupted ? 'finished' : 'done';
  return interrupted ? 'undone' : 'untouched';
}
