import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import type { SurfaceReader } from '../compiler/surface-reader.ts';
import {
  type ExportMove,
  type ExportRef,
  formatExport,
  formatModule,
  type Migration,
  type ModuleRef,
} from '../manifest/migration.ts';
import { nearestName } from '../manifest/nearest-name.ts';
import { isSource } from './list-files.ts';
import { refusePrivate } from './refuse-private.ts';
import { packageName } from './target-layout.ts';
import type { TargetView } from './target-view.ts';

export interface ManifestCheck {
  readonly migration: Migration;
  readonly reader: SurfaceReader;
  /** The target's files are looked through only when a name is missing: for what may have been meant. */
  readonly view: TargetView;
  /** The command that installs a package which the target lists. */
  readonly install?: (name: string) => string | undefined;
  /** Whether a deprecated module was taken away by an earlier run: then it need not be there. */
  readonly isRetired?: (path: string) => boolean;
}

/**
 * Returns when every module, export and member to be renamed in place that the migration names is in the target. Otherwise
 * throws one error that lists all that are not, each with the nearest name that is: `MANIFEST_UNKNOWN_MODULE` when a module
 * is among them, else `MANIFEST_UNKNOWN_EXPORT` or `MANIFEST_UNKNOWN_MEMBER`. The canonical module of a module that moves
 * may be missing: the run makes it. When all are there, throws `MANIFEST_PRIVATE_MEMBER` as {@link refusePrivate} does.
 */
export function checkManifest(check: ManifestCheck): void {
  const { migration, reader, view, install = () => undefined, isRetired = () => false } = check;
  const coming = comingModules(migration, reader);
  const modules: string[] = [];
  const exports: string[] = [];
  const members: string[] = [];
  const installs = new Set<string>();
  const seen = new Set<string>();
  const checkModule = (ref: ModuleRef): boolean => {
    if (reader.resolve(ref) || coming.has(formatModule(ref))) return true;
    if (!seen.has(formatModule(ref))) {
      const command = ref.kind === 'package' ? install(packageName(ref.specifier) ?? '') : undefined;
      if (command !== undefined) installs.add(command);
      modules.push(
        `${formatModule(ref)}: ${ref.kind === 'path' ? 'no such file' : 'does not resolve'}${nearestText(formatModule(ref), view.files())}`,
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
    if (move.inPlace.length > 0) members.push(...unknownMembers(move, reader, view));
    for (const ref of move.imports.values()) checkExport(ref);
    for (const { export: ref } of move.replaces) if (!gone(ref.module)) checkExport(ref);
  }
  for (const rule of migration.review) checkExport(rule.export);
  if (modules.length + exports.length + members.length === 0) {
    refusePrivate(migration, reader);
    return;
  }
  const count = (list: readonly string[], noun: string): string[] =>
    list.length > 0 ? [`${list.length} ${noun}(s)`] : [];
  throw new RerouteError({
    code:
      modules.length > 0
        ? 'MANIFEST_UNKNOWN_MODULE'
        : exports.length > 0
          ? 'MANIFEST_UNKNOWN_EXPORT'
          : 'MANIFEST_UNKNOWN_MEMBER',
    message: `The manifest names ${[...count(modules, 'module'), ...count(exports, 'export'), ...count(members, 'member')].join(' and ')} that the target does not have.`,
    where: { file: migration.file },
    details: [...modules, ...exports, ...members],
    next:
      installs.size > 0
        ? `${[...installs].join(', ')}   (package.json lists what does not resolve)`
        : 'Correct the names in the manifest, or run in the right target.',
  });
}

/**
 * The members to be renamed in place that the export has neither by their old nor by their new name, and that are not
 * spelled anywhere either: a surface tells no private members, and JavaScript may add some as it runs.
 */
function unknownMembers(
  { canonical, inPlace }: ExportMove,
  reader: SurfaceReader,
  view: TargetView,
): readonly string[] {
  if (!reader.resolve(canonical.module)) return [];
  const surface = reader.surface(canonical.module).exports.get(canonical.name);
  if (!surface) return [];
  const names = [...surface.members, ...surface.statics].map(({ name }) => name);
  const missing = inPlace.filter(
    ({ of, name, to }) => of === 'member' && !names.includes(name) && !names.includes(to.member),
  );
  return missing
    .filter(({ name }) => !isSpelled(name, view))
    .map(({ name }) => `${formatExport(canonical)}.${name}: no such member${nearestText(name, names)}`);
}

function isSpelled(name: string, view: TargetView): boolean {
  return view.files().some((file) => {
    const source = isSource(file) ? view.read(file) : 'gone';
    return typeof source !== 'string' && source.text.includes(name);
  });
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
