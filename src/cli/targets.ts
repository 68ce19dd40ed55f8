import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { findManifest, loadManifest } from '../manifest/load.ts';
import type { Migration } from '../manifest/migration.ts';
import { nodeDisk } from '../run/disk.ts';
import { openTarget } from '../run/target.ts';
import type { Session } from './session.ts';

/** The targets that were named, as absolute paths that exist; the current folder when none was. Each once. */
export function namedTargets({ cwd }: Session, named: readonly string[] = []): readonly string[] {
  const folders = named.length === 0 ? [cwd] : named.map((name) => path.resolve(cwd, name));
  return [...new Set(folders.map((folder) => openTarget(nodeDisk, folder)))];
}

/**
 * A phase and targets from positional arguments. The first one is the phase, unless it is plainly a path: `.`, `..`, or
 * with a `/` in it. So `rollback ./app` is about a folder and `rollback app` about a phase.
 */
export function splitPhase(positional: readonly string[]): {
  readonly phase: string | undefined;
  readonly targets: readonly string[];
} {
  const [first, ...rest] = positional;
  if (first === undefined || /^\.{1,2}$|[/\\]/.test(first)) return { phase: undefined, targets: positional };
  return { phase: first, targets: rest };
}

/** The migration for a target: of `--config`, else of the manifest in the target, else of the one in the current folder. */
export async function migrationFor({ cwd }: Session, target: string, config: string | undefined): Promise<Migration> {
  return loadManifest(manifestFor(cwd, target, config));
}

function manifestFor(cwd: string, target: string, config: string | undefined): string {
  if (config !== undefined) return findManifest(cwd, config);
  try {
    return findManifest(target);
  } catch (error) {
    if (!(error instanceof RerouteError) || error.code !== 'MANIFEST_NOT_FOUND' || path.resolve(cwd) === target)
      throw error;
    try {
      return findManifest(cwd);
    } catch {
      // The one that is missing is the target's.
      throw error;
    }
  }
}

/** How a command names a target that is not the current folder: ` ../app`, or nothing. */
export function targetArgument({ cwd }: Session, target: string): string {
  const relative = path.relative(cwd, target);
  if (relative === '') return '';
  const shown = relative.startsWith('..') ? relative : `./${relative}`;
  return ` ${/\s/.test(shown) ? JSON.stringify(shown) : shown}`;
}
