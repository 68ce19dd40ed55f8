import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import type { ExportSurface } from '../compiler/surface.ts';
import type { SurfaceReader } from '../compiler/surface-reader.ts';
import { type ExportRef, formatExport, formatModule, type Migration, type ModuleRef } from '../manifest/migration.ts';
import { nearestName } from '../manifest/nearest-name.ts';

export interface ManifestCheck {
  readonly migration: Migration;
  readonly reader: SurfaceReader;
  /** The target's files, relative; the names that are suggested for a path come from them. Asked only then. */
  readonly files: () => readonly string[];
  /** Whether a deprecated module was taken away by an earlier run: then it need not be there. */
  readonly isRetired?: (path: string) => boolean;
}

/**
 * Returns when every module and export that the migration names is in the target. Otherwise throws one error that lists
 * all that are not, each with the nearest name that is: `MANIFEST_UNKNOWN_MODULE` when a module is among them, else
 * `MANIFEST_UNKNOWN_EXPORT`. The canonical module of a module that moves may be missing: the run makes it. When all are
 * there, throws `MANIFEST_PRIVATE_MEMBER` for mappings to members that code outside of their class cannot use.
 */
export function checkManifest({ migration, reader, files, isRetired = () => false }: ManifestCheck): void {
  const coming = comingModules(migration, reader);
  const modules: string[] = [];
  const exports: string[] = [];
  const seen = new Set<string>();
  const checkModule = (ref: ModuleRef): boolean => {
    if (reader.resolve(ref) || coming.has(formatModule(ref))) return true;
    if (!seen.has(formatModule(ref))) {
      modules.push(
        `${formatModule(ref)}: ${ref.kind === 'path' ? 'no such file' : 'does not resolve'}${nearestText(formatModule(ref), files())}`,
      );
    }
    seen.add(formatModule(ref));
    return false;
  };
  const checkExport = (ref: ExportRef): void => {
    if (!checkModule(ref.module) || seen.has(formatExport(ref))) return;
    seen.add(formatExport(ref));
    const there = reader.resolve(ref.module) ? ref.module : coming.get(formatModule(ref.module))!;
    const names = [...reader.surface(there).exports.keys()];
    if (!names.includes(ref.name)) exports.push(`${formatExport(ref)}: no such export${nearestText(ref.name, names)}`);
  };
  for (const move of migration.moves) {
    const gone = (ref: ModuleRef): boolean => ref.kind === 'path' && !reader.resolve(ref) && isRetired(ref.path);
    if (move.kind === 'module') {
      if (move.replaces.every(gone) || checkModule(move.canonical))
        for (const ref of move.replaces) if (!gone(ref)) checkModule(ref);
      continue;
    }
    checkExport(move.canonical);
    for (const ref of move.imports.values()) checkExport(ref);
    for (const { export: ref } of move.replaces) if (!gone(ref.module)) checkExport(ref);
  }
  for (const rule of migration.review) checkExport(rule.export);
  if (modules.length + exports.length === 0) {
    refusePrivate(migration, reader);
    return;
  }
  const count = (list: readonly string[], noun: string): string[] =>
    list.length > 0 ? [`${list.length} ${noun}(s)`] : [];
  throw new RerouteError({
    code: modules.length > 0 ? 'MANIFEST_UNKNOWN_MODULE' : 'MANIFEST_UNKNOWN_EXPORT',
    message: `The manifest names ${[...count(modules, 'module'), ...count(exports, 'export')].join(' and ')} that the target does not have.`,
    where: { file: migration.file },
    details: [...modules, ...exports],
    next: 'Correct the names in the manifest, or run in the right target.',
  });
}

/** What code uses from outside of a class must not become what only the class itself can use. */
function refusePrivate(migration: Migration, reader: SurfaceReader): void {
  const found: string[] = [];
  const surfaceOf = ({ module, name }: ExportRef) =>
    reader.resolve(module) ? reader.surface(module).exports.get(name) : undefined;
  for (const move of migration.moves) {
    if (move.kind === 'module') continue;
    const canonical = surfaceOf(move.canonical);
    for (const { export: ref, mappings } of move.replaces) {
      const own = mappings.filter(({ of }) => of === 'member');
      const deprecated = own.length > 0 ? surfaceOf(ref) : undefined;
      for (const { source, name, to } of own) {
        // What tests take from a private member by `router['name']` they may take from another one.
        if (!isPrivate(canonical, to.member) || isPrivate(deprecated, name)) continue;
        found.push(`'${source.from}': '${source.to}': '${to.member}' is private in ${formatExport(move.canonical)}`);
      }
    }
  }
  if (found.length === 0) return;
  throw new RerouteError({
    code: 'MANIFEST_PRIVATE_MEMBER',
    message: `The manifest maps ${found.length} member(s) to what only code inside of the canonical class can use.`,
    where: { file: migration.file },
    details: found,
    next: 'Name a public member in the manifest, or make this one public in the canonical class.',
  });
}

function isPrivate(surface: ExportSurface | undefined, name: string): boolean {
  if (!surface?.privates.includes(name)) return false;
  return ![...surface.members, ...surface.statics].some((each) => each.name === name);
}

/** Canonical modules that are not there yet, each with the deprecated module whose text becomes it. */
function comingModules(migration: Migration, reader: SurfaceReader): ReadonlyMap<string, ModuleRef> {
  const coming = new Map<string, ModuleRef>();
  for (const move of migration.moves) {
    if (move.kind !== 'module' || reader.resolve(move.canonical)) continue;
    const from = move.replaces.find((ref) => ref.kind === 'path' && reader.resolve(ref));
    if (from) coming.set(formatModule(move.canonical), from);
  }
  return coming;
}

function nearestText(name: string, candidates: readonly string[]): string {
  const near =
    nearestName(name, candidates) ?? candidates.find((one) => path.posix.basename(one) === path.posix.basename(name));
  if (near !== undefined) return `; did you mean '${near}'?`;
  return candidates.length > 0 && candidates.length <= 12 ? `; there are: ${candidates.join(', ')}` : '';
}
