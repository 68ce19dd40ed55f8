import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterThisFile } from '../clean-up.ts';

/** Where thousands of small writes cost little: in memory where the system has such a folder. */
const BASE = fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();

/** An empty folder, by its real path; removed after the tests of the file. */
export function emptyFolder(base = BASE): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(base, 'reroute-run-')));
  afterThisFile(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of a folder with its modes and links. */
export function copyOf(folder: string): string {
  const root = emptyFolder();
  fs.cpSync(folder, root, { recursive: true, verbatimSymlinks: true });
  return root;
}
