import type { KeyPath } from './key-path.ts';
import type { FolderMove } from './migration.ts';
import type { Problems } from './problems.ts';
import { check, schemas } from './schema.ts';

/** Whether a key of the manifest names a folder. */
export function isFolder(text: string): boolean {
  return text.endsWith('/');
}

/** The folders of the manifest's `canonical` that move as a whole, in its order, without those that have problems. */
export function readFolders(canonical: unknown, problems: Problems): readonly FolderMove[] {
  if (typeof canonical !== 'object' || canonical === null) return [];
  const replaced = new Map<string, string>();
  return Object.entries(canonical).flatMap(([text, value]) => {
    if (!isFolder(text)) return [];
    const path = ['canonical', text];
    const to = folderPath(text, path, problems);
    const input = check(schemas.moduleMove, value, path, problems);
    if (!input || to === undefined) return [];
    const replaces = input.replaces.flatMap((each, index) => {
      const at = [...path, 'replaces', index];
      if (!isFolder(each)) {
        problems.add(
          at,
          `found '${each}'; a folder replaces folders, which end in '/': '${each.replace(/\.\w+$/, '')}/'`,
        );
        return [];
      }
      const from = folderPath(each, at, problems);
      if (from === undefined) return [];
      if (to.startsWith(from)) problems.add(at, `'${to}' lies in '${from}' itself; a folder cannot move into itself`);
      const overlapping = [...replaced.keys()].find((other) => from.startsWith(other) || other.startsWith(from));
      if (overlapping) problems.add(at, `'${from}' is replaced already, by '${replaced.get(overlapping)}'`);
      replaced.set(from, to);
      return [from];
    });
    return [{ canonical: to, replaces }];
  });
}

function folderPath(text: string, at: KeyPath, problems: Problems): string | undefined {
  const segments = text.split('/').filter((segment) => segment !== '.' && segment !== '');
  const wrong = text.includes('\\')
    ? "write '/' between segments"
    : text.startsWith('/') || /^[a-z]:/i.test(text)
      ? "a folder is relative to the target's root"
      : segments.includes('..')
        ? "a folder does not leave the target's root"
        : segments.length === 0
          ? "the target's root cannot move"
          : undefined;
  if (wrong === undefined) return `${segments.join('/')}/`;
  problems.add(at, `found '${text}'; ${wrong}`);
  return undefined;
}
