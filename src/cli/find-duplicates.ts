import { TargetView } from '../survey/target-view.ts';

/** A name under which several files export a class. */
export interface Duplicate {
  readonly name: string;
  /** Relative to the target; the one that others most likely moved to first. */
  readonly files: readonly string[];
}

const EXPORTED_CLASS = /^\s*export\s+(?:default\s+)?(?:abstract\s+)?class\s+([A-Za-z_$][\w$]*)/gm;
const NOT_SOURCE =
  /\.d\.[cm]?ts$|(^|\/)(tests?|__tests__|__mocks__|specs?|e2e|fixtures|examples)\/|[._-](test|spec)\.[cm]?[jt]sx?$/;

/**
 * Exported classes that are declared under one name in several files, most files first. A text search, good enough for a
 * starter: CommonJS exports, tests and declaration files are not looked at, and whether two classes do the same is not known.
 */
export function findDuplicates(root: string): readonly Duplicate[] {
  const view = new TargetView(root);
  const byName = new Map<string, Set<string>>();
  for (const file of view.files()) {
    // A manifest writes its paths with `/`, so it cannot name a file with a backslash.
    if (NOT_SOURCE.test(file) || file.includes('\\')) continue;
    const source = view.read(file);
    if (typeof source === 'string') continue;
    for (const [, name] of source.text.matchAll(EXPORTED_CLASS)) {
      const files = byName.get(name!);
      if (files) files.add(file);
      else byName.set(name!, new Set([file]));
    }
  }
  return [...byName]
    .filter(([, files]) => files.size > 1)
    .map(([name, files]) => ({ name, files: [...files].sort(byLikelihood) }))
    .sort((a, b) => b.files.length - a.files.length || (a.name < b.name ? -1 : 1));
}

/** What looks abandoned comes last; then the shallower file first. */
function byLikelihood(a: string, b: string): number {
  const looksOld = (file: string) => Number(/legacy|deprecated|(^|[/_.-])old([/_.-]|$)/i.test(file));
  return looksOld(a) - looksOld(b) || a.split('/').length - b.split('/').length || (a < b ? -1 : 1);
}
