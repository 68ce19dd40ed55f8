import { type Deprecation, registry } from './registry.ts';

/** Who still uses one deprecated thing. */
export interface DeprecationUsage extends Deprecation {
  /** All calls since the process started. */
  readonly calls: number;
  /** Call sites seen so far, in the order in which they were seen. */
  readonly sites: readonly string[];
}

/** A snapshot of all deprecations that loaded proxies have announced, by id; unused ones have 0 calls. */
export function usage(): readonly DeprecationUsage[] {
  return [...registry().entries.values()]
    .map(({ deprecation, calls, sites }) => ({ ...deprecation, calls, sites: [...sites] }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
