import path from 'node:path';
import type { TargetView } from './target-view.ts';

/**
 * Which files may see a change of others: an over-approximation of the module graph, read from the text alone.
 *
 * An edge is drawn to every file whose path could be meant: a relative specifier by its path, any other by its last
 * segments. Too many edges cost a re-check that finds nothing; a missing one could hide an error.
 */
export class ImportGraph {
  readonly #importers = new Map<string, Set<string>>();
  readonly #imports = new Map<string, Set<string>>();

  constructor(view: TargetView) {
    const files = view.files();
    const byStem = new Map<string, string>();
    const byLast = new Map<string, string[]>();
    for (const file of files) {
      const stem = stemOf(file);
      byStem.set(stem, file);
      const last = path.posix.basename(stem);
      byLast.set(last, [...(byLast.get(last) ?? []), file]);
    }
    for (const file of files) {
      const source = view.read(file);
      if (typeof source === 'string') continue;
      for (const match of source.text.matchAll(SPECIFIER)) {
        for (const target of targets(file, match[2]!, byStem, byLast)) this.#draw(file, target);
      }
    }
  }

  /** The files, and every file that imports one of them, directly or through others. */
  withImporters(files: Iterable<string>): ReadonlySet<string> {
    return closure(files, this.#importers);
  }

  /** What a file imports, directly or through others, itself left out; nearest first. */
  imports(file: string): readonly string[] {
    return [...closure([file], this.#imports)].slice(1);
  }

  #draw(from: string, to: string): void {
    if (from === to) return;
    add(this.#imports, from, to);
    add(this.#importers, to, from);
  }
}

const SPECIFIER = /(?:\bfrom|\bimport|\brequire|\bmock\w*)\s*\(?\s*(['"`])([^'"`\r\n]+)\1/g;

function* targets(
  file: string,
  specifier: string,
  byStem: ReadonlyMap<string, string>,
  byLast: ReadonlyMap<string, readonly string[]>,
): Generator<string> {
  if (specifier.startsWith('.')) {
    const joined = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)).replace(/\/$/, '');
    const found = byStem.get(stemOf(joined)) ?? byStem.get(joined) ?? byStem.get(path.posix.join(joined, 'index'));
    if (found) yield found;
    return;
  }
  // An alias, or a package that a workspace holds: every file that ends like it.
  const stem = stemOf(specifier);
  const last = path.posix.basename(stem);
  for (const found of byLast.get(last) ?? []) if (endsAlike(found, stem)) yield found;
  for (const found of byLast.get('index') ?? [])
    if (path.posix.basename(path.posix.dirname(found)) === last) yield found;
}

/** Whether the last two segments agree, as far as both have them. */
function endsAlike(file: string, stem: string): boolean {
  const [fileLast, fileFolder] = stemOf(file).split('/').reverse();
  const [last, folder] = stem.split('/').reverse();
  return (
    fileLast === last &&
    (folder === undefined || fileFolder === undefined || folder === fileFolder || /^[@~#]/.test(folder))
  );
}

function stemOf(file: string): string {
  return file.replace(/(\.d)?\.[cm]?[jt]sx?$/, '');
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

function closure(files: Iterable<string>, edges: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  // A set walks its own growth: what is added while walking is visited too.
  const seen = new Set(files);
  for (const file of seen) for (const next of edges.get(file) ?? []) seen.add(next);
  return seen;
}
