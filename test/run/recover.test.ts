import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FileChange } from '../../src/plan/file-change.ts';
import { applyChanges } from '../../src/run/apply.ts';
import { type Disk, nodeDisk } from '../../src/run/disk.ts';
import { finishRun } from '../../src/run/finish.ts';
import { runRecords } from '../../src/run/history.ts';
import { Ledger } from '../../src/run/ledger.ts';
import { recover } from '../../src/run/recover.ts';
import { rollback } from '../../src/run/rollback.ts';
import { withLedger } from '../../src/run/with-ledger.ts';
import { countedDisk, systemError, tear } from './counted-disk.ts';
import { powerCutDisk, type Survival } from './power-cut-disk.ts';
import { change, HEADING, NOW, newLedger, recordOf, samplePhase, snapshot, writeFiles } from './sample-target.ts';
import { copyOf, emptyFolder } from './temporary-folders.ts';

interface Stage {
  readonly changes: readonly FileChange[];
  /** Folders of a target before and after its phase, each with its ledger. */
  readonly original: string;
  readonly applied: string;
  readonly before: ReturnType<typeof snapshot>;
  readonly after: ReturnType<typeof snapshot>;
}

let all: Stage;
/** Twelve of the files: every kind of change, for the matrices that meet each effect many times. */
let some: Stage;

beforeAll(() => {
  const original = emptyFolder();
  const changes = samplePhase(original);
  newLedger(original);
  all = stageOf(original, changes);
  some = stageOf(original, changes.slice(18));
});

function stageOf(original: string, changes: readonly FileChange[]): Stage {
  const applied = copyOf(original);
  const stage = { changes, original, applied, before: snapshot(original), after: {} };
  run(nodeDisk, applied, stage);
  return { ...stage, after: snapshot(applied) };
}

/** A phase as a command runs it: put right what was interrupted, apply, finish. */
function run(disk: Disk, root: string, { changes }: Stage): void {
  const ledger = new Ledger(disk, root);
  recover(disk, ledger, NOW);
  if (ledger.runs().length > 0) return;
  applyChanges({ disk, ledger, heading: HEADING, changes });
  finishRun(disk, ledger, recordOf(HEADING, root, changes));
}

function rollBack(disk: Disk, root: string): void {
  const ledger = new Ledger(disk, root);
  recover(disk, ledger, NOW);
  rollback({ disk, ledger, what: 'all', migration: HEADING.migration, now: NOW });
}

/** The disk of a process that stops ahead of effect `n`, in the middle of it when it is a write. */
function stoppedAt(n: number): Disk {
  return countedDisk((effect) => {
    if (effect.n === n) tear(effect);
    if (effect.n >= n) throw new Error('stopped');
  });
}

function countEffects(root: string, act: (disk: Disk, root: string) => void): number {
  const disk = countedDisk(() => {});
  act(disk, root);
  fs.rmSync(root, { recursive: true });
  return disk.effects();
}

function attempt(act: () => void): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Recovers, and checks that the target is the state before or after and that the ledger says which. */
function expectWhole(root: string, { before, after, changes }: Stage, context: string): void {
  recover(nodeDisk, new Ledger(nodeDisk, root), NOW);
  const ledger = new Ledger(nodeDisk, root);
  const isApplied = ledger.runs().some(({ state }) => state === 'done');
  expect(snapshot(root), `${context}: ${ledger.runs()[0]?.state}`).toEqual(isApplied ? after : before);
  expect(recover(nodeDisk, ledger, NOW)).toEqual([]);
  if (isApplied) expect(runRecords(nodeDisk, ledger)).toMatchObject([{ status: 'done', changes }]);
}

type Act = (disk: Disk, root: string, stage: Stage) => void;
const ACTS: Record<'run' | 'rollback', { readonly act: Act; readonly from: 'original' | 'applied' }> = {
  run: { act: run, from: 'original' },
  rollback: { act: rollBack, from: 'applied' },
};

describe.each(['run', 'rollback'] as const)('a %s', { timeout: 300_000 }, (name) => {
  const { act, from } = ACTS[name];
  const effectsOf = (stage: Stage) => countEffects(copyOf(stage[from]), (disk, root) => act(disk, root, stage));

  test('is put right also when putting it right is itself stopped at any effect', () => {
    const effects = effectsOf(some);
    for (const part of [0.2, 0.6, 0.97]) {
      const n = Math.ceil(effects * part);
      const stopped = copyOf(some[from]);
      attempt(() => act(stoppedAt(n), stopped, some));
      const putRight = (disk: Disk, root: string) => recover(disk, new Ledger(disk, root), NOW);
      const recovery = countEffects(copyOf(stopped), putRight);
      for (let m = 1; m <= recovery; m++) {
        const root = copyOf(stopped);
        expect(attempt(() => putRight(stoppedAt(m), root))).toBeDefined();
        expectWhole(root, some, `effect ${n}, then ${m}`);
        fs.rmSync(root, { recursive: true });
      }
    }
  });

  test.each(['EIO', 'ENOSPC', 'EACCES'])('ends in one whole state at once when any effect fails with %s', (code) => {
    const effects = effectsOf(some);
    for (let n = 1; n <= effects; n++) {
      const root = copyOf(some[from]);
      const disk = countedDisk((effect) => {
        if (effect.n !== n) return;
        tear(effect);
        throw systemError(code, effect);
      });
      attempt(() => act(disk, root, some));
      expect([some.before, some.after], `effect ${n}`).toContainEqual(snapshot(root));
      expectWhole(root, some, `effect ${n}`);
      fs.rmSync(root, { recursive: true });
    }
  });

  test.each<Survival>(['flushed', 'names', 'contents'])(
    'is put right after a power cut at any effect that leaves what was flushed and: %s',
    (survival) => {
      const effects = effectsOf(some);
      for (let n = 1; n <= effects + 1; n++) {
        const root = copyOf(some[from]);
        const disk = powerCutDisk(root, n);
        const error = attempt(() => act(disk, root, some));
        const later = emptyFolder();
        disk.materialise(later, survival);
        expectWhole(later, some, `effect ${n}`);
        // What was reported as done is not lost.
        if (!error) expect(snapshot(later)).toEqual(name === 'run' ? some.after : some.before);
        for (const folder of [root, later]) fs.rmSync(folder, { recursive: true });
      }
    },
  );
});

describe('recovery', () => {
  const effects = () => countEffects(copyOf(all.original), (disk, root) => run(disk, root, all));

  test('says after how many files the run was interrupted', () => {
    const root = copyOf(all.original);
    const disk = countedDisk((effect) => {
      if (effect.name === 'rename' && effect.args[1] === path.join(root, all.changes[12]!.file))
        throw new Error('stopped');
    });
    // From the failing rename on nothing works any more, as after a kill.
    let dead = false;
    const dying = new Proxy(disk, {
      get:
        (target, key: keyof Disk) =>
        (...args: never[]) => {
          if (dead) throw new Error('stopped');
          try {
            return (target[key] as (...all: never[]) => unknown)(...args);
          } catch (error) {
            dead = true;
            throw error;
          }
        },
    });
    attempt(() => run(dying, root, all));
    const [recovery] = recover(nodeDisk, new Ledger(nodeDisk, root), NOW);
    expect(recovery).toMatchObject({ run: HEADING.run, phase: 'production', how: 'undone', written: 12, files: 30 });
    expect(recovery!.sentence).toBe('Run 20261121T034512Z-production was interrupted after 12 of 30 files; undone.');
    expect(snapshot(root)).toEqual(all.before);
  });

  test('leaves a file alone that somebody changed after the interruption, and tells', () => {
    const root = copyOf(all.original);
    attempt(() => run(stoppedAt(effects() - 20), root, all));
    const edited = all.changes[3]!.file;
    fs.chmodSync(path.join(root, edited), 0o644);
    fs.writeFileSync(path.join(root, edited), 'by hand');
    const [recovery] = recover(nodeDisk, new Ledger(nodeDisk, root), NOW);
    expect(recovery!.foreign).toEqual([{ file: edited, how: 'was changed' }]);
    expect(recovery!.sentence).toContain(`Left alone, because somebody else was there since: ${edited} was changed.`);
    expect(fs.readFileSync(path.join(root, edited), 'utf8')).toBe('by hand');
    const { [edited]: _, ...others } = snapshot(root);
    const { [edited]: __, ...expected } = all.before;
    expect(others).toEqual(expected);
  });

  test('a folder that was exchanged for a link out of the target is not followed', () => {
    const root = copyOf(all.original);
    attempt(() => run(stoppedAt(effects() - 20), root, all));
    const outside = emptyFolder();
    fs.renameSync(path.join(root, 'src'), path.join(outside, 'src'));
    fs.symlinkSync(path.join(outside, 'src'), path.join(root, 'src'));
    const kept = snapshot(outside);
    const [recovery] = recover(nodeDisk, new Ledger(nodeDisk, root), NOW);
    expect(recovery!.foreign.length).toBeGreaterThan(20);
    expect(snapshot(outside)).toEqual(kept);
  });

  test.each([
    ['objects/', 'undone'],
    ['runs/', 'undone'],
    ['ledger.jsonl', 'finished'],
  ])('a full disk at the very end, at %s: the run is %s by the next command', (part, how) => {
    const root = copyOf(all.original);
    const ledger = new Ledger(nodeDisk, root);
    applyChanges({ disk: nodeDisk, ledger, heading: HEADING, changes: all.changes });
    const disk = countedDisk((effect) => {
      const isWrite = effect.name === 'writeNew' || effect.name === 'append';
      if (isWrite && String(effect.args[0]).includes(`.reroute/${part}`)) throw systemError('ENOSPC', effect);
    });
    const record = recordOf(HEADING, root, [...all.changes, change('reported.ts', undefined, 'only in the report')]);
    const failing = () => finishRun(disk, new Ledger(disk, root), record);
    expect(failing).toThrow(expect.objectContaining({ code: 'LEDGER_WRITE_FAILED' }));
    expect(recover(nodeDisk, new Ledger(nodeDisk, root), NOW)).toMatchObject([{ how }]);
    expect(snapshot(root)).toEqual(how === 'undone' ? all.before : all.after);
  });

  test('a run whose undoing cannot be noted is not taken for closed', () => {
    const root = copyOf(all.original);
    attempt(() => run(stoppedAt(effects() - 20), root, all));
    const disk = countedDisk((effect) => {
      if (effect.name === 'append') throw systemError('ENOSPC', effect);
    });
    const failing = () => recover(disk, new Ledger(disk, root), NOW);
    expect(failing).toThrow(expect.objectContaining({ code: 'LEDGER_WRITE_FAILED' }));
    expect(snapshot(root)).toEqual(all.before);
    const ledger = new Ledger(nodeDisk, root);
    expect(() => applyChanges({ disk: nodeDisk, ledger, heading: HEADING, changes: all.changes })).toThrow(
      'must be recovered',
    );
    expectWhole(root, all, 'with room again');
  });

  test('a command finds the interrupted run and the lock of its dead process, and works on', async () => {
    const root = emptyFolder();
    writeFiles(root, { 'a.ts': 'a' });
    const options = { disk: nodeDisk, root, command: 'reroute status', now: NOW };
    const result = await withLedger(options, ({ recovered, tookOver }) => ({ recovered, tookOver }));
    expect(result).toEqual({ recovered: [], tookOver: undefined });
    await expect(withLedger(options, () => Promise.reject(new Error('in the body')))).rejects.toThrow('in the body');
    expect(fs.existsSync(path.join(root, '.reroute/lock'))).toBe(false);
  });
});
