import { ConfiguredNames } from './configured-names.ts';
import { NamedFiles, PACKAGE } from './named-files.ts';
import type { TargetView } from './target-view.ts';

/**
 * Which files may see a change of others: an over-approximation of the module graph, read from the text alone.
 *
 * An edge is drawn to every file whose path could be meant: a relative specifier by its path, one of a workspace's package
 * to what lies in the package, any other by its last segments and by what configurations say of it. Too many edges cost a
 * re-check that finds nothing; a missing one could hide an error.
 */
export class ImportGraph {
  readonly #view: TargetView;
  readonly #named: NamedFiles;
  readonly #importers = new Map<string, Set<string>>();
  readonly #imports = new Map<string, Set<string>>();

  /** A graph of the target's files that nothing has been read of: {@link ImportGraph.add} brings the edges. */
  constructor(view: TargetView, configured = new ConfiguredNames(view)) {
    this.#view = view;
    this.#named = new NamedFiles(view, configured);
    for (const [name, files] of this.#named.packages) for (const file of files) this.#draw(name, file);
  }

  /** The graph of all files of the target. */
  static read(view: TargetView): ImportGraph {
    const graph = new ImportGraph(view);
    for (const file of view.files()) graph.#read(file);
    return graph;
  }

  /** Draws the edges of a file with this text. */
  add(file: string, text: string): void {
    for (const match of text.matchAll(SPECIFIER)) {
      for (const target of this.#named.by(file, match[2]!)) this.#draw(file, target);
    }
  }

  /** Looks again at files whose text changed; none may be new or gone. */
  reread(files: Iterable<string>): void {
    for (const file of files) {
      for (const target of this.#imports.get(file) ?? []) this.#importers.get(target)?.delete(file);
      this.#imports.delete(file);
      this.#read(file);
    }
  }

  /** The files, and every file that imports one of them, directly or through others. */
  withImporters(files: Iterable<string>): ReadonlySet<string> {
    return new Set([...closure(files, this.#importers)].filter(isFile));
  }

  /** Every file that imports one of the files itself, or the package that one lies in. */
  directImporters(files: Iterable<string>): ReadonlySet<string> {
    const direct = new Set<string>();
    for (const file of files) {
      for (const importer of this.#importers.get(file) ?? []) {
        if (isFile(importer)) direct.add(importer);
        else for (const outside of this.#importers.get(importer) ?? []) direct.add(outside);
      }
    }
    return direct;
  }

  /** What a file imports, directly or through others, itself left out; nearest first. */
  imports(file: string): readonly string[] {
    return [...closure([file], this.#imports)].slice(1).filter(isFile);
  }

  #read(file: string): void {
    const source = this.#view.read(file);
    if (typeof source !== 'string') this.add(file, source.text);
  }

  #draw(from: string, to: string): void {
    if (from === to) return;
    add(this.#imports, from, to);
    add(this.#importers, to, from);
  }
}

/** Finds the specifiers in a text: (quote)(specifier), as the first and second group. */
export const SPECIFIER =
  /(?:\bfrom|\bimport|\brequire|\bmock\w*)(?:\s|\/\*[\s\S]*?\*\/)*\(?(?:\s|\/\*[\s\S]*?\*\/)*(['"`])([^'"`\r\n]+)\1/g;

function isFile(node: string): boolean {
  return !node.startsWith(PACKAGE);
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
