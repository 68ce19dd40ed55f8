import path from 'node:path';
import { sha256 } from '../base/hashes.ts';
import { type Disk, errnoOf, type FileFacts } from './disk.ts';
import { missingFolders, placeInside } from './inside.ts';
import type { Intent } from './ledger-entry.ts';
import type { ObjectStore } from './object-store.ts';
import { difference, holds, type Observed, observe } from './observe.ts';

/** Where files are moved between their states. */
export interface Area {
  readonly disk: Disk;
  /** The target's real path. */
  readonly root: string;
  readonly objects: ObjectStore;
}

export type Settled =
  /** The file was in the other state of the intent and is in the wanted one now, also after a power cut. */
  | { readonly kind: 'moved' }
  /** It was in the wanted state. */
  | { readonly kind: 'already' }
  /** It is in neither: somebody else was there. Nothing is touched; `how` follows the path: `was changed`. */
  | { readonly kind: 'foreign'; readonly how: string };

type Reached = Exclude<Observed, { kind: 'blocked' }>;

/** A file that is ready to be moved; its new content, if it has one, stands beside it and would survive a power cut. */
export type Staged = {
  readonly intent: Intent;
  readonly goal: Goal;
} & (
  | { readonly kind: 'settled'; readonly settled: Settled }
  | { readonly kind: 'write'; readonly seen: Reached; readonly temporary: string; readonly bytes: number }
  | { readonly kind: 'remove'; readonly seen: Reached }
);

export type Goal = 'before' | 'after';

/**
 * Makes ready to bring one file into the state before or after an intent, from the other one; {@link place} does it. The
 * single way in which a run writes a target: applying goes to `after`; undoing, rolling back and recovering go to
 * `before`. It can be stopped anywhere and called again.
 */
export function stage(area: Area, intent: Intent, goal: Goal): Staged {
  const wanted = goal === 'before' ? intent.beforeHash : intent.afterHash;
  const other = goal === 'before' ? intent.afterHash : intent.beforeHash;
  const seen = observe(area.disk, area.root, intent.file);
  if (seen.kind !== 'blocked') removeTemporary(area.disk, temporaryOf(seen.path, intent));
  if (holds(seen, wanted)) {
    if (goal === 'before') {
      for (const folder of removeFolders(area, intent, new Set())) area.disk.syncFolder(folder);
    }
    return { intent, goal, kind: 'settled', settled: { kind: 'already' } };
  }
  if (seen.kind === 'blocked' || !holds(seen, other)) {
    return { intent, goal, kind: 'settled', settled: { kind: 'foreign', how: difference(seen, other) } };
  }
  if (wanted === null) return { intent, goal, kind: 'remove', seen };
  const { temporary, bytes } = writeBeside(area, intent, seen, wanted, goal);
  return { intent, goal, kind: 'write', seen, temporary, bytes };
}

function writeBeside(area: Area, intent: Intent, seen: Reached, wanted: string, goal: Goal) {
  const { disk } = area;
  const content = area.objects.read(wanted);
  if (seen.kind === 'absent') makeFolders(area, missingFolders(seen.firstMissing, intent.file));
  const temporary = temporaryOf(seen.path, intent);
  const replaced = seen.kind === 'file' ? seen.facts : undefined;
  // Undoing restores the permissions of before; applying keeps those that the file has.
  const mode = goal === 'before' ? (intent.mode ?? undefined) : replaced?.mode;
  try {
    // What the file's readers may not see nobody else may see in the meantime either.
    disk.writeNew(temporary, content, mode === undefined ? undefined : 0o600);
    if (replaced) keepOwner(disk, temporary, replaced);
    if (mode !== undefined) disk.setMode(temporary, mode);
    disk.sync(temporary);
  } catch (error) {
    tryTo(() => removeTemporary(disk, temporary));
    throw error;
  }
  return { temporary, bytes: content.length };
}

/** Moves a file that was made ready. It is durable when the folders that are added to `touched` are flushed. */
export function place(area: Area, staged: Staged, touched: Set<string>): Settled {
  if (staged.kind === 'settled') return staged.settled;
  const { disk } = area;
  const { intent, seen, goal } = staged;
  try {
    // The last look before the rename: what came in between would be lost.
    const now = observe(disk, area.root, intent.file);
    const same = now.kind === 'file' ? seen.kind === 'file' && now.hash === seen.hash : now.kind === seen.kind;
    if (!same) {
      if (staged.kind === 'write') removeTemporary(disk, staged.temporary);
      return { kind: 'foreign', how: difference(now, seen.kind === 'file' ? seen.hash : null) };
    }
    if (staged.kind === 'write') disk.rename(staged.temporary, seen.path);
    else disk.unlink(seen.path);
  } catch (error) {
    if (staged.kind === 'write') tryTo(() => removeTemporary(disk, staged.temporary));
    throw error;
  }
  touched.add(path.dirname(seen.path));
  if (goal === 'before' && staged.kind === 'remove') removeFolders(area, intent, touched);
  return { kind: 'moved' };
}

/** Takes back what was made ready and will not be placed: its room may be needed for undoing. */
export function discard({ disk }: Area, staged: Staged): void {
  if (staged.kind === 'write') tryTo(() => removeTemporary(disk, staged.temporary));
}

/** A rename gives the file to whoever runs; only root can and must give it back. */
function keepOwner(disk: Disk, temporary: string, replaced: FileFacts): void {
  const made = disk.stat(temporary);
  if (made && made.uid === replaced.uid && made.gid === replaced.gid) return;
  try {
    disk.setOwner(temporary, replaced);
  } catch (error) {
    if (errnoOf(error) !== 'EPERM') throw error;
  }
}

/** A name in the file's own folder, the same whenever the intent is taken up again. */
function temporaryOf(place: string, intent: Intent): string {
  return path.join(path.dirname(place), `.reroute-${sha256(`${intent.run} ${intent.file}`).slice(0, 16)}.tmp`);
}

function removeTemporary(disk: Disk, temporary: string): void {
  if (disk.stat(temporary)) disk.unlink(temporary);
}

function makeFolders(area: Area, folders: readonly string[]): void {
  for (const folder of folders) {
    const place = placeInside(area.disk, area.root, folder);
    if ('blocked' in place || area.disk.stat(place.path)) continue;
    area.disk.makeFolder(place.path);
    area.disk.syncFolder(path.dirname(place.path));
  }
}

/**
 * Removes the folders that were made for the file, as far as they are empty. What has to be flushed takes their place in
 * `touched`, which is given back.
 */
function removeFolders(area: Area, intent: Intent, touched: Set<string>): Set<string> {
  for (const folder of intent.folders.toReversed()) {
    const found = placeInside(area.disk, area.root, folder);
    if ('blocked' in found || area.disk.stat(found.path)?.kind !== 'folder') continue;
    if (area.disk.list(found.path).length > 0) continue;
    area.disk.removeFolder(found.path);
    touched.delete(found.path);
    touched.add(path.dirname(found.path));
  }
  return touched;
}

/** For cleaning up while another error is on its way, which must not be hidden. */
function tryTo(act: () => void): void {
  try {
    act();
  } catch {
    // The next command finds the temporary name again.
  }
}
