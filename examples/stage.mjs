// Copies the example into a folder of its own, as a repository that has installed its dependencies: `reroute`, vitest and
// TypeScript are linked to this checkout's, so that nothing has to be downloaded.
import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const repo = path.resolve(import.meta.dirname, '..');

/** The absolute path of a fresh copy of the example, below the system's temporary folder. */
export function stageExample() {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'reroute-example-')));
  const target = path.join(folder, 'chat-backend');
  const isInstalled = (file) => !file.includes(`${path.sep}node_modules`) && !file.includes(`${path.sep}.reroute`);
  cpSync(path.join(repo, 'examples/chat-backend'), target, { recursive: true, filter: isInstalled });
  const modules = path.join(target, 'node_modules');
  for (const folder of ['@types', '.bin']) mkdirSync(path.join(modules, folder), { recursive: true });
  symlinkSync(repo, path.join(modules, 'reroute'), 'junction');
  for (const name of ['vitest', 'typescript', '@types/node', '.bin/vitest', '.bin/tsc']) {
    symlinkSync(path.join(repo, 'node_modules', name), path.join(modules, name), 'junction');
  }
  return target;
}
