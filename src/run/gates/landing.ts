import type { CompilerSession } from '../../compiler/contract.ts';
import { type ExportRef, formatModule, type Migration, type ModuleRef } from '../../manifest/migration.ts';
import type { FileChange } from '../../plan/file-change.ts';
import type { TargetView } from '../../survey/target-view.ts';
import type { Strayed } from './types.ts';

/**
 * Specifiers that an import edit wrote and that do not lead to a canonical module, as `file: specifier`. Empty when all
 * do. The session must have the changes laid over it: what counts is where the checked program resolves them.
 */
export function strayedSpecifiers(
  session: CompilerSession,
  view: TargetView,
  migration: Migration,
  changes: readonly FileChange[],
): readonly Strayed[] {
  const modules = canonicalModules(migration);
  const specifiers = new Set(modules.map(formatModule));
  const files = new Set(modules.flatMap((module) => (module.kind === 'path' ? [view.absolute(module.path)] : [])));
  return changes.flatMap((change) =>
    written(change)
      .filter(
        (specifier) =>
          !specifiers.has(specifier) &&
          !files.has(session.resolveSpecifier(view.absolute(change.file), specifier) ?? ''),
      )
      .map((specifier) => ({ file: change.file, specifier })),
  );
}

function canonicalModules(migration: Migration): readonly ModuleRef[] {
  return migration.moves.flatMap((move) => {
    if (move.kind === 'module') return [move.canonical];
    const imported: ExportRef[] = [...move.imports.values()];
    return [move.canonical.module, ...imported.map((ref) => ref.module)];
  });
}

/** The specifiers that stand in the text after an import edit and stood nowhere in the text before it. */
function written(change: FileChange): readonly string[] {
  const before = change.before ?? '';
  const found = new Set<string>();
  for (const edit of change.edits) {
    if (!edit.group.startsWith('import:')) continue;
    const inQuotes =
      /['"`]/.test(before[edit.range.start - 1] ?? '') && before[edit.range.end] === before[edit.range.start - 1];
    if (inQuotes) found.add(edit.text);
    else for (const match of edit.text.matchAll(/(?:\bfrom|\(|\bimport)\s*(['"])([^'"]+)\1/g)) found.add(match[2]!);
  }
  return [...found].filter((specifier) => !before.includes(`'${specifier}'`) && !before.includes(`"${specifier}"`));
}
