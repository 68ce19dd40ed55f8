import { splitQuery } from '../../base/specifier-query.ts';
import type { CompilerSession } from '../../compiler/contract.ts';
import { type ExportRef, formatModule, type Migration, type ModuleRef } from '../../manifest/migration.ts';
import type { FileChange, Outcome } from '../../plan/file-change.ts';
import type { TargetView } from '../../survey/target-view.ts';
import type { Subject } from '../../survey/usage.ts';
import type { Strayed } from './types-options.ts';

/**
 * Specifiers that an edit wrote and that do not lead to a canonical module. Empty when all do. The session must have the changes laid over it: what counts is where the checked program resolves them.
 */
export function strayedSpecifiers(
  session: CompilerSession,
  view: TargetView,
  migration: Migration,
  changes: readonly FileChange[],
  outcomes: readonly Outcome[],
): readonly Strayed[] {
  const specifiersOf = new Map(
    outcomes.flatMap(({ usage: { id, subject } }) => (subject.kind === 'specifier' ? [[id, subject] as const] : [])),
  );
  const modules = canonicalModules(migration);
  const specifiers = new Set(modules.map(formatModule));
  const files = new Set(modules.flatMap((module) => (module.kind === 'path' ? [view.absolute(module.path)] : [])));
  return changes.flatMap((change) =>
    written(change, specifiersOf)
      .filter(
        ({ specifier, from }) =>
          !specifiers.has(specifier) &&
          !files.has(session.resolveSpecifier(view.absolute(from), splitQuery(specifier).path) ?? ''),
      )
      .map(({ specifier }) => ({ file: change.file, specifier })),
  );
}

function canonicalModules(migration: Migration): readonly ModuleRef[] {
  return migration.moves.flatMap((move) => {
    if (move.kind === 'module') return [move.canonical];
    const imported: ExportRef[] = [...move.imports.values()];
    return [move.canonical.module, ...imported.map((ref) => ref.module)];
  });
}

const IN_STATEMENT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"]+)\1/g;

interface Written {
  readonly specifier: string;
  /** The file that it counts from. */
  readonly from: string;
}

/** The specifiers that stand in the text after an edit and stood nowhere in the text before it. */
function written(
  change: FileChange,
  specifiersOf: ReadonlyMap<string, Extract<Subject, { kind: 'specifier' }>>,
): readonly Written[] {
  const before = change.before ?? '';
  const found: Written[] = [];
  for (const { range, text, group, usages } of change.edits) {
    const subject = specifiersOf.get(`${change.file}:${range.start}`);
    if (subject) found.push({ specifier: text, from: subject.stub?.from ?? change.file });
    // The text of a call is the manifest's own; only the import that it may need is written here.
    else if (!group.startsWith('member:') || usages.length === 0)
      for (const match of text.matchAll(IN_STATEMENT)) found.push({ specifier: match[2]!, from: change.file });
  }
  const isNew = ({ specifier }: Written) => !before.includes(`'${specifier}'`) && !before.includes(`"${specifier}"`);
  return [...new Map(found.filter(isNew).map((each) => [`${each.from} ${each.specifier}`, each])).values()];
}
