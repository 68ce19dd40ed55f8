import { distance } from 'fastest-levenshtein';

/**
 * The allowed name that somebody most likely meant, case aside; `undefined` when none is close: more than a third of
 * its letters differ (two are always forgiven in names of four and more).
 */
export function nearestName(found: string, allowed: Iterable<string>): string | undefined {
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of allowed) {
    const away = distance(found.toLowerCase(), name.toLowerCase());
    const forgiven = Math.max(name.length >= 4 ? 2 : 1, Math.floor(name.length / 3));
    if (away <= forgiven && away < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { name, distance: away };
  }
  return best?.name;
}

/** `; did you mean 'imports'?`, or nothing. */
export function didYouMean(found: string, allowed: Iterable<string>): string {
  const name = nearestName(found, allowed);
  return name === undefined ? '' : `; did you mean '${name}'?`;
}
