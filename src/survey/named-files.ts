import path from 'node:path';
import { findWorkspacePackages } from '../compiler/projects/workspace-packages.ts';
import type { ConfiguredNames, Meaning } from './configured-names.ts';
import type { TargetView } from './target-view.ts';

/** A workspace package is a node between those who name it and its files. */
export const PACKAGE = 'package ';

/** Finds the files that a specifier may mean. */
export class NamedFiles {
  /** The nodes of the workspace's packages, each with its files. */
  readonly packages: ReadonlyMap<string, readonly string[]>;
  /** By path without extension: `router.ts` and `router.d.ts` are both meant by `./router`. */
  readonly #byStem = new Map<string, string[]>();
  readonly #byLast = new Map<string, string[]>();
  readonly #indexes: readonly string[];
  readonly #configured: ConfiguredNames;
  readonly #bare = new Map<string, readonly string[]>();

  constructor(view: TargetView, configured: ConfiguredNames) {
    this.#configured = configured;
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
    let bare = this.#bare.get(specifier);
    if (bare === undefined) {
      bare = [...new Set(this.#byName(specifier))];
      this.#bare.set(specifier, bare);
    }
    yield* bare;
  }

  *#byName(specifier: string): Generator<string> {
    const segments = stemOf(specifier).split('/');
    const nameLength = specifier.startsWith('@') ? 2 : 1;
    const node = PACKAGE + segments.slice(0, nameLength).join('/');
    if (this.packages.has(node)) {
      yield node;
      return;
    }
    for (const meaning of this.#configured.meanings(specifier)) yield* this.#filesOf(meaning);
    // An alias, or a package that no workspace names: every file that ends like it.
    const [last, folder] = segments.toReversed();
    // The first segments are a name, which need not be that of a folder.
    const isName = segments.length - 2 < nameLength;
    for (const found of this.#byLast.get(last!) ?? []) {
      if (isName || folder === undefined || folderOf(found) === folder) yield found;
    }
    for (const found of this.#indexes) if (folderOf(found) === last) yield found;
  }

  /** The files at a path, or, when the path is that of build output, those that end like it. */
  #filesOf({ stem, tails }: Meaning): readonly string[] {
    const there = this.#byStem.get(stem) ?? this.#indexOf(stem);
    if (there.length > 0) return there;
    return tails.flatMap((tail) => {
      const candidates = this.#byLast.get(path.posix.basename(tail)) ?? [];
      return candidates.filter((file) => `/${stemOf(file)}`.endsWith(`/${tail}`));
    });
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
