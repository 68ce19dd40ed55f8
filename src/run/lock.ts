import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { type Disk, errnoOf } from './disk.ts';
import { isGone, type LockHolder, parseHolder, thisProcess } from './lock-holder.ts';

export interface Lock {
  readonly holder: LockHolder;
  /** Whose lock this one replaces: a process that ended without releasing it. */
  readonly tookOver: LockHolder | undefined;
  /** Gives the lock back; a second call does nothing. */
  release(): void;
}

export interface LockOptions {
  readonly disk: Disk;
  /** The folder that the lock stands in; it exists. */
  readonly folder: string;
  /** What is being done, for whoever finds the lock. */
  readonly command: string;
  readonly now: Date;
}

/**
 * The lock of a target. Throws `LOCK_HELD`, with who holds it and since when.
 *
 * The lock file is written beside its place and then linked there, so that it is never there without its content, and
 * only one process can make it. A stale lock is replaced only by the process that made the file `lock.claim-<token>`
 * for it and then still found it in place: the dead holder cannot change it any more, so from there on nobody else can.
 * A claim whose maker died is claimed the same way.
 */
export function acquireLock({ disk, folder, command, now }: LockOptions): Lock {
  const holder = thisProcess(command, now);
  const file = path.join(folder, 'lock');
  const own = path.join(folder, `lock.${holder.token}`);
  disk.writeNew(own, Buffer.from(`${JSON.stringify(holder)}\n`));
  try {
    // A lock that a power cut left behind must still say whose it was.
    disk.sync(own);
    for (;;) {
      if (linkIfFree(disk, own, file)) return lockOf(disk, file, holder, undefined);
      const found = readHolder(disk, file);
      if (found === undefined) continue;
      if (found === 'unreadable' || !isGone(found)) throw held(file, found);
      if (takeOver(disk, folder, file, own, found)) return lockOf(disk, file, holder, found);
    }
  } finally {
    // A second name of the lock's file, or, after a takeover or a refusal, nothing any more that anybody reads.
    unlinkIfThere(disk, own);
  }
}

/** Replaces a stale lock by the file `own`. Returns false when another process was first. */
function takeOver(disk: Disk, folder: string, file: string, own: string, stale: LockHolder): boolean {
  const claims: string[] = [];
  for (let claimed: LockHolder = stale; ; ) {
    const claim = path.join(folder, `lock.claim-${claimed.token}`);
    claims.push(claim);
    if (linkIfFree(disk, own, claim)) {
      const now = readHolder(disk, file);
      const stillThere = typeof now === 'object' && now.token === stale.token;
      // The rename leaves one name of the file less: `own` becomes the lock.
      if (stillThere) disk.rename(own, file);
      // The outermost first: while an inner claim stands, nobody takes the outer ones for free.
      for (const made of stillThere ? claims : [claim]) unlinkIfThere(disk, made);
      if (stillThere) unlinkIfThere(disk, path.join(folder, `lock.${stale.token}`));
      return stillThere;
    }
    const claimant = readHolder(disk, claim);
    if (claimant === undefined) return false;
    if (claimant === 'unreadable' || !isGone(claimant)) throw held(file, claimant);
    claimed = claimant;
  }
}

function lockOf(disk: Disk, file: string, holder: LockHolder, tookOver: LockHolder | undefined): Lock {
  let released = false;
  return {
    holder,
    tookOver,
    release() {
      if (released) return;
      released = true;
      const found = readHolder(disk, file);
      // Somebody who removed the lock by hand may have made room for another one.
      if (typeof found === 'object' && found.token === holder.token) unlinkIfThere(disk, file);
    },
  };
}

function linkIfFree(disk: Disk, existing: string, added: string): boolean {
  try {
    disk.link(existing, added);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    if (!WITHOUT_LINKS.has(errnoOf(error) ?? '')) throw error;
    return writeIfFree(disk, added, disk.read(existing));
  }
}

/** What file systems without hard links answer (FAT, some shared folders). EPERM: link(2). */
const WITHOUT_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** The second best: exclusive as well, but for a moment the file is there without its content. */
function writeIfFree(disk: Disk, file: string, content: Buffer): boolean {
  try {
    disk.writeNew(file, content);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Who holds the lock; `undefined` when there is none. */
function readHolder(disk: Disk, file: string): LockHolder | 'unreadable' | undefined {
  try {
    return parseHolder(disk.read(file).toString('utf8')) ?? 'unreadable';
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    if (errnoOf(error) === 'ELOOP' || errnoOf(error) === 'EISDIR') return 'unreadable';
    throw error;
  }
}

function unlinkIfThere(disk: Disk, file: string): void {
  try {
    disk.unlink(file);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

function held(file: string, holder: LockHolder | 'unreadable'): RerouteError {
  if (holder === 'unreadable') {
    return new RerouteError({
      code: 'LOCK_HELD',
      message:
        'The target is locked, and the lock does not say by whom: it is just being made, or was not made by this version of Reroute.',
      where: { file },
      next: `When no other run is at work, remove the lock: rm ${file}`,
    });
  }
  const { pid, host, since, command } = holder;
  return new RerouteError({
    code: 'LOCK_HELD',
    message: `Another run is at work on this target: \`${command}\`, process ${pid} on ${host}, since ${since}.`,
    where: { file },
    next: `Wait until it ends. Only when process ${pid} on ${host} no longer exists, remove the lock: rm ${file}`,
  });
}
