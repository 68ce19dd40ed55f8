import { statSync } from 'node:fs';

/** Whether a file stands at a path, links followed. What cannot be looked at (below a file, too long a name) is none. */
export function isFile(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}
