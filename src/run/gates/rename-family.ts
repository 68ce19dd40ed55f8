import { type ExportMove, formatModule, type ModuleRef } from '../../manifest/migration.ts';
import type { Outcome } from '../../plan/file-change.ts';
import { importsOf } from '../../rewrite/stubs.ts';
import type { Usage } from '../../survey/usage.ts';

/** A member that is renamed in place, with its overrides: one name, or an override would override nothing any more. */
export interface RenameFamily {
  /** What it goes with. */
  readonly head: 'declaration' | 'import';
  /** The edited usages that declare it, or import what it belongs to. */
  readonly declarations: readonly Usage[];
  /** The ids of all its edited usages. */
  readonly usages: ReadonlySet<string>;
}

/**
 * The families of the edited usages. Deprecated members are in none, since the check of types tells where one got another
 * class than it needs; but for those that it does not see, which go with their file's import of the class.
 */
export function renameFamilies(outcomes: readonly Outcome[], edited: ReadonlySet<string>): readonly RenameFamily[] {
  return [...inPlaceFamilies(outcomes), ...stubFamilies(outcomes, edited), ...unseenFamilies(outcomes, edited)];
}

/** A stub's key goes with the imports that it stands in for, which are another file's. */
function stubFamilies(outcomes: readonly Outcome[], edited: ReadonlySet<string>): readonly RenameFamily[] {
  return outcomes.flatMap(({ usage: { id, subject } }): readonly RenameFamily[] => {
    if (subject.kind !== 'specifier' || !subject.stub || !edited.has(id)) return [];
    const imports = importsOf(subject.stub.of, subject.module, outcomes).map(({ usage }) => usage);
    return [{ head: 'import', declarations: imports.filter((each) => edited.has(each.id)), usages: new Set([id]) }];
  });
}

function unseenFamilies(outcomes: readonly Outcome[], edited: ReadonlySet<string>): readonly RenameFamily[] {
  const families = new Map<string, { declarations: Usage[]; usages: Set<string> }>();
  const familyOf = ({ place }: Usage, module: ModuleRef) => {
    const key = `${place.file}\0${formatModule(module)}`;
    const family = families.get(key) ?? { declarations: [], usages: new Set() };
    families.set(key, family);
    return family;
  };
  for (const { usage } of outcomes) {
    const { subject, verdict } = usage;
    if (verdict.kind !== 'proven' || !edited.has(usage.id)) continue;
    if (subject.kind === 'specifier') familyOf(usage, subject.module).declarations.push(usage);
    if (subject.kind !== 'member' || !verdict.proof.unseen) continue;
    const { deprecated } = subject.candidates[verdict.candidate]!;
    if (deprecated) familyOf(usage, deprecated.export.module).usages.add(usage.id);
  }
  for (const usage of besideUnseen(outcomes, edited)) {
    familyOf(usage, deprecatedModuleOf(usage)!).usages.add(usage.id);
  }
  return [...families.values()]
    .filter(({ usages }) => usages.size > 0)
    .map((family) => ({ head: 'import', ...family }));
}

/**
 * The uses of a member in a file that also has its name where the check of types does not see it: a key may replace the
 * member (`spyOn(router, 'get_order', …)`), and calls under another name would pass what stands there by.
 */
function besideUnseen(outcomes: readonly Outcome[], edited: ReadonlySet<string>): readonly Usage[] {
  const members = outcomes.flatMap(({ usage }) => {
    const module = edited.has(usage.id) ? deprecatedModuleOf(usage) : undefined;
    return module ? [{ usage, key: `${usage.place.file}\0${formatModule(module)}\0${usage.text}` }] : [];
  });
  const isUnseen = ({ verdict }: Usage) => verdict.kind === 'proven' && verdict.proof.unseen === true;
  const unseen = new Set(members.flatMap(({ usage, key }) => (isUnseen(usage) ? [key] : [])));
  return members.flatMap(({ usage, key }) => (unseen.has(key) && !isUnseen(usage) ? [usage] : []));
}

/** The module of the class whose member a usage is, when that class goes. */
function deprecatedModuleOf({ subject, verdict }: Usage): ModuleRef | undefined {
  if (subject.kind !== 'member' || verdict.kind !== 'proven') return undefined;
  return subject.candidates[verdict.candidate]!.deprecated?.export.module;
}

function inPlaceFamilies(outcomes: readonly Outcome[]): readonly RenameFamily[] {
  const families = new Map<ExportMove, Map<string, { declarations: Usage[]; usages: Set<string> }>>();
  for (const { usage, result } of outcomes) {
    const move = result === 'edited' ? inPlace(usage) : undefined;
    if (!move) continue;
    const byName = families.get(move) ?? new Map();
    families.set(move, byName);
    const family = byName.get(usage.text) ?? { declarations: [], usages: new Set() };
    byName.set(usage.text, family);
    family.usages.add(usage.id);
    if (declares(usage)) family.declarations.push(usage);
  }
  const all = [...families.values()].flatMap((byName) => [...byName.values()]);
  return all.map((family) => ({ head: 'declaration', ...family }));
}

/** The move that renames the usage's member in place. */
function inPlace({ subject, verdict }: Usage): ExportMove | undefined {
  if (subject.kind !== 'member' || verdict.kind !== 'proven') return undefined;
  const { move, deprecated } = subject.candidates[verdict.candidate]!;
  return deprecated === undefined ? move : undefined;
}

function declares({ place, verdict }: Usage): boolean {
  if (verdict.kind !== 'proven') return false;
  const { declaration } = verdict.proof;
  return declaration.file === place.file && declaration.range.start === place.range.start;
}
