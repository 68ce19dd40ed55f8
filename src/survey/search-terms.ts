import path from 'node:path';
import type { Migration, ModuleRef, Move, ReviewRule } from '../manifest/migration.ts';
import { declarationFileOf } from './declaration-file.ts';
import type { ExportCandidate, MemberCandidate } from './usage.ts';

/** What text search looks for: everything by which a file could name something deprecated. */
export interface SearchTerms {
  readonly modules: readonly DeprecatedModule[];
  /** Deprecated member names → what they may belong to. */
  readonly members: ReadonlyMap<string, readonly MemberCandidate[]>;
  /** Names of deprecated exports whose uses must change too: another canonical name, or another call. */
  readonly exports: ReadonlyMap<string, readonly ExportCandidate[]>;
  /** Names of exports that the manifest wants a person to look at wherever they are used. */
  readonly reviewed: ReadonlyMap<string, readonly ReviewRule[]>;
  /** Deprecated modules in the target: their own text is not searched, a proxy takes their place. */
  readonly replacedFiles: ReadonlySet<string>;
}

/** A deprecated module and the moves that take something away from it. */
export interface DeprecatedModule {
  readonly module: ModuleRef;
  readonly moves: readonly Move[];
  /** Last segments by which a specifier may end, without extension: `message_router`, or `index` and its folder's name. */
  readonly endings: readonly string[];
}

/** `namesOf`: specifiers beside its path by which a configuration lets a module be imported. */
export function searchTerms(
  migration: Migration,
  namesOf: (module: ModuleRef) => readonly string[] = () => [],
): SearchTerms {
  const modules = new Map<string, { module: ModuleRef; moves: Move[] }>();
  const members = new Map<string, MemberCandidate[]>();
  const exports = new Map<string, ExportCandidate[]>();
  const takeFrom = (module: ModuleRef, move: Move) => {
    const key = JSON.stringify(module);
    const known = modules.get(key) ?? { module, moves: [] };
    if (!known.moves.includes(move)) known.moves.push(move);
    modules.set(key, known);
  };

  for (const move of migration.moves) {
    if (move.kind === 'module') {
      for (const module of move.replaces) takeFrom(module, move);
      continue;
    }
    for (const mapping of move.inPlace) {
      push(members, mapping.name, {
        move,
        deprecated: undefined,
        mappings: move.inPlace.filter((m) => m.name === mapping.name),
      });
    }
    for (const deprecated of move.replaces) {
      takeFrom(deprecated.export.module, move);
      for (const mapping of deprecated.mappings) {
        if (mapping.of !== 'member') continue;
        const mappings = deprecated.mappings.filter((m) => m.of === 'member' && m.name === mapping.name);
        push(members, mapping.name, { move, deprecated, mappings });
      }
      const { name } = deprecated.export;
      const called = deprecated.mappings.some((mapping) => mapping.of !== 'member');
      if (name !== 'default' && (called || name !== move.canonical.name)) push(exports, name, { move, deprecated });
    }
  }
  const reviewed = new Map<string, ReviewRule[]>();
  for (const rule of migration.review) {
    if (rule.export.name !== 'default')
      reviewed.set(rule.export.name, [...(reviewed.get(rule.export.name) ?? []), rule]);
  }
  return {
    reviewed,
    modules: [...modules.values()].map((entry) => ({
      ...entry,
      endings: withNames(endings(entry.module), namesOf(entry.module)),
    })),
    members,
    exports,
    replacedFiles: new Set(
      [...modules.values()].flatMap(({ module }) =>
        module.kind === 'path' ? [module.path, declarationFileOf(module.path) ?? []].flat() : [],
      ),
    ),
  };
}

/** One candidate per move and deprecated export, however many mappings share the name. */
function push<T extends MemberCandidate | ExportCandidate>(map: Map<string, T[]>, name: string, candidate: T): void {
  const list = map.get(name) ?? [];
  const same = (a: T) => a.move === candidate.move && a.deprecated === candidate.deprecated;
  if (!list.some(same)) list.push(candidate);
  map.set(name, list);
}

/** The names whose last segment is not looked for anyway. */
function withNames(known: readonly string[], names: readonly string[]): readonly string[] {
  const last = (name: string) => path.posix.basename(name).replace(/(\.d)?\.[cm]?[jt]sx?$/, '');
  return [...new Set([...known, ...names.filter((name) => !known.includes(last(name)))])];
}

function endings(module: ModuleRef): readonly string[] {
  if (module.kind === 'package') return [module.specifier];
  const stem = path.posix.basename(module.path).replace(/(\.d)?\.[cm]?[jt]sx?$/, '');
  if (stem !== 'index') return [stem];
  const folder = path.posix.basename(path.posix.dirname(module.path));
  return folder === '.' ? ['index'] : ['index', folder];
}
