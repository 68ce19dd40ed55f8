import path from 'node:path';
import { relativeToRoot, toPosix } from '../base/paths.ts';
import type { TargetView } from './target-view.ts';

/**
 * How a report names a file, so that it says the same on every machine: relative to the target; of a package that lies
 * outside (installed above, or linked) `package/path`; of the compiler's own library `typescript/lib/lib.dom.d.ts`.
 */
export class ShownPaths {
  readonly #view: TargetView;
  /** By folder; `undefined`: no package there or above. */
  readonly #packages = new Map<string, { readonly folder: string; readonly name: string } | undefined>();

  constructor(view: TargetView) {
    this.#view = view;
  }

  of(file: string): string {
    const posix = toPosix(file);
    const library = /\/node_modules\/(?:@typescript\/[^/]+|typescript)\/(lib\/lib\.[\w.]+\.d\.ts)$/.exec(posix);
    if (library) return `typescript/${library[1]}`;
    const inside = relativeToRoot(this.#view.root, file);
    if (inside !== undefined) return inside;
    const installed = /^.*\/node_modules\/(.+)$/.exec(posix)?.[1];
    if (installed !== undefined) return installed;
    const home = this.#packageOf(path.posix.dirname(posix));
    if (home) return `${home.name}/${path.posix.relative(home.folder, posix)}`;
    return path.posix.relative(toPosix(this.#view.root), posix);
  }

  #packageOf(folder: string): { readonly folder: string; readonly name: string } | undefined {
    if (!this.#packages.has(folder)) {
      const name = nameIn(this.#view.bytes(path.posix.join(folder, 'package.json')));
      const above = path.posix.dirname(folder);
      const found = name !== undefined ? { folder, name } : above === folder ? undefined : this.#packageOf(above);
      this.#packages.set(folder, found);
    }
    return this.#packages.get(folder);
  }
}

function nameIn(manifest: Buffer | undefined): string | undefined {
  try {
    const { name } = JSON.parse(manifest?.toString('utf8') ?? '{}') as { name?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}
