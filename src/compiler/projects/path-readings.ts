import { findModuleAt } from '../relative-module.ts';
import type { Config } from './config-set.ts';
import { ownPaths, type Paths } from './source-paths.ts';

/** Where a specifier leads by the `paths` of each of these configurations: existing files, each once. */
export function pathReadings(
  specifier: string,
  configs: readonly Config[],
  exists: (file: string) => boolean,
): readonly string[] {
  const found = configs.flatMap((config) => {
    const candidates = substitutions(specifier, ownPaths(config));
    return candidates.map((each) => findModuleAt(each, exists)).find((file) => file !== undefined) ?? [];
  });
  return [...new Set(found)];
}

/** What a specifier stands for by the pattern that fits it best, in order: an exact one, else that with the longest prefix. */
function substitutions(specifier: string, paths: Paths): readonly string[] {
  const exact = paths[specifier];
  if (exact !== undefined) return exact;
  let best: { readonly prefix: string; readonly suffix: string; readonly targets: readonly string[] } | undefined;
  for (const [pattern, targets] of Object.entries(paths)) {
    const [prefix, suffix] = pattern.split('*');
    if (suffix === undefined || !specifier.startsWith(prefix!) || !specifier.endsWith(suffix)) continue;
    if (specifier.length < prefix!.length + suffix.length || prefix!.length <= (best?.prefix.length ?? -1)) continue;
    best = { prefix: prefix!, suffix, targets };
  }
  if (best === undefined) return [];
  const matched = specifier.slice(best.prefix.length, specifier.length - best.suffix.length);
  return best.targets.map((target) => target.replace('*', () => matched));
}
