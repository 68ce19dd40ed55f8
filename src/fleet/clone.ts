import { existsSync } from 'node:fs';
import { RerouteError } from '../base/errors.ts';
import { cloneRepository, originOf } from '../run/git/clone.ts';
import type { FleetTarget } from './fleet-file.ts';

/**
 * The target's folder, cloned if it is not there yet. Nothing that the repository brings along is run. Throws
 * `FLEET_CLONE`.
 */
export async function cloneTarget({ root, git }: FleetTarget, signal?: AbortSignal): Promise<void> {
  if (!git || existsSync(root)) return;
  try {
    await cloneRepository(git, root, signal);
  } catch (error) {
    throw new RerouteError({
      code: 'FLEET_CLONE',
      message: `${git.url} could not be cloned.`,
      details: (error as Error).message.split('\n'),
      next: 'Clone it by hand and name the folder in the fleet file, or correct the address.',
      cause: error,
    });
  }
}

/** Throws `FLEET_OTHER_CLONE` when the folder of a target that is cloned holds something else. */
export async function refuseOtherClone({ root, git }: FleetTarget): Promise<void> {
  if (!git || !existsSync(root)) return;
  const origin = await originOf(root);
  if (origin === git.url) return;
  throw new RerouteError({
    code: 'FLEET_OTHER_CLONE',
    message: `The target's folder is ${origin === undefined ? 'no clone' : `a clone of ${origin}`}, not of ${git.url}.`,
    where: { file: root },
    next: 'Give one of the two targets another name, or move the folder away.',
  });
}
