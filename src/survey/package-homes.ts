import path from 'node:path';
import type { TargetView } from './target-view.ts';

/** Which package.json says what `#…` and the package's own name mean in a file: the nearest, as in Node. */
export class PackageHomes {
  readonly #view: TargetView;
  #manifests: ReadonlySet<string> | undefined;
  readonly #homes = new Map<string, string>();

  constructor(view: TargetView) {
    this.#view = view;
  }

  /** The folder of a file's package.json, relative to the root; empty for the root itself. */
  of(file: string): string {
    const folder = path.posix.dirname(file);
    if (folder === '.') return '';
    let home = this.#homes.get(folder);
    if (home === undefined) {
      home = this.#all().has(`${folder}/package.json`) ? folder : this.of(folder);
      this.#homes.set(folder, home);
    }
    return home;
  }

  /** The names of all packages. */
  names(): ReadonlySet<string> {
    return new Set([...this.#all()].flatMap((manifest) => this.name(path.posix.dirname(manifest)) ?? []));
  }

  #all(): ReadonlySet<string> {
    this.#manifests ??= new Set(this.#view.documents().filter((each) => path.posix.basename(each) === 'package.json'));
    return this.#manifests;
  }

  /** The name in the package.json of a folder. */
  name(home: string): string | undefined {
    const source = this.#view.read(path.posix.join(home, 'package.json'));
    try {
      const { name } = JSON.parse(typeof source === 'string' ? '{}' : source.text) as { name?: unknown };
      return typeof name === 'string' ? name : undefined;
    } catch {
      return undefined;
    }
  }
}
