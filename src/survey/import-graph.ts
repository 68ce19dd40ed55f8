import path from 'node:path';
import { findWorkspacePackages } from '../compiler/projects/workspace-packages.ts';
import type { TargetView } from './target-view.ts';

/**
 * Which files may see a change of others: an over-approximation of the module graph, read from the text alone.
 *
 * An edge is drawn to every file whose path could be meant: a relative specifier by its path, one of a workspace's package
 * to what lies in the package, any other by its last segments. Too many edges cost a re-check that finds nothing; a
 * missing one could hide an error. Missing is what only a configuration tells: an alias for a single file of another name.
 */
export class ImportGraph {
  readonly #view: TargetView;
  readonly #named: NamedFiles;
  readonly #importers = new Map<string, Set<string>>();
  readonly #imports = new Map<string, Set<string>>();

  /** A graph of the target's files that nothing has been read of: {@link ImportGraph.add} brings the edges. */
  constructor(view: TargetView) {
    this.#view = view;
    this.#named = new NamedFiles(view);
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

const SPECIFIER =
  /(?:\bfrom|\bimport|\brequire|\bmock\w*)(?:\s|\/\*[\s\S]*?\*\/)*\(?(?:\s|\/\*[\s\S]*?\*\/)*(['"`])([^'"`\r\n]+)\1/g;

/** A workspace package is a node between those who name it and its files. */
const PACKAGE = 'package ';

function isFile(node: string): boolean {
  return !node.startsWith(PACKAGE);
}

/** Finds the files that a specifier may mean. */
class NamedFiles {
  /** The nodes of the workspace's packages, each with its files. */
  readonly packages: ReadonlyMap<string, readonly string[]>;
  /** By path without extension: `router.ts` and `router.d.ts` are both meant by `./router`. */
  readonly #byStem = new Map<string, string[]>();
  readonly #byLast = new Map<string, string[]>();
  readonly #indexes: readonly string[];

  constructor(view: TargetView) {
    const files = view.files();
    for (const file of files) {
      const stem = stemOf(file);
      push(this.#byStem, stem, file);
      push(this.#byLast, path.posix.basename(stem), file);
    }
    this.#indexes = this.#byLast.get('index') ?? [];
    const read = (file: string) => view.bytes(file)?.toString('utf8');
    this.packages = new Map(
      findWorkspacePackages(view.root, read).map(({ name, folder }) => {
        const inside = `${path.posix.relative(view.root, folder)}/`;
        return [PACKAGE + name, files.filter((file) => file.startsWith(inside))];
      }),
    );
  }

  *by(file: string, specifier: string): Generator<string> {
    if (specifier.startsWith('.')) {
      const joined = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)).replace(/\/$/, '');
      yield* this.#byStem.get(stemOf(joined)) ?? this.#byStem.get(joined) ?? this.#indexOf(joined);
      return;
    }
    const segments = stemOf(specifier).split('/');
    const nameLength = specifier.startsWith('@') ? 2 : 1;
    const node = PACKAGE + segments.slice(0, nameLength).join('/');
    if (this.packages.has(node)) {
      yield node;
      return;
    }
    // An alias, or a package that no workspace names: every file that ends like it.
    const [last, folder] = segments.toReversed();
    // The first segments are a name, which need not be that of a folder.
    const isName = segments.length - 2 < nameLength;
    for (const found of this.#byLast.get(last!) ?? []) {
      if (isName || folder === undefined || folderOf(found) === folder) yield found;
    }
    for (const found of this.#indexes) if (folderOf(found) === last) yield found;
  }

  #indexOf(folder: string): readonly string[] {
    return this.#byStem.get(path.posix.join(folder, 'index')) ?? [];
  }
}

function folderOf(file: string): string {
  return path.posix.basename(path.posix.dirname(file));
}

function stemOf(file: string): string {
  return file.replace(/(\.d)?\.[cm]?[jt]sx?$/, '');
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
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
