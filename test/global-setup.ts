import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** All that the tests and the commands that they run put into the system's temporary folder is gone afterwards. */
export default function setup(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'reroute-tests-'));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
