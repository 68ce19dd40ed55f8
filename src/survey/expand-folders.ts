import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import type { FolderMove, Migration, ModuleMove } from '../manifest/migration.ts';
import type { TargetView } from './target-view.ts';

/** Runs by itself and is imported by nobody: it stays where it is, and its imports are rewritten. */
const TEST_FILE = /(?:^|\/)(?:__tests__|__mocks__)\/|[.-](?:test|spec)\.[cm]?[jt]sx?$/;

/**
 * The migration with each folder that moves as the modules that are in it, in this target: every source file but tests. A
 * module that the manifest names on its own goes by what is said there.
 *
 * Throws `MANIFEST_UNKNOWN_MODULE` for a folder without a source file, unless the canonical folder has some: then
 * the old one was taken away when all was done.
 */
export function expandFolders(migration: Migration, view: Pick<TargetView, 'files'>): Migration {
  const { folders = [] } = migration;
  if (folders.length === 0) return migration;
  const files = view.files();
  const named = new Set(
    migration.moves.flatMap((move) =>
      (move.kind === 'module' ? move.replaces : move.replaces.map((each) => each.export.module)).flatMap((ref) =>
        ref.kind === 'path' ? [ref.path] : [],
      ),
    ),
  );
  const expanded = folders.flatMap((folder) => movesOf(folder, files, named, migration));
  const { folders: _, ...rest } = migration;
  // Two old folders may have a module of the same name: one canonical module replaces both.
  const byCanonical = new Map<string, ModuleMove['replaces'][number][]>();
  for (const { to, from } of expanded) {
    byCanonical.set(to, [...(byCanonical.get(to) ?? []), { kind: 'path', path: from }]);
  }
  const moves = [...byCanonical].map(
    ([to, replaces]): ModuleMove => ({
      kind: 'module',
      canonical: { kind: 'path', path: to },
      replaces,
    }),
  );
  return { ...rest, moves: [...migration.moves, ...moves] };
}

function movesOf(
  { canonical, replaces }: FolderMove,
  files: readonly string[],
  named: ReadonlySet<string>,
  migration: Migration,
): readonly { readonly from: string; readonly to: string }[] {
  return replaces.flatMap((folder) => {
    const inside = files.filter((file) => file.startsWith(folder));
    if (inside.length === 0 && !files.some((file) => file.startsWith(canonical))) {
      throw new RerouteError({
        code: 'MANIFEST_UNKNOWN_MODULE',
        message: `The manifest moves the folder '${folder}', and the target has no source file in it.`,
        where: { file: migration.file },
        details: nearFolders(folder, files),
        next: 'Correct the name in the manifest, or run in the right target.',
      });
    }
    return inside
      .filter((file) => !named.has(file) && !TEST_FILE.test(file.slice(folder.length)))
      .map((from) => ({ from, to: canonical + from.slice(folder.length) }));
  });
}

function nearFolders(folder: string, files: readonly string[]): readonly string[] {
  const last = path.posix.basename(folder);
  const folders = [...new Set(files.map((file) => `${path.posix.dirname(file)}/`))];
  return folders.filter((each) => path.posix.basename(each) === last).map((each) => `there is ${each}`);
}
