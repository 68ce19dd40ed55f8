import { callSite } from './call-site.ts';
import { type Deprecation, type Entry, registry } from './registry.ts';

/** The call sites of so many first calls are all looked at; after that at each doubling of the count. */
const LOOKED_AT = 64;

/**
 * A function for a proxy's member to call first. It counts the call, and warns once per id and call site.
 *
 * Warnings go through `process.emitWarning` (type `DeprecationWarning`), so Node's `--no-deprecation`,
 * `--throw-deprecation`, `--trace-deprecation` and `--disable-warning=CODE` hold; where there is no `process`, through
 * `console.warn`. Every call is counted, also when warnings are off. Who calls is found out for the first
 * {@link LOOKED_AT} calls and for a sample of the later ones: a stack costs microseconds, the count one addition.
 *
 * Throws when the id is already known with another replacement: two proxies in this process disagree.
 */
export function deprecate(deprecation: Deprecation): () => void {
  const entry = entryOf(deprecation);
  function warn(): void {
    if (++entry.calls < entry.next) return;
    look(entry, warn);
  }
  return warn;
}

function entryOf(deprecation: Deprecation): Entry {
  const { entries } = registry();
  const known = entries.get(deprecation.id);
  if (!known) {
    const entry: Entry = { deprecation, calls: 0, next: 1, sites: new Set() };
    entries.set(deprecation.id, entry);
    return entry;
  }
  if (known.deprecation.replacement !== deprecation.replacement) {
    throw new Error(
      `Two proxies in this process disagree on ${deprecation.id}: "${known.deprecation.replacement}" and ` +
        `"${deprecation.replacement}". Make both again from one manifest: npx reroute proxies`,
    );
  }
  return known;
}

function look(entry: Entry, warn: () => void): void {
  entry.next = entry.calls < LOOKED_AT ? entry.calls + 1 : entry.calls * 2;
  const site = callSite(warn) ?? 'an unknown place';
  if (entry.sites.has(site)) return;
  entry.sites.add(site);
  emit(entry.deprecation, site, warn);
}

interface Host {
  readonly process?: { emitWarning?(message: string, options: object): void };
  readonly console?: { warn(message: string): void };
}

function emit({ name, replacement, code }: Deprecation, site: string, warn: () => void): void {
  const message = `${name} is deprecated`;
  const detail = `Called at ${site}\nUse ${replacement}`;
  const host = globalThis as Host;
  if (typeof host.process?.emitWarning === 'function') {
    host.process.emitWarning(message, { type: 'DeprecationWarning', code, detail, ctor: warn });
  } else {
    host.console?.warn(`[${code}] DeprecationWarning: ${message}\n${detail}`);
  }
}
