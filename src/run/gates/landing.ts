import { splitQuery } from '../../base/specifier-query.ts';
import type { CompilerSession } from '../../compiler/contract.ts';
import { type ExportRef, formatModule, type Migration, type ModuleRef } from '../../manifest/migration.ts';
import type { FileChange, Outcome } from '../../plan/file-change.ts';
import type { TargetModules } from '../../survey/survey.ts';
import type { TargetView } from '../../survey/target-view.ts';
import type { Subject } from '../../survey/usage.ts';
import type { Strayed } from './types-options.ts';

export interface Landing {
  readonly outcomes: readonly Outcome[];
  /** Whether a file (absolute) is a module, or hands on what is wanted of it. */
  readonly reaches: TargetModules['reaches'];
}

/**
 * Specifiers that an edit wrote and that do not lead to a canonical module. Empty when all do. The session must have the changes laid over it: what counts is where the checked program resolves them.
 */
export function strayedSpecifiers(
  session: CompilerSession,
  view: TargetView,
  migration: Migration,
  changes: readonly FileChange[],
  { outcomes, reaches }: Landing,
): readonly Strayed[] {
  const specifiersOf = new Map(
    outcomes.flatMap(({ usage: { id, subject } }) => (subject.kind === 'specifier' ? [[id, subject] as const] : [])),
  );
  const modules = canonicalModules(migration);
  const specifiers = new Set(modules.map(formatModule));
  const files = new Set(modules.flatMap((module) => (module.kind === 'path' ? [view.absolute(module.path)] : [])));
  const lands = (from: string, file: string) =>
    files.has(file) || modules.some((module) => reaches(from, file, module));
  const olds = specifiersBefore(outcomes);
  // What no compiler checks, such as a mock, may be found by less; it is written as it was.
  const wasMissing = (file: string) =>
    (olds.get(file) ?? []).some((old) => session.isMissing(view.absolute(file), splitQuery(old).path));
  const isCanonical = (file: string, specifier: string): boolean => {
    if (specifiers.has(specifier)) return true;
    const { path } = splitQuery(specifier);
    const found = session.resolveSpecifier(view.absolute(file), path);
    if (found === undefined || !lands(file, found)) return false;
    return !isBare(path) || !session.isMissing(view.absolute(file), path) || wasMissing(file);
  };
  return changes.flatMap((change) =>
    written(change, specifiersOf)
      .filter(({ specifier, from }) => !isCanonical(from, specifier))
      .map(({ specifier }) => ({ file: change.file, specifier })),
  );
}

/** Whether a relative specifier has no extension, without which not every compiler finds a file. */
function isBare(specifier: string): boolean {
  return specifier.startsWith('.') && !/\.[cm]?[jt]sx?$/.test(specifier);
}

function specifiersBefore(outcomes: readonly Outcome[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { usage } of outcomes) {
    if (usage.subject.kind !== 'specifier') continue;
    found.set(usage.place.file, [...(found.get(usage.place.file) ?? []), usage.text]);
  }
  return found;
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
