import { RerouteError } from '../base/errors.ts';
import { formatKeyPath, type KeyPath } from './key-path.ts';
import { argumentCounts, fillTemplate, fits, parseMapping, sharedCount } from './mapping.ts';
import type { ExportRef, Mapping } from './migration.ts';
import { isExportName, parseExport, parseModule } from './module-ref.ts';
import { didYouMean } from './nearest-name.ts';
import { parseTemplate, STANDARD_GLOBALS } from './parse-template.ts';
import type { Problems } from './problems.ts';

/** A mapping and where the manifest has it. */
export interface PlacedMapping {
  readonly mapping: Mapping;
  readonly path: KeyPath;
}

/** The mappings of a `members` object that parse; the others become problems. */
export function readMembers(
  members: Readonly<Record<string, string>> | undefined,
  path: KeyPath,
  problems: Problems,
): readonly PlacedMapping[] {
  return Object.entries(members ?? {}).flatMap(([from, to]) => {
    const at = [...path, 'members', from];
    try {
      return [{ mapping: parseMapping(from, to), path: at }];
    } catch (error) {
      if (!(error instanceof RerouteError)) throw error;
      problems.add(at, error.message);
      return [];
    }
  });
}

/** The lines of an `overrides` object, read from the canonical call on its right to the deprecated one on its left. */
export function readOverrides(
  overrides: Readonly<Record<string, string>> | undefined,
  path: KeyPath,
  problems: Problems,
): readonly PlacedMapping[] {
  return Object.entries(overrides ?? {}).flatMap(([deprecated, canonical]) => {
    const at = [...path, 'overrides', deprecated];
    try {
      const mapping = parseMapping(canonical, deprecated);
      const { template, argumentCount } = parseTemplate(mapping.of, mapping.to.text, mapping.parameters ?? []);
      if (mapping.of === 'member' && mapping.parameters && argumentCount !== undefined && /\)$/.test(template.text))
        return [{ mapping, path: at }];
      problems.add(
        at,
        `found '${deprecated}': '${canonical}'; allowed: the deprecated call and the canonical one that it stands for, ` +
          "'register_handler(it.type, it.handler)': 'addHandler(it)'",
      );
    } catch (error) {
      if (!(error instanceof RerouteError)) throw error;
      problems.add(at, error.message);
    }
    return [];
  });
}

/** The refs of an `imports` object; without `#` the key is the export's name. */
export function readImports(
  imports: Readonly<Record<string, string>> | undefined,
  path: KeyPath,
  problems: Problems,
): ReadonlyMap<string, ExportRef> {
  const refs = new Map<string, ExportRef>();
  for (const [name, text] of Object.entries(imports ?? {})) {
    const at = [...path, 'imports', name];
    const ref = text.lastIndexOf('#') > 0 ? parseExport(text) : withName(text, name);
    if (!isExportName(name)) problems.add(at, `'${name}' is not a name that a template can use`);
    else if (STANDARD_GLOBALS.has(name))
      problems.add(at, `'${name}' is a name that every JavaScript has; choose another`);
    else if (typeof ref === 'string') problems.add(at, ref);
    else refs.set(name, ref);
  }
  return refs;
}

function withName(text: string, name: string): ExportRef | string {
  const module = parseModule(text);
  return typeof module === 'string' ? module : { module, name };
}

/** An export's own mappings, then the shared ones that it does not say itself: the same member, as many arguments. */
export function mergeMappings(
  own: readonly PlacedMapping[],
  shared: readonly PlacedMapping[],
): readonly PlacedMapping[] {
  return [...own, ...shared.filter((theirs) => !own.some((mine) => sameKey(mine.mapping, theirs.mapping)))];
}

function sameKey(a: Mapping, b: Mapping): boolean {
  if (a.of !== b.of || a.name !== b.name) return false;
  if (!a.parameters || !b.parameters) return a.parameters === b.parameters;
  const [one, two] = [argumentCounts(a), argumentCounts(b)];
  return one.least === two.least && one.most === two.most;
}

/** Adds a problem for every two mappings that one use fits. */
export function refuseAmbiguous(mappings: readonly PlacedMapping[], problems: Problems): void {
  mappings.forEach((one, index) => {
    for (const other of mappings.slice(index + 1)) {
      const count = sharedCount(one.mapping, other.mapping);
      if (count === undefined) continue;
      const both = `'${one.mapping.source.from}' and '${other.mapping.source.from}'`;
      const rename = [one, other].some(({ mapping }) => !mapping.parameters);
      const why = rename
        ? 'a plain rename is for every use'
        : `a call with ${count === 1 ? '1 argument' : `${count} arguments`} fits both`;
      problems.add(
        other.path,
        `${both} say the same: ${why} (the other is ${formatKeyPath(one.path)})`,
        'MANIFEST_AMBIGUOUS_SIGNATURE',
      );
    }
  });
}

/** Adds a problem for every name in a template that nobody says where to import from. */
export function refuseUnknownNames(
  mappings: readonly PlacedMapping[],
  imports: ReadonlyMap<string, ExportRef>,
  problems: Problems,
): void {
  for (const { mapping, path } of mappings) {
    for (const name of mapping.to.freeNames) {
      if (imports.has(name)) continue;
      const known = [...imports.keys(), ...(mapping.parameters ?? []).map((parameter) => parameter.name)];
      problems.add(
        path,
        `'${name}' in '${mapping.source.to}' is neither a parameter nor in imports; ` +
          `add imports: { ${name}: '<module>' }${didYouMean(name, known)}`,
      );
    }
  }
}

/** Adds a problem for renames in place that would apply to their own result: a second run must change nothing. */
export function refuseEndless(mappings: readonly PlacedMapping[], problems: Problems): void {
  for (const { mapping, path } of mappings) {
    const again = mappings.find(({ mapping: other }) => appliesTo(other, mapping));
    if (!again) continue;
    const source = again.mapping.source;
    problems.add(
      path,
      `in place, its result is renamed again by '${source.from}': '${source.to}'; rename to a new name`,
    );
  }
}

function appliesTo(other: Mapping, result: Mapping): boolean {
  if (other.of !== result.of || (other.of === 'member' && other.name !== result.to.member)) return false;
  if (!result.parameters || !other.parameters) return true;
  return resultCounts(result).some((count) => fits(other, count));
}

/** How many arguments the rewritten calls have, with the optional ones left out and given. */
function resultCounts(mapping: Mapping): readonly number[] {
  const names = (mapping.parameters ?? []).filter(({ rest }) => !rest).map(({ name }) => name);
  const { least } = argumentCounts(mapping);
  return Array.from({ length: names.length - least + 1 }, (_, more) => {
    const filled = fillTemplate(mapping, names.slice(0, least + more));
    return parseTemplate(mapping.of, filled, []).argumentCount;
  }).filter((count) => count !== undefined);
}
