import type { ExportMove } from '../../manifest/migration.ts';
import type { Outcome } from '../../plan/file-change.ts';
import type { Usage } from '../../survey/usage.ts';

/** A member that is renamed in place, with its overrides: one name, or an override would override nothing any more. */
export interface RenameFamily {
  /** The edited usages that declare it. */
  readonly declarations: readonly Usage[];
  /** The ids of all its edited usages. */
  readonly usages: ReadonlySet<string>;
}

/** The families of the edited usages. Deprecated members are in none: while they stand, their proxies carry them. */
export function renameFamilies(outcomes: readonly Outcome[]): readonly RenameFamily[] {
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
  return [...families.values()].flatMap((byName) => [...byName.values()]);
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
