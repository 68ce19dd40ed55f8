import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { RerouteError } from '../../src/base/errors.ts';
import { applyChanges } from '../../src/run/apply.ts';
import { nodeDisk } from '../../src/run/disk.ts';
import { finishRun } from '../../src/run/finish.ts';
import { isInterrupted } from '../../src/run/ledger-run.ts';
import { rollback } from '../../src/run/rollback.ts';
import { withLedger } from '../../src/run/with-ledger.ts';
import { change, HEADING, NOW, recordOf, snapshot, writeFiles } from './sample-target.ts';

const KIB = 1024;
const mounted: string[] = [];
afterEach(() => {
  for (const folder of mounted.splice(0)) {
    spawnSync('umount', [folder]);
    fs.rmdirSync(folder);
  }
});

/** A file system of its own with so much room; `undefined` where none may be mounted. */
function smallDisk(kibibytes: number): string | undefined {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'reroute-small-')));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder]);
  if (status === 0) mounted.push(folder);
  else fs.rmdirSync(folder);
  return status === 0 ? folder : undefined;
}

const canMount = smallDisk(64) !== undefined;
const reason = canMount ? '' : ' (skipped: this user may mount no file system)';

/** Twenty files of 8 KiB, and as long ones to replace them. */
const CHANGES = Array.from({ length: 20 }, (_, n) =>
  change(`src/file-${n}.ts`, `// before ${n}\n`.padEnd(8 * KIB, '-'), `// after ${n}\n`.padEnd(8 * KIB, '=')),
);

function command<T>(root: string, act: Parameters<typeof withLedger<T>>[1]): Promise<T> {
  return withLedger({ disk: nodeDisk, root, command: 'test', now: NOW }, act);
}

const apply = (root: string) =>
  command(root, ({ ledger }) => {
    applyChanges({ disk: nodeDisk, ledger, heading: HEADING, changes: CHANGES });
    finishRun(nodeDisk, ledger, recordOf(HEADING, root, CHANGES));
  });

/** A target on a disk with so much room, of which so much is taken. */
function target(kibibytes: number): { readonly root: string; readonly before: ReturnType<typeof snapshot> } {
  const disk = smallDisk(kibibytes)!;
  const root = path.join(disk, 'target');
  writeFiles(root, Object.fromEntries(CHANGES.map(({ file, before }) => [file, before!])));
  return { root, before: snapshot(root) };
}

describe.skipIf(!canMount)(`a disk that is really full${reason}`, { timeout: 120_000 }, () => {
  // 160 KiB of files, as much for their originals and again for the new contents, and some for the ledger: from no room
  // at all to room for everything, in steps of a page of the file system and more.
  const rooms = Array.from({ length: 30 }, (_, n) => 168 + n * 20);

  test('at any point of a run leaves it whole: not begun, undone, or done', async () => {
    const ends = { refused: 0, done: 0 };
    for (const room of rooms) {
      const { root, before } = target(room);
      const error = await apply(root).then(
        () => undefined,
        (thrown: NodeJS.ErrnoException & RerouteError) => thrown,
      );
      ends[error ? 'refused' : 'done']++;
      if (error) {
        const errno = error.code === 'ENOSPC' ? error.code : (error.cause as NodeJS.ErrnoException)?.code;
        expect(`${room} KiB: ${errno}: ${error.message}`).toContain('ENOSPC');
        expect(snapshot(root), `${room} KiB: ${error.message}`).toEqual(before);
      }
      // With room again the next command has nothing more to put right than the ledger's last word.
      spawnSync('mount', ['-o', 'remount,size=8m', path.dirname(root)]);
      const { foreign, states } = await command(root, ({ ledger, recovered }) => ({
        foreign: recovered.flatMap((one) => one.foreign),
        states: ledger.runs().map(({ state }) => state),
        open: ledger.runs().filter(isInterrupted),
      }));
      expect(foreign).toEqual([]);
      if (error) {
        expect(snapshot(root)).toEqual(before);
        expect(states.includes('done')).toBe(false);
      }
    }
    for (const count of Object.values(ends)) expect(count).toBeGreaterThan(0);
  });

  test('when a phase is rolled back leaves it applied, or restores it', async () => {
    const ends = { refused: 0, restored: 0 };
    for (const free of [0, 4, 8, 12, 24, 64, 200]) {
      const { root, before } = target(2048);
      await apply(root);
      const after = snapshot(root);
      const { bavail, bsize } = fs.statfsSync(root);
      const filler = bavail * bsize - free * KIB;
      fs.writeFileSync(path.join(path.dirname(root), 'filler'), Buffer.alloc(filler));
      const undo = () =>
        command(root, ({ ledger }) =>
          rollback({ disk: nodeDisk, ledger, what: 'all', migration: HEADING.migration, now: NOW }),
        );
      const error = await undo().then(
        () => undefined,
        (thrown: Error) => thrown,
      );
      ends[error ? 'refused' : 'restored']++;
      if (error) {
        if (!error.message.includes('The next reroute command finishes the rollback'))
          expect(snapshot(root), `${free} KiB: ${error.message}`).toEqual(after);
        fs.rmSync(path.join(path.dirname(root), 'filler'));
        await undo().catch((again) => expect(again).toMatchObject({ code: 'ROLLBACK_NOTHING' }));
      }
      expect(snapshot(root), `${free} KiB`).toEqual(before);
    }
    for (const count of Object.values(ends)) expect(count).toBeGreaterThan(0);
  });

  test('when it is the ledger’s alone, the run is refused and nothing is touched', async () => {
    const { root, before } = target(4096);
    fs.mkdirSync(path.join(root, '.reroute'));
    const own = path.join(root, '.reroute');
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', own]).status).toBe(0);
    try {
      await expect(apply(root)).rejects.toMatchObject({
        code: 'WRITE_FAILED',
        message: expect.stringContaining('No file'),
      });
      expect(snapshot(root)).toEqual(before);
    } finally {
      spawnSync('umount', [own]);
    }
  });

  test('that is mounted to be read only is told as such', async () => {
    const { root, before } = target(4096);
    expect(spawnSync('mount', ['-o', 'remount,ro', path.dirname(root)]).status).toBe(0);
    await expect(apply(root)).rejects.toMatchObject({ code: 'TARGET_READ_ONLY' });
    expect(snapshot(root)).toEqual(before);
  });
});
