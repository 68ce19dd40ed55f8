import type { KeyPath } from './key-path.ts';
import type { Deprecated, DeprecationFacts, ExportMove, ExportRef, ModuleMove, ModuleRef, Move } from './migration.ts';
import { isExportName, parseExport, parseModule } from './module-ref.ts';
import { isFolder } from './normalise-folders.ts';
import {
  mergeMappings,
  type PlacedMapping,
  readImports,
  readMembers,
  readOverrides,
  refuseAmbiguous,
  refuseEndless,
  refuseUnknownNames,
} from './normalise-members.ts';
import type { Problems } from './problems.ts';
import { check, describe, schemas } from './schema.ts';

type Imports = ReadonlyMap<string, ExportRef>;

/** A move and where its parts stand in the manifest. */
export interface PlacedMove {
  readonly move: Move;
  readonly path: KeyPath;
  /** One for each of `move.replaces`. */
  readonly replaces: readonly KeyPath[];
}

/** The moves of the manifest's `canonical`, in its order, without those that have problems. */
export function readMoves(
  canonical: unknown,
  deprecation: DeprecationFacts | undefined,
  problems: Problems,
): readonly PlacedMove[] {
  const modules = check(schemas.canonical, canonical, ['canonical'], problems);
  if (modules && Object.keys(modules).length === 0)
    problems.add(['canonical'], 'found nothing; allowed: at least one module');
  return Object.entries(modules ?? {}).flatMap(([text, value]) => {
    if (isFolder(text)) return [];
    const path = ['canonical', text];
    const module = parseModule(text);
    if (typeof module === 'string') {
      problems.add(path, module);
      return [];
    }
    if (typeof value.exports === 'string') return readModuleMove(module, value, path, problems);
    if (Object.keys(value).length === 0) {
      problems.add(
        path,
        "found an empty object; allowed: exports by name, or { exports: '*', replaces: ['<module>'] }",
      );
    }
    return Object.entries(value).flatMap(([name, move]) =>
      readExportMove({ module, name }, move, deprecation, [...path, name], problems),
    );
  });
}

function readModuleMove(
  canonical: ModuleRef,
  value: unknown,
  path: KeyPath,
  problems: Problems,
): readonly PlacedMove[] {
  const input = check(schemas.moduleMove, value, path, problems);
  if (!input) return [];
  const replaces: ModuleRef[] = [];
  const paths: KeyPath[] = [];
  input.replaces.forEach((text, index) => {
    const at = [...path, 'replaces', index];
    const hash = text.lastIndexOf('#');
    if (isFolder(text)) {
      problems.add(at, `found '${text}'; a folder moves to a folder: end the canonical one in '/' as well`);
      return;
    }
    const module =
      hash > 0
        ? `found '${text}'; a whole module moves, so name the module: '${text.slice(0, hash)}'`
        : parseModule(text);
    if (typeof module === 'string') problems.add(at, module);
    else {
      replaces.push(module);
      paths.push(at);
    }
  });
  const move: ModuleMove = { kind: 'module', canonical, replaces };
  return [{ move, path, replaces: paths }];
}

/** What a manifest says of deprecated things at run time; `undefined` when it says nothing. */
export function readDeprecation(value: unknown, path: KeyPath, problems: Problems): DeprecationFacts | undefined {
  return value === undefined ? undefined : check(schemas.deprecation, value, path, problems);
}

interface PlacedDeprecated extends Deprecated {
  readonly path: KeyPath;
  readonly imports: Imports;
}

function readExportMove(
  canonical: ExportRef,
  value: unknown,
  shared: DeprecationFacts | undefined,
  path: KeyPath,
  problems: Problems,
): readonly PlacedMove[] {
  if (!isExportName(canonical.name)) problems.add(path, `'${canonical.name}' is not an export's name`);
  const input = check(schemas.exportMove, value, path, problems);
  if (!input) return [];
  const own = readDeprecation(input.deprecation, [...path, 'deprecation'], problems);
  const deprecation = shared || own ? { ...shared, ...own } : undefined;
  const members = readMembers(input.members, path, problems);
  const imports = readImports(input.imports, path, problems);
  const overrides = readOverrides(input.overrides, path, problems);
  refuseUnknownNames(overrides, imports, problems);
  const entries = input.replaces ?? [];
  if (entries.length === 0) return [renamedInPlace(canonical, members, imports, path, problems)];

  refuseAmbiguous(members, problems);
  const deprecated = entries.flatMap((entry, index) =>
    readDeprecated(entry, members, imports, [...path, 'replaces', index], problems),
  );
  return groupByImports(deprecated, imports).map((group): PlacedMove => {
    const move: ExportMove = {
      kind: 'export',
      canonical,
      replaces: group.deprecated.map(({ export: ref, mappings }) => ({ export: ref, mappings })),
      inPlace: [],
      imports: group.imports,
      ...(overrides.length > 0 && { overrides: overrides.map(({ mapping }) => mapping) }),
      ...(deprecation && { deprecation }),
    };
    return { move, path, replaces: group.deprecated.map((each) => each.path) };
  });
}

function renamedInPlace(
  canonical: ExportRef,
  mappings: readonly PlacedMapping[],
  imports: Imports,
  path: KeyPath,
  problems: Problems,
): PlacedMove {
  if (mappings.length === 0)
    problems.add(path, 'it replaces nothing and renames no members; allowed: replaces, members, or both');
  refuseAmbiguous(mappings, problems);
  refuseUnknownNames(mappings, imports, problems);
  refuseEndless(mappings, problems);
  const inPlace = mappings.map(({ mapping }) => mapping);
  return { move: { kind: 'export', canonical, replaces: [], inPlace, imports }, path, replaces: [] };
}

function readDeprecated(
  entry: unknown,
  shared: readonly PlacedMapping[],
  sharedImports: Imports,
  path: KeyPath,
  problems: Problems,
): readonly PlacedDeprecated[] {
  if (typeof entry !== 'string' && (typeof entry !== 'object' || entry === null || Array.isArray(entry))) {
    problems.add(
      path,
      `${describe(entry)}; allowed: '<module>#<name>', or { export: '<module>#<name>', members, imports }`,
    );
    return [];
  }
  const input = typeof entry === 'string' ? { export: entry } : check(schemas.deprecated, entry, path, problems);
  if (!input) return [];
  const own = readMembers(input.members, path, problems);
  const imports = new Map([...sharedImports, ...readImports(input.imports, path, problems)]);
  const mappings = mergeMappings(own, shared);
  refuseAmbiguous(mappings, problems);
  refuseUnknownNames(mappings, imports, problems);
  const ref = parseExport(input.export);
  const at = typeof entry === 'string' ? path : [...path, 'export'];
  if (typeof ref === 'string') {
    problems.add(at, ref);
    return [];
  }
  return [{ export: ref, mappings: mappings.map(({ mapping }) => mapping), path: at, imports }];
}

/**
 * Deprecated exports whose imports agree. A move has one set of imports; where a deprecated export takes a name from
 * elsewhere than the others do, it becomes a move of its own.
 */
function groupByImports(
  all: readonly PlacedDeprecated[],
  shared: Imports,
): readonly { readonly deprecated: PlacedDeprecated[]; readonly imports: Map<string, ExportRef> }[] {
  const groups: { deprecated: PlacedDeprecated[]; imports: Map<string, ExportRef> }[] = [];
  for (const each of all) {
    let group = groups.find(({ imports }) => agree(imports, each.imports));
    if (!group) {
      group = { deprecated: [], imports: new Map(shared) };
      groups.push(group);
    }
    group.deprecated.push(each);
    for (const [name, ref] of each.imports) group.imports.set(name, ref);
  }
  return groups;
}

function agree(a: Imports, b: Imports): boolean {
  return [...b].every(([name, ref]) => {
    const other = a.get(name);
    return !other || JSON.stringify(other) === JSON.stringify(ref);
  });
}
