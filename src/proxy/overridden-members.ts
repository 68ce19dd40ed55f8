import type { ExportMove } from '../manifest/migration.ts';
import { formatExport } from '../manifest/migration.ts';
import { legacyPath } from '../survey/legacy-file.ts';
import { memberMappings } from './canonical-members.ts';
import { Carriers } from './carriers.ts';
import type { DeprecatedModule } from './deprecated-module.ts';
import { findOverrides, type Override, type OverrideSearch } from './find-overrides.ts';
import { reachedBy } from './proxy-header.ts';

/** A deprecated module, and what stands at its path now. */
interface Standing {
  readonly module: DeprecatedModule;
  readonly current: string;
}

/** The deprecated members that subclasses in the target override, by canonical class. */
export class OverriddenMembers {
  readonly #byCanonical = new Map<string, Map<string, Override[]>>();

  /** What the proxies that stand there reach already stays: once its subclass is rewritten, a proxy is not stale. */
  constructor(standing: readonly Standing[], search: Omit<OverrideSearch, 'carriers' | 'members' | 'left'>) {
    const members = new Set<string>();
    const moves = new Map<string, ExportMove>();
    for (const { module, current } of standing) {
      const before = reachedBy(current);
      for (const [name, { move, deprecated }] of module.replaced) {
        const surface = module.surface.exports.get(name);
        if (surface?.kind !== 'class') continue;
        moves.set(`${module.surface.file}#${name}`, move);
        for (const { name: member } of memberMappings({ deprecated, surface })) {
          members.add(member);
          if (before.has(member)) this.#places(move, member);
        }
      }
    }
    const modules = standing.map(({ module }) => module);
    const carriers = new Carriers(modules, search.modules);
    // An old implementation that is kept is what is rolled back to, no consumer.
    const left = new Set(modules.flatMap(({ path, legacy }) => (legacy ? [path, legacyPath(path)!] : [path])));
    for (const found of findOverrides({ ...search, carriers, members, left })) {
      const move = moves.get(`${found.of.file}#${found.of.name}`);
      if (move) this.#places(move, found.member).push(found);
    }
  }

  of(move: ExportMove): ReadonlyMap<string, readonly Override[]> {
    return this.#byCanonical.get(formatExport(move.canonical)) ?? new Map();
  }

  #places({ canonical }: ExportMove, member: string): Override[] {
    const key = formatExport(canonical);
    const members = this.#byCanonical.get(key) ?? new Map<string, Override[]>();
    this.#byCanonical.set(key, members);
    const places = members.get(member) ?? [];
    members.set(member, places);
    return places;
  }
}
