import { sha256 } from '../base/hashes.ts';

/** Which part of a fleet runs here: `3/20` is the third of twenty. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

interface Named {
  readonly name: string;
}

/** Every target is in exactly one shard, the same one as long as its name stays, whatever others there are. */
export function inShard<T extends Named>(targets: readonly T[], { index, of }: Shard): readonly T[] {
  return targets.filter(({ name }) => place(name) % of === index - 1);
}

/**
 * The targets in waves: the first `sizes[0]` of all (a share between 0 and 1, at least one target), then `sizes[1]` of
 * all, and the rest. Who comes first depends on names only, and is spread over the fleet.
 */
export function inWaves<T extends Named>(targets: readonly T[], sizes: readonly number[]): readonly (readonly T[])[] {
  const order = [...targets].sort((a, b) => place(a.name) - place(b.name) || (a.name < b.name ? -1 : 1));
  const waves: T[][] = [];
  let from = 0;
  for (const size of [...sizes, 1]) {
    const to = Math.min(order.length, from + Math.max(1, Math.round(size * order.length)));
    if (to > from) waves.push(order.slice(from, to));
    from = to;
  }
  return waves;
}

function place(name: string): number {
  return Number.parseInt(sha256(name).slice(0, 8), 16);
}
