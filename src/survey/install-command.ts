import path from 'node:path';
import type { TargetView } from './target-view.ts';

const INSTALLS: readonly (readonly [lockFile: string, command: string])[] = [
  ['package-lock.json', 'npm ci'],
  ['npm-shrinkwrap.json', 'npm ci'],
  ['pnpm-lock.yaml', 'pnpm install'],
  ['yarn.lock', 'yarn install'],
  ['bun.lock', 'bun install'],
  ['bun.lockb', 'bun install'],
];

/**
 * The command that brings a package which a package.json of the target lists, told by the lock file beside that or above;
 * `undefined` when none lists it.
 */
export function installCommand(view: TargetView, name: string): string | undefined {
  const manifest = manifestWith(view, name);
  if (manifest === undefined) return undefined;
  for (let folder = path.posix.dirname(manifest); ; folder = path.posix.dirname(folder)) {
    const found = INSTALLS.find(([lockFile]) => view.bytes(path.posix.join(folder, lockFile)) !== undefined);
    if (found) return folder === '.' ? found[1] : `${found[1]}   (in ${folder})`;
    if (folder === '.') return 'npm install';
  }
}

/** The first package.json that lists a package. */
function manifestWith(view: TargetView, name: string): string | undefined {
  const manifests = view.documents().filter((file) => path.posix.basename(file) === 'package.json');
  return manifests.find((file) => {
    const source = view.read(file);
    return typeof source === 'object' && source.text.includes(`"${name}":`);
  });
}
