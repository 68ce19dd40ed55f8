import path from 'node:path';
import { isInside } from '../base/paths.ts';
import type { Disk } from './disk.ts';

/** Folders whose content no run may touch: a ledger that comes with a repository could name them. */
const CLOSED = new Set(['.git', '.reroute']);

/**
 * Whether a relative path, as a change or a ledger has it, stays in its target when it is only read: `/` between
 * segments, no `..`, no drive, nothing in `.git` or `.reroute`. Links are {@link placeInside}'s matter.
 */
export function isPlainPath(file: string): boolean {
  if (file === '' || file.includes('\0') || path.isAbsolute(file) || path.win32.isAbsolute(file)) return false;
  if (path.sep === '\\' && /[\\:]/.test(file)) return false;
  return file
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !CLOSED.has(part.toLowerCase()));
}

/** Why a path cannot be written to, in words that follow the path: `its folder is …`. */
export interface Blocked {
  readonly blocked: string;
  /** A link that leads out of the target. */
  readonly leadsOut: boolean;
}

/** Where a path of the target really is. */
export interface PlaceInside {
  /** Absolute; its folders are real folders, links among them followed. */
  readonly path: string;
  /** The first folder on the way that does not exist, relative to the root as given; `undefined` when all do. */
  readonly firstMissing: string | undefined;
}

/**
 * Where a path of the target really is, or why it cannot be reached. Links among its folders are followed as long as
 * they stay inside; the last segment is not followed. `root` is a real path.
 */
export function placeInside(disk: Disk, root: string, file: string): PlaceInside | Blocked {
  if (!isPlainPath(file)) return { blocked: 'is not a path inside the target', leadsOut: true };
  const parts = file.split('/');
  let at = root;
  for (const [index, part] of parts.slice(0, -1).entries()) {
    const next = path.join(at, part);
    const found = disk.stat(next);
    const name = parts.slice(0, index + 1).join('/');
    if (!found) return { path: path.join(at, ...parts.slice(index)), firstMissing: name };
    if (found.kind === 'link') {
      const real = followed(disk, next);
      if (real === undefined || !isInside(root, real) || !staysOpen(root, real)) {
        return { blocked: `lies behind ${name}, a link that leads out of the target`, leadsOut: true };
      }
      if (disk.stat(real)?.kind !== 'folder')
        return { blocked: `lies behind ${name}, which is no folder`, leadsOut: false };
      at = real;
    } else if (found.kind !== 'folder') {
      return { blocked: `lies behind ${name}, which is no folder`, leadsOut: false };
    } else {
      at = next;
    }
  }
  return { path: path.join(at, parts.at(-1)!), firstMissing: undefined };
}

/** The folders from the first missing one down to the file's own, outermost first. */
export function missingFolders(firstMissing: string | undefined, file: string): readonly string[] {
  if (firstMissing === undefined) return [];
  const parts = file.split('/');
  const depth = firstMissing.split('/').length;
  return parts.slice(depth - 1, -1).map((_, index) => parts.slice(0, depth + index).join('/'));
}

function followed(disk: Disk, link: string): string | undefined {
  try {
    return disk.realPath(link);
  } catch {
    // Dangling or circular: where it leads cannot be said, so it does not lead inside.
    return undefined;
  }
}

function staysOpen(root: string, real: string): boolean {
  return !path
    .relative(root, real)
    .split(path.sep)
    .some((part) => CLOSED.has(part.toLowerCase()));
}
