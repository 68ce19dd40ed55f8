import type { FileChange } from '../../src/plan/file-change.ts';
import { applyChanges } from '../../src/run/apply.ts';
import type { Disk } from '../../src/run/disk.ts';
import { finishRun } from '../../src/run/finish.ts';
import type { Ledger } from '../../src/run/ledger.ts';
import { rollback } from '../../src/run/rollback.ts';
import { readLedger, withLedger } from '../../src/run/with-ledger.ts';
import { countedDisk, type Effect, systemError, tear } from './counted-disk.ts';
import { HEADING, NOW, recordOf } from './sample-target.ts';

/** Commands, as far as they write: each takes the lock, puts right what was interrupted, acts, gives the lock back. */
export const COMMANDS = ['run', 'rollback', 'status'] as const;
export type Command = (typeof COMMANDS)[number];

/** Where in an effect something happens; only writes have a middle. */
export const MOMENTS = ['before', 'within', 'after'] as const;
type Moment = (typeof MOMENTS)[number];

export interface StopPoint {
  readonly act: 'run' | 'rollback';
  /** The number of the effect, 1 for the first. */
  readonly n: number;
  readonly moment: Moment;
}

/** What a command did about an earlier one that was stopped, and how it left the target itself. */
export interface Ended {
  readonly sentences: readonly string[];
  readonly foreign: number;
  /** Whether the phase stood when the command had put right what there was, before it acted. */
  readonly found: 'applied' | 'not applied';
}

/** Runs a command as `src/run/run.ts` and `src/cli/` do. `changes`: what `run` writes. */
export async function command(
  name: Command,
  disk: Disk,
  root: string,
  changes: readonly FileChange[],
  look: (ledger: Ledger) => void = () => {},
): Promise<Ended> {
  const options = { disk, root, command: `reroute ${name}`, now: NOW };
  const body = ({ ledger, recovered }: Awaited<ReturnType<typeof readLedger>>): Ended => {
    const applied = ledger.run(HEADING.run)?.state === 'done';
    look(ledger);
    if (name === 'run' && !applied) {
      const run = ledger.run(HEADING.run) ? ledger.newRunId(HEADING.phase, NOW) : HEADING.run;
      const heading = { ...HEADING, run };
      applyChanges({ disk, ledger, heading, changes });
      finishRun(disk, ledger, recordOf(heading, root, changes));
    }
    if (name === 'rollback' && applied) rollback({ disk, ledger, what: 'all', migration: HEADING.migration, now: NOW });
    return {
      sentences: recovered.map(({ sentence }) => sentence),
      foreign: recovered.flatMap(({ foreign }) => foreign).length,
      found: applied ? 'applied' : 'not applied',
    };
  };
  return name === 'status' ? body(await readLedger(options)) : withLedger(options, body);
}

/** Whether all points are to be met, not a choice. */
export const isFull = process.env.REROUTE_STOP_POINTS === 'all';

/** All with `REROUTE_STOP_POINTS=all`; else so many, spread evenly from a start that `REROUTE_SEED` chooses. */
export function chosen<T>(points: readonly T[], many: number): readonly T[] {
  if (isFull || points.length <= many) return points;
  const step = points.length / many;
  const start = Number(process.env.REROUTE_SEED ?? 1) % Math.ceil(step);
  return Array.from({ length: many }, (_, k) => points[Math.min(points.length - 1, start + Math.floor(k * step))]!);
}

/** A disk on which `stop` is called at a point. */
export function diskStopping({ n, moment }: StopPoint, stop: (effect: Effect) => void): Disk {
  return countedDisk(
    (effect) => {
      if (effect.n !== n || moment === 'after') return;
      if (moment === 'within') tear(effect);
      stop(effect);
    },
    (effect) => {
      if (effect.n === n && moment === 'after') stop(effect);
    },
  );
}

/** A disk as a process sees it that has ended: nothing happens any more. */
export function diskOfEnded(point: StopPoint): Disk {
  let ended = false;
  const stop = () => {
    ended = true;
    throw new Error('stopped');
  };
  const disk = diskStopping(point, stop);
  return countedDisk(
    () => {
      if (ended) throw new Error('stopped');
    },
    () => {},
    disk,
  );
}

/** A disk of which one effect fails, the rest works. */
export function diskFailingOnce(point: StopPoint, code: string): Disk {
  return diskStopping(point, (effect) => {
    throw systemError(code, effect);
  });
}
