import { sha256 } from '../base/hashes.ts';
import { type Disk, errnoOf, type FileFacts } from './disk.ts';
import { type Blocked, placeInside } from './inside.ts';

/** What stands at a path of the target right now. */
export type Observed =
  | { readonly kind: 'file'; readonly path: string; readonly hash: string; readonly facts: FileFacts }
  | { readonly kind: 'absent'; readonly path: string; readonly firstMissing: string | undefined }
  /** Something that a run neither reads nor replaces. */
  | ({ readonly kind: 'blocked' } & Blocked);

/** What stands at a path of the target right now, links not followed. `root` is a real path. Throws when it cannot be read. */
export function observe(disk: Disk, root: string, file: string): Observed {
  const place = placeInside(disk, root, file);
  if ('blocked' in place) return { kind: 'blocked', ...place };
  const facts = disk.stat(place.path);
  if (!facts) return { kind: 'absent', ...place };
  if (facts.kind === 'link') return { kind: 'blocked', blocked: 'is a link now', leadsOut: false };
  if (facts.kind === 'folder') return { kind: 'blocked', blocked: 'is a folder now', leadsOut: false };
  if (facts.kind === 'other') return { kind: 'blocked', blocked: 'is no regular file now', leadsOut: false };
  return { kind: 'file', path: place.path, hash: sha256(disk.read(place.path)), facts };
}

/** As {@link observe}; a file that cannot be read is one that a run does not replace. */
export function observeReadable(disk: Disk, root: string, file: string): Observed {
  try {
    return observe(disk, root, file);
  } catch (error) {
    return { kind: 'blocked', blocked: `cannot be read (${errnoOf(error) ?? error})`, leadsOut: false };
  }
}

/** Whether the content with this hash stands there; `null`: nothing does. */
export function holds(seen: Observed, hash: string | null): boolean {
  return hash === null ? seen.kind === 'absent' : seen.kind === 'file' && seen.hash === hash;
}

/** How what stands there differs from what was expected, in words that follow the path. */
export function difference(seen: Observed, expected: string | null): string {
  if (seen.kind === 'blocked') return seen.blocked;
  if (seen.kind === 'absent') return 'is gone';
  return expected === null ? 'exists now' : 'was changed';
}
