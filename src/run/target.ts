import os from 'node:os';
import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import type { Disk } from './disk.ts';

/**
 * The real, absolute path of a target's folder. Nothing is made there: whether it can be written to shows when a run
 * makes its ledger (`TARGET_READ_ONLY`). Throws `TARGET_NOT_FOUND`, `TARGET_NOT_A_FOLDER`, and `TARGET_IS_SYSTEM_FOLDER`
 * for the root of a file system or the home folder, also when a link leads there.
 */
export function openTarget(disk: Disk, target: string, home: string = os.homedir()): string {
  const asked = path.resolve(target);
  const real = realPath(disk, asked);
  if (real === undefined) {
    throw new RerouteError({
      code: 'TARGET_NOT_FOUND',
      message: `The target ${target} does not exist.`,
      where: { file: asked },
      next: 'Name the folder of a repository, or run the command in it.',
    });
  }
  const through = real === asked ? '' : ` (it leads to ${real})`;
  if (disk.stat(real)?.kind !== 'folder') {
    throw new RerouteError({
      code: 'TARGET_NOT_A_FOLDER',
      message: `The target ${target}${through} is not a folder.`,
      where: { file: asked },
      next: `Name a folder, such as ${path.dirname(asked)}`,
    });
  }
  if (real === path.parse(real).root || real === realPath(disk, home)) {
    throw new RerouteError({
      code: 'TARGET_IS_SYSTEM_FOLDER',
      message: `The target ${target}${through} is ${real === path.parse(real).root ? 'the root of the file system' : 'your home folder'}, not a repository.`,
      where: { file: asked },
      next: 'Name the folder of one repository.',
    });
  }
  return real;
}

function realPath(disk: Disk, file: string): string | undefined {
  try {
    return disk.realPath(file);
  } catch {
    return undefined;
  }
}
