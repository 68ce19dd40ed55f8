/**
 * Takes the lock of a folder again and again, and in between writes and reads a file that only its holder may touch.
 * Now and then it dies with the lock. Prints how often it held the lock and how often somebody else was inside too.
 */
import fs from 'node:fs';
import path from 'node:path';
import { RerouteError } from '../../src/base/errors.ts';
import { nodeDisk } from '../../src/run/disk.ts';
import { acquireLock } from '../../src/run/lock.ts';

const [folder, rounds, dies] = process.argv.slice(2) as [string, string, string];
const inside = path.join(folder, 'inside');
const pause = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
let held = 0;
let broken = 0;
for (let tries = 0; held < Number(rounds) && tries < 100_000; tries++) {
  try {
    const lock = acquireLock({ disk: nodeDisk, folder, command: 'racer', now: new Date() });
    held += 1;
    const own = `${process.pid} ${held}`;
    fs.writeFileSync(inside, own);
    pause(1);
    if (fs.readFileSync(inside, 'utf8') !== own) broken += 1;
    if (dies === 'dies' && held === Number(rounds)) {
      fs.writeSync(1, `${JSON.stringify({ held, broken })}\n`);
      process.kill(process.pid, 'SIGKILL');
    }
    lock.release();
  } catch (error) {
    if (!(error instanceof RerouteError && error.code === 'LOCK_HELD')) throw error;
    pause(Math.random() * 2);
  }
}
fs.writeSync(1, `${JSON.stringify({ held, broken })}\n`);
