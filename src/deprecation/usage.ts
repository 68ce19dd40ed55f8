import { type Deprecation, registry } from './registry.ts';

/** Who still uses what is deprecated, in this process. */
export interface UsageSnapshot {
  /** What `configure` or `REROUTE_BUILD` says this build is. */
  readonly build: string | undefined;
  /** Seconds since the first proxy was loaded. */
  readonly uptime: number;
  /** All that loaded proxies have announced, by id; unused ones have a count of 0. */
  readonly deprecations: readonly DeprecationUsage[];
}

export interface DeprecationUsage extends Deprecation {
  /** All calls; exact, whatever the policy. */
  readonly count: number;
  /** Milliseconds since 1970; `undefined` when there was no call. */
  readonly firstSeen: number | undefined;
  /** Not later than the last call by more than the time since the snapshot or look before. */
  readonly lastSeen: number | undefined;
  /** In the order in which they were seen. */
  readonly sites: readonly SiteUsage[];
  /** Whether there were calls whose site was not looked at, so that {@link sites} may lack some. */
  readonly truncated: boolean;
}

export interface SiteUsage {
  /** `file:///app/src/a.js:12:3`. */
  readonly site: string;
  /** The package under `node_modules` that called; `undefined` for the application itself. */
  readonly package: string | undefined;
}

/** A snapshot; it changes nothing but what is known of the last call. */
export function usage(): UsageSnapshot {
  const { entries, build, started } = registry();
  const now = Date.now();
  const deprecations = [...entries.values()].map((entry): DeprecationUsage => {
    if (entry.seen < entry.calls) {
      entry.seen = entry.calls;
      entry.last = now;
    }
    return {
      ...entry.deprecation,
      count: entry.calls,
      firstSeen: entry.first || undefined,
      lastSeen: entry.last || undefined,
      sites: [...entry.sites.values()].map(({ site, package: owner }) => ({ site, package: owner })),
      truncated: entry.looks < entry.calls,
    };
  });
  return {
    build,
    uptime: (now - started) / 1000,
    deprecations: deprecations.sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}
