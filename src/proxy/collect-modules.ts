import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import {
  type Deprecated,
  type ExportMove,
  formatModule,
  type Migration,
  type ModuleMove,
  type ModuleRef,
} from '../manifest/migration.ts';
import { legacyPath } from '../survey/legacy-file.ts';
import { compareMappings } from './canonical-members.ts';
import { legacyText, originalIn } from './legacy-module.ts';
import { moveModule } from './move-module.ts';
import { isEdited, proxyOrigin } from './proxy-header.ts';

/** A deprecated module of the target, with what the manifest says of it. */
export interface CollectedModule {
  readonly path: string;
  /** What stands there now. */
  readonly current: string;
  /** What stood there before the migration. */
  readonly original: string;
  readonly moved: ModuleMove | undefined;
  readonly replaced: ReadonlyMap<string, { readonly move: ExportMove; readonly deprecated: Deprecated }>;
  readonly canonicals: readonly ModuleRef[];
  /** What it was, as it is kept beside its proxy; `undefined` when it is not. A module that moves is kept where it moves to. */
  readonly legacy: { readonly file: string; readonly text: string } | undefined;
}

export interface CollectedModules {
  readonly modules: readonly CollectedModule[];
  /** Canonical modules to make, by path. */
  readonly created: ReadonlyMap<string, MovedModule>;
  /** Deprecated modules that get no proxy, each with the reason. */
  readonly without: ReadonlyMap<string, string>;
  /** Of {@link without}: those with a proxy of which nobody knows what it replaced, or whose proxy somebody took away. */
  readonly lost: readonly string[];
}

/** The text of a module that moves, and the path that it comes from. */
interface MovedModule {
  readonly from: string;
  readonly text: string;
}

/**
 * The deprecated modules of a migration, by path. Throws `PROXY_ORIGINAL_MISSING` for a proxy that would have to be made
 * again when nobody knows what it replaced, unless such ones are to be left.
 */
export function collectModules(
  migration: Migration,
  readText: (path: string) => string | undefined,
  readOriginal: (path: string) => string | undefined,
  leaveLost = false,
): CollectedModules {
  const without = new Map<string, string>();
  const lost: string[] = [];
  const drafts = new Map<string, Draft>();
  const draft = (ref: ModuleRef): Draft | undefined => {
    if (ref.kind === 'package') {
      without.set(ref.specifier, 'a package: its proxy belongs into that package');
      return undefined;
    }
    const known = drafts.get(ref.path);
    if (known) return known;
    const made: Draft = { moved: undefined, replaced: new Map(), canonicals: [] };
    drafts.set(ref.path, made);
    return made;
  };
  for (const move of migration.moves) {
    if (move.kind === 'module') {
      for (const ref of move.replaces) {
        const one = draft(ref);
        if (!one) continue;
        one.moved = move;
        one.canonicals.unshift(move.canonical);
      }
      continue;
    }
    for (const deprecated of move.replaces) {
      const one = draft(deprecated.export.module);
      const mappings = deprecated.mappings.toSorted(compareMappings);
      one?.replaced.set(deprecated.export.name, { move, deprecated: { ...deprecated, mappings } });
      if (one && !one.canonicals.some((ref) => formatModule(ref) === formatModule(move.canonical.module))) {
        one.canonicals.push(move.canonical.module);
        if (one.moved === undefined) one.canonicals.sort((a, b) => (formatModule(a) < formatModule(b) ? -1 : 1));
      }
    }
  }
  const modules: CollectedModule[] = [];
  for (const [file, one] of [...drafts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const current = readText(file);
    if (current === undefined) {
      if (readOriginal(file) !== undefined) lost.push(file);
      without.set(file, 'no such file: retired, or not in this target');
      continue;
    }
    const original = originalOf(file, current, readText, readOriginal);
    if (original !== undefined) {
      modules.push({ path: file, current, original, ...one, legacy: legacyOf(file, original, migration, one) });
      continue;
    }
    if (!leaveLost) refuseLost(file, current, migration);
    lost.push(file);
    without.set(file, 'its proxy is up to date, and what it replaced is not known');
  }
  return { modules, created: createdModules(modules, readText), without, lost };
}

interface Draft {
  moved: ModuleMove | undefined;
  readonly replaced: Map<string, { readonly move: ExportMove; readonly deprecated: Deprecated }>;
  readonly canonicals: ModuleRef[];
}

function legacyOf(file: string, original: string, migration: Migration, { moved }: Draft): CollectedModule['legacy'] {
  const kept = legacyPath(file);
  if (!migration.fallback || moved || kept === undefined) return undefined;
  const { name, hash } = migration;
  return { file: kept, text: legacyText(file, original, { migration: name, hash }, 'npx reroute proxies') };
}

function originalOf(
  file: string,
  current: string,
  readText: (path: string) => string | undefined,
  readOriginal: (path: string) => string | undefined,
): string | undefined {
  if (!proxyOrigin(current)) return current;
  const original = readOriginal(file);
  if (original !== undefined && !proxyOrigin(original)) return original;
  const kept = readText(legacyPath(file) ?? '');
  return kept === undefined || isEdited(kept) ? undefined : originalIn(kept);
}

function refuseLost(file: string, current: string, { name, hash }: Migration): void {
  const origin = proxyOrigin(current)!;
  const isOfAnother = origin.migration !== name || origin.hash !== hash;
  if (!isOfAnother && !isEdited(current)) return;
  const what = isOfAnother
    ? `is a proxy that the migration "${origin.migration}" made from another manifest (${origin.hash}, now ${hash})`
    : 'is a proxy that was edited by hand';
  throw new RerouteError({
    code: 'PROXY_ORIGINAL_MISSING',
    message: `${file} ${what}, and the ledger does not have the module that stood there before.`,
    where: { file },
    next: 'reroute rollback consolidate, or restore the file from version control; then run the phase again.',
  });
}

function createdModules(
  modules: readonly CollectedModule[],
  readText: (path: string) => string | undefined,
): ReadonlyMap<string, MovedModule> {
  const created = new Map<string, MovedModule>();
  const movedTogether = newPlaces(modules);
  for (const { path: from, moved, original } of modules) {
    if (moved?.canonical.kind !== 'path') continue;
    const to = path.posix.normalize(moved.canonical.path);
    if (created.has(to) || readText(to) !== undefined) continue;
    created.set(to, { from, text: moveModule(original, from, to, movedTogether) });
  }
  return created;
}

/** Where each moved module stands afterwards, by every way in which a specifier may name its path. */
function newPlaces(modules: readonly CollectedModule[]): ReadonlyMap<string, string> {
  const stem = (file: string) => file.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '');
  const places = new Map<string, string>();
  for (const { path: from, moved } of modules) {
    if (moved?.canonical.kind !== 'path') continue;
    const to = path.posix.normalize(moved.canonical.path);
    places.set(from, to);
    places.set(stem(from), stem(to));
  }
  // A file beside a folder of its name is what the name means.
  for (const [from, to] of [...places]) {
    if (path.posix.basename(from) !== 'index' || path.posix.basename(to) !== 'index') continue;
    const folder = path.posix.dirname(from);
    if (!places.has(folder)) places.set(folder, path.posix.dirname(to));
  }
  return places;
}
