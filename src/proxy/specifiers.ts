import path from 'node:path';
import { splitQuery } from '../base/specifier-query.ts';

/** How relative specifiers end: without an extension, with the one that runs, or with the source's own. */
export type Ending = 'none' | 'js' | 'ts';

const RUNS_AS: Readonly<Record<string, string>> = { '.ts': '.js', '.tsx': '.js', '.mts': '.mjs', '.cts': '.cjs' };

/** The relative specifier of `to` as written in `from`; both absolute or both relative to one folder. */
export function relativeSpecifier(from: string, to: string, ending: Ending): string {
  const relative = path.posix.relative(path.posix.dirname(from), to);
  const specifier = relative.startsWith('.') ? relative : `./${relative}`;
  if (ending === 'ts') return specifier;
  const extension = /\.d\.([cm]?)ts$/.exec(specifier)?.[0] ?? path.posix.extname(specifier);
  const stem = specifier.slice(0, specifier.length - extension.length);
  if (ending === 'none' && !/^\.[cm]/.test(extension)) return stem;
  if (extension.startsWith('.d.')) return stem + extension.slice(2).replace('ts', 'js');
  return stem + (RUNS_AS[extension] ?? extension);
}

/** The ending that a module's own relative specifiers have; `undefined` when they tell nothing. */
export function endingOf(specifiers: readonly string[]): Ending | undefined {
  for (const specifier of specifiers) {
    if (/\.[cm]?tsx?$/.test(specifier)) return 'ts';
    if (/\.[cm]?jsx?$/.test(specifier)) return 'js';
    if (!/\.(json|css|node|wasm|svg|html)$/.test(specifier) && !/^\.\.?\/?$/.test(specifier)) return 'none';
  }
  return undefined;
}

/** A relative specifier written in `from`, as it must be written in `to`; others unchanged. */
export function rebaseSpecifier(
  specifier: string,
  from: string,
  to: string,
  places: ReadonlyMap<string, string> = new Map(),
): string {
  if (!/^\.\.?(\/|$)/.test(specifier)) return specifier;
  const { path: bare, query } = splitQuery(specifier);
  return rebasePath(bare, from, to, places) + query;
}

function rebasePath(specifier: string, from: string, to: string, places: ReadonlyMap<string, string>): string {
  const target = newPlace(path.posix.join(path.posix.dirname(from), specifier), places);
  const folder = path.posix.dirname(to);
  // The last name stays: `../types` may be a file beside a folder of that name, which `.` would mean.
  const relative = /(?:^|\/)\.\.?\/?$/.test(specifier)
    ? path.posix.relative(folder, target)
    : path.posix.join(path.posix.relative(folder, path.posix.dirname(target)), path.posix.basename(target));
  const rebased = relative === '' ? '.' : relative.startsWith('.') ? relative : `./${relative}`;
  return specifier.endsWith('/') && !rebased.endsWith('/') ? `${rebased}/` : rebased;
}

/** Where a path is after the move; its extension, if it has one, as written: `.js` may mean `.ts`. */
function newPlace(target: string, places: ReadonlyMap<string, string>): string {
  const slash = target.endsWith('/') ? '/' : '';
  const bare = target.slice(0, target.length - slash.length);
  const whole = places.get(bare);
  if (whole !== undefined) return whole + slash;
  const extension = /\.[cm]?[jt]sx?$/.exec(bare)?.[0] ?? '';
  const stem = extension === '' ? undefined : places.get(bare.slice(0, -extension.length));
  return stem === undefined ? target : stem + extension;
}
