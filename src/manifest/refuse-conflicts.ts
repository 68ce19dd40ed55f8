import { formatKeyPath, type KeyPath } from './key-path.ts';
import { type ExportRef, formatExport, formatModule, type ModuleRef } from './migration.ts';
import type { PlacedMove } from './normalise-moves.ts';
import type { Problems } from './problems.ts';

/**
 * Adds a problem for everything that is said twice or contradicts: a deprecated export or module replaced twice, an
 * export replaced whose whole module moves, something deprecated that is canonical too, a canonical that is there twice.
 */
export function refuseConflicts(
  moves: readonly PlacedMove[],
  review: readonly { readonly export: ExportRef; readonly path: KeyPath }[],
  problems: Problems,
): void {
  const replacedExports = new Map<string, KeyPath>();
  const replacedModules = new Map<string, KeyPath>();
  const once = (seen: Map<string, KeyPath>, key: string, path: KeyPath, what: string): void => {
    const first = seen.get(key);
    if (first) problems.add(path, `${what} is replaced already (${formatKeyPath(first)})`);
    else seen.set(key, path);
  };

  for (const { move, replaces } of moves) {
    for (const [index, each] of move.replaces.entries()) {
      if ('export' in each) once(replacedExports, exportKey(each.export), replaces[index]!, formatExport(each.export));
      else once(replacedModules, moduleKey(each), replaces[index]!, formatModule(each));
    }
  }
  for (const { move, replaces } of moves) {
    if (move.kind === 'module') continue;
    move.replaces.forEach(({ export: ref }, index) => {
      const whole = replacedModules.get(moduleKey(ref.module));
      if (whole)
        problems.add(
          replaces[index]!,
          `${formatExport(ref)} moves with its whole module already (${formatKeyPath(whole)})`,
        );
    });
  }
  refuseCanonicalTwice(moves, problems);
  for (const { move, path } of moves) {
    const module = move.kind === 'module' ? move.canonical : move.canonical.module;
    const asModule = replacedModules.get(moduleKey(module));
    const asExport = move.kind === 'export' ? replacedExports.get(exportKey(move.canonical)) : undefined;
    const name = move.kind === 'module' ? formatModule(module) : formatExport(move.canonical);
    if (asModule)
      problems.add(
        asModule,
        `${formatModule(module)} is canonical as well (${formatKeyPath(path)}); it is one or the other`,
      );
    if (asExport)
      problems.add(asExport, `${name} is canonical as well (${formatKeyPath(path)}); it is one or the other`);
  }
  for (const { export: ref, path } of review) {
    const replaced = replacedExports.get(exportKey(ref));
    if (replaced)
      problems.add(
        path,
        `${formatExport(ref)} is replaced as well (${formatKeyPath(replaced)}); it is one or the other`,
      );
  }
}

function refuseCanonicalTwice(moves: readonly PlacedMove[], problems: Problems): void {
  const seen = new Map<string, KeyPath>();
  for (const { move, path } of moves) {
    const key = move.kind === 'module' ? moduleKey(move.canonical) : exportKey(move.canonical);
    const first = seen.get(key);
    // The same place twice is one entry whose imports differ.
    if (first && formatKeyPath(first) !== formatKeyPath(path))
      problems.add(path, `it is there already (${formatKeyPath(first)})`);
    else seen.set(key, path);
  }
}

function moduleKey(ref: ModuleRef): string {
  return `${ref.kind} ${formatModule(ref)}`;
}

function exportKey(ref: ExportRef): string {
  return `${moduleKey(ref.module)}#${ref.name}`;
}
