import path from 'node:path';
import { isInside } from '../../base/paths.ts';
import type { Config, ConfigSet } from './config-set.ts';

/**
 * The configuration that a file belongs to; `undefined` when there is none between it and the root.
 *
 * The nearest folder upwards that has configurations decides. Of those, the one that includes the file owns it; when
 * none does in any folder upwards, the nearest folder's whose own files lie closest to it (a script beside `src`, a
 * test that the build leaves out).
 */
export function findOwner(file: string, root: string, configs: ConfigSet): Config | undefined {
  let nearest: readonly Config[] = [];
  for (const folder of foldersUp(file, root)) {
    const candidates = configs.candidates(folder);
    const owner = candidates.find((config) => config.files.has(file));
    if (owner !== undefined) return owner;
    if (nearest.length === 0) nearest = candidates;
  }
  return closest(file, root, nearest);
}

/** All configurations, between a file and the root, that include it; the nearest first. */
export function findOwners(file: string, root: string, configs: ConfigSet): readonly Config[] {
  const found = [...foldersUp(file, root)].flatMap((folder) => configs.candidates(folder));
  return [...new Set(found)].filter((config) => config.files.has(file));
}

function closest(file: string, root: string, candidates: readonly Config[]): Config | undefined {
  for (const folder of foldersUp(file, root)) {
    const neighbour = candidates.find((config) => config.folders.has(folder));
    if (neighbour !== undefined) return neighbour;
  }
  return candidates[0];
}

function* foldersUp(file: string, root: string): Generator<string> {
  for (let folder = path.posix.dirname(file); isInside(root, folder); folder = path.posix.dirname(folder)) {
    yield folder;
    if (folder === root || folder === path.posix.dirname(folder)) return;
  }
}
