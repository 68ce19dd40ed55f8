import type { ExportSurface } from '../compiler/surface.ts';
import { argumentCounts, fillTemplate, sharedCount } from '../manifest/mapping.ts';
import { type Deprecated, type ExportMove, formatExport, type Mapping } from '../manifest/migration.ts';
import { sameText } from './forward-call.ts';

/** A deprecated class with the mappings of members that it has. */
export interface DeprecatedClass {
  readonly move: ExportMove;
  readonly deprecated: Deprecated;
  readonly surface: ExportSurface;
}

/** One mapping of a member that is installed on a canonical class, and where its free names come from. */
export interface InstalledMapping {
  readonly mapping: Mapping;
  readonly owner: DeprecatedClass;
}

/**
 * Which deprecated members the canonical classes get, over all deprecated classes of a migration: two proxies of one
 * canonical class install on the same prototype, so what they install must be the same.
 */
export class CanonicalMembers {
  readonly #installed = new Map<string, InstalledMapping[]>();
  readonly #adapters = new Set<Deprecated>();

  constructor(classes: readonly DeprecatedClass[]) {
    for (const one of classes) {
      if (one.deprecated.mappings.some(({ of }) => of === 'construct')) this.#adapters.add(one.deprecated);
    }
    for (const key of new Set(classes.map(({ move }) => formatExport(move.canonical)))) {
      const sharing = classes.filter(
        ({ move, deprecated }) => formatExport(move.canonical) === key && !this.#adapters.has(deprecated),
      );
      for (const [a, b] of pairs(sharing)) {
        if (contradict(a, b)) this.#adapters.add(a.deprecated).add(b.deprecated);
      }
      this.#installed.set(
        key,
        sharing
          .filter(({ deprecated }) => !this.#adapters.has(deprecated))
          .flatMap((owner) => memberMappings(owner).map((mapping) => ({ mapping, owner }))),
      );
    }
  }

  /** Whether the class needs a class of its own: another constructor, or another meaning of the same call. */
  needsAdapter(deprecated: Deprecated): boolean {
    return this.#adapters.has(deprecated);
  }

  /** All mappings of a member that are installed on the canonical class, each text once. */
  installed(move: ExportMove, name: string): readonly InstalledMapping[] {
    const all = (this.#installed.get(formatExport(move.canonical)) ?? [])
      .filter(({ mapping }) => mapping.name === name)
      .sort((a, b) => compareMappings(a.mapping, b.mapping));
    return all.filter(({ mapping }, at) => all.findIndex((other) => sameText(other.mapping, mapping)) === at);
  }
}

/** Those for fewer arguments first: the order of a manifest's keys means nothing, and must not be seen in a proxy. */
export function compareMappings(a: Mapping, b: Mapping): number {
  const byCount = (a.parameters?.length ?? -1) - (b.parameters?.length ?? -1);
  const [one, other] = [a, b].map(({ source }) => `${source.from}\n${source.to}`) as [string, string];
  return byCount || (one < other ? -1 : Number(one > other));
}

/** The mappings of members that the deprecated class really has; shared mappings may name others. */
export function memberMappings({
  deprecated,
  surface,
}: Pick<DeprecatedClass, 'deprecated' | 'surface'>): readonly Mapping[] {
  const names = new Set([...surface.members, ...surface.statics].map(({ name }) => name));
  return deprecated.mappings.filter(({ of, name, to }) => of === 'member' && names.has(name) && to.text !== name);
}

/** Whether one call, told apart by its number of arguments alone, would mean two things. */
function contradict(a: DeprecatedClass, b: DeprecatedClass): boolean {
  return memberMappings(a).some((one) =>
    memberMappings(b).some((other) => {
      const from = sharedCount(one, other);
      if (from === undefined) return false;
      const to = Math.min(argumentCounts(one).most, argumentCounts(other).most, from + MANY);
      for (let count = from; count <= to; count++) if (meaning(one, count) !== meaning(other, count)) return true;
      return false;
    }),
  );
}

/** No signature in sight has more; with rest parameters the numbers go on for ever. */
const MANY = 16;

/** What a call with so many arguments becomes, whatever the parameters are called. */
function meaning(mapping: Mapping, count: number): string {
  const names = Array.from({ length: count }, (_, index) => `$${index}`);
  return mapping.parameters ? fillTemplate(mapping, names) : `${mapping.to.text}(${names.join(', ')})`;
}

function* pairs<T>(list: readonly T[]): Generator<readonly [T, T]> {
  for (const [at, one] of list.entries()) for (const other of list.slice(at + 1)) yield [one, other];
}
