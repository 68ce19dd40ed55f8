import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Disk, nodeDisk } from '../../src/run/disk.ts';
import { acquireLock } from '../../src/run/lock.ts';
import { type LockHolder, thisProcess } from '../../src/run/lock-holder.ts';
import { readLedger, withLedger } from '../../src/run/with-ledger.ts';
import { compileChild } from './compile-child.ts';
import { countedDisk, systemError } from './counted-disk.ts';
import { HEADING, NOW, newLedger } from './sample-target.ts';
import { emptyFolder } from './temporary-folders.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = emptyFolder();
  file = path.join(folder, 'lock');
});

const acquire = (command = 'reroute run production', disk = nodeDisk) =>
  acquireLock({ disk, folder, command, now: NOW });

/** The number of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

function leaveLock(holder: Partial<LockHolder>, at = file): LockHolder {
  const born = { ...thisProcess('reroute run unit-tests', NOW), token: randomUUID(), ...holder };
  fs.writeFileSync(at, JSON.stringify(born));
  return born;
}

describe('the lock', () => {
  test('is held by one, and the second is told who, where, since when and what to do', () => {
    const lock = acquire();
    expect(() => acquire('reroute rollback')).toThrow(
      expect.objectContaining({
        code: 'LOCK_HELD',
        message: `Another run is at work on this target: \`reroute run production\`, process ${process.pid} on ${os.hostname()}, since 2026-11-21T03:45:12.000Z.`,
        next: expect.stringContaining(`rm ${file}`),
      }),
    );
    lock.release();
    expect(fs.readdirSync(folder)).toEqual([]);
    acquire().release();
  });

  test('is given back once: a second release does not take the next holder’s', () => {
    const first = acquire();
    first.release();
    const second = acquire();
    first.release();
    expect(() => acquire()).toThrow(expect.objectContaining({ code: 'LOCK_HELD' }));
    second.release();
  });

  test('of a process that has ended is taken over, and says whose it was', () => {
    const stale = leaveLock({ pid: deadPid() });
    const lock = acquire();
    expect(lock.tookOver).toEqual(stale);
    expect(JSON.parse(fs.readFileSync(file, 'utf8')).token).toBe(lock.holder.token);
    expect(fs.readdirSync(folder)).toEqual(['lock']);
    lock.release();
  });

  test('of a process whose number another one has by now is taken over', {
    skip: !fs.existsSync('/proc/self/stat'),
  }, () => {
    const stale = leaveLock({ pid: process.pid, born: 'an earlier boot/1234' });
    expect(acquire().tookOver).toEqual(stale);
  });

  test('of a process on another host is never taken over', () => {
    leaveLock({ pid: deadPid(), host: 'elsewhere' });
    expect(() => acquire()).toThrow(
      expect.objectContaining({ code: 'LOCK_HELD', message: expect.stringContaining('on elsewhere') }),
    );
  });

  test('that nobody can read is held', () => {
    fs.writeFileSync(file, '');
    expect(() => acquire()).toThrow(expect.objectContaining({ code: 'LOCK_HELD' }));
    expect(fs.readdirSync(folder)).toEqual(['lock']);
  });

  test('is taken over although a process died while it took it over', () => {
    const stale = leaveLock({ pid: deadPid() });
    const claimant = leaveLock({ pid: deadPid() }, path.join(folder, `lock.claim-${stale.token}`));
    leaveLock({ pid: deadPid() }, path.join(folder, `lock.claim-${claimant.token}`));
    expect(acquire().tookOver).toEqual(stale);
    expect(fs.readdirSync(folder)).toEqual(['lock']);
  });

  test('is left to the process that is just taking it over', () => {
    const stale = leaveLock({ pid: deadPid() });
    leaveLock({}, path.join(folder, `lock.claim-${stale.token}`));
    expect(() => acquire()).toThrow(expect.objectContaining({ code: 'LOCK_HELD' }));
  });

  test.each(['holds it', 'gave it back'])('is not taken over when another process was faster and %s', (end) => {
    leaveLock({ pid: deadPid() });
    let faster: ReturnType<typeof acquireLock> | undefined;
    const disk = countedDisk(({ name, args }) => {
      // The second process has read the stale lock and is about to claim it.
      if (name !== 'link' || !String(args[1]).includes('claim') || faster) return;
      faster = acquire('the faster one');
      if (end === 'gave it back') faster.release();
    });
    if (end === 'holds it') {
      const held = expect.objectContaining({ code: 'LOCK_HELD', message: expect.stringContaining('the faster one') });
      expect(() => acquire('the slower one', disk)).toThrow(held);
      faster!.release();
    } else {
      const lock = acquire('the slower one', disk);
      expect(lock.tookOver).toBeUndefined();
      lock.release();
    }
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('works where the file system has no hard links', () => {
    const disk = countedDisk((effect) => {
      if (effect.name === 'link') throw systemError('EPERM', effect);
    });
    const lock = acquire('one', disk);
    expect(() => acquire('two', disk)).toThrow(expect.objectContaining({ code: 'LOCK_HELD' }));
    lock.release();
    leaveLock({ pid: deadPid() });
    acquire('three', disk).release();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('is given back when the work under it fails', async () => {
    const options = { disk: nodeDisk, root: folder, command: 'x', now: NOW };
    await expect(withLedger(options, () => Promise.reject(new Error('in the body')))).rejects.toThrow('in the body');
    expect(await withLedger(options, ({ tookOver }) => tookOver)).toBeUndefined();
  });

  test('leaves nothing where nothing was noted, and everything where something was', async () => {
    const options = { disk: nodeDisk, root: folder, command: 'x', now: NOW };
    await withLedger(options, () => {});
    expect(fs.readdirSync(folder)).toEqual([]);
    await withLedger(options, ({ ledger }) => ledger.append([{ type: 'run-start', ...HEADING, files: 0 }]));
    await withLedger(options, () => {});
    const ledger = path.join(folder, '.reroute');
    expect(fs.readdirSync(ledger)).toEqual(['.gitignore', 'ledger.jsonl', 'objects', 'runs']);
  });

  test('does not mind a refused command that takes the folders away at the same time', async () => {
    const ledger = path.join(folder, '.reroute');
    let times = 0;
    const disk: Disk = {
      ...nodeDisk,
      writeNew(file, bytes, mode) {
        // Between making the folder and writing the lock into it.
        if (path.basename(file).startsWith('lock.') && times++ === 0) fs.rmSync(ledger, { recursive: true });
        nodeDisk.writeNew(file, bytes, mode);
      },
      link(existing, added) {
        // While the other one still had the lock, a moment before.
        for (const name of ['objects', 'runs']) fs.rmdirSync(path.join(ledger, name));
        nodeDisk.link(existing, added);
      },
    };
    const seen = await withLedger({ disk, root: folder, command: 'x', now: NOW }, () => fs.readdirSync(ledger).sort());
    expect(times).toBe(2);
    expect(seen).toEqual(['.gitignore', 'lock', 'objects', 'runs']);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('keeps a second command from undoing a run that is under way; looking goes on', async () => {
    const options = { disk: nodeDisk, root: folder, command: 'reroute run production', now: NOW };
    await withLedger(options, async ({ ledger }) => {
      ledger.append([{ type: 'run-start', ...HEADING, files: 0 }]);
      await expect(withLedger(options, () => {})).rejects.toMatchObject({ code: 'LOCK_HELD' });
      const seen = await readLedger(options);
      expect(seen.busy).toMatchObject({ code: 'LOCK_HELD' });
      expect(seen.ledger.runs()[0]!.state).toBe('open');
    });
    const { recovered, busy } = await readLedger(options);
    expect([recovered.length, busy]).toEqual([1, undefined]);
  });

  test('looking writes nothing', async () => {
    newLedger(folder);
    const before = fs.readdirSync(path.join(folder, '.reroute'));
    await readLedger({ disk: nodeDisk, root: folder, command: 'reroute status', now: NOW });
    expect(fs.readdirSync(path.join(folder, '.reroute'))).toEqual(before);
  });
});

describe('many processes', () => {
  let child: ReturnType<typeof compileChild>;
  beforeAll(() => {
    child = compileChild('lock-racer');
  });
  afterAll(() => child.remove());

  const race = (rounds: number, dies: string) =>
    new Promise<{ held: number; broken: number }>((resolve) => {
      const running = spawn(process.execPath, [child.file, folder, String(rounds), dies], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      running.stdout.on('data', (chunk) => {
        output += chunk;
      });
      running.once('close', () => resolve(JSON.parse(output)));
    });

  test('never hold the lock at the same time, also when some of them die with it', async () => {
    leaveLock({ pid: deadPid() });
    const racers = Array.from({ length: 12 }, (_, n) => race(n % 3 === 0 ? 5 : 25, n % 3 === 0 ? 'dies' : 'lives'));
    const results = await Promise.all(racers);
    expect(results.map(({ broken }) => broken)).toEqual(Array(12).fill(0));
    expect(results.map(({ held }) => held)).toEqual(Array.from({ length: 12 }, (_, n) => (n % 3 === 0 ? 5 : 25)));
    acquire().release();
  }, 180_000);
});
