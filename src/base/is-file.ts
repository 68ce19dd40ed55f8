import { statSync } from 'node:fs';

/** Whether a file stands at a path, links followed. */
export function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
