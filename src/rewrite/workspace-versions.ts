import path from 'node:path';
import { findWorkspacePackages, type WorkspacePackage } from '../compiler/projects/workspace-packages.ts';
import type { TargetView } from '../survey/target-view.ts';

/** The packages of a target's workspace, and how they depend on one another. */
export class WorkspaceVersions {
  readonly #view: TargetView;
  readonly #packages: readonly WorkspacePackage[];

  constructor(view: TargetView) {
    this.#view = view;
    this.#packages = findWorkspacePackages(view.root, (file) => view.bytes(file)?.toString('utf8'));
  }

  has(name: string): boolean {
    return this.#packages.some((each) => each.name === name);
  }

  /** The folder of a package, relative to the root; `undefined` when it is no package of the workspace. */
  folder(name: string): string | undefined {
    const found = this.#packages.find((each) => each.name === name);
    return found && path.posix.relative(this.#view.root, found.folder);
  }

  /** The name of the package that a file of the target lies in. */
  owner(file: string): string | undefined {
    const inside = this.#packages.filter(({ folder }) => this.#view.absolute(file).startsWith(`${folder}/`));
    return inside.sort((a, b) => b.folder.length - a.folder.length)[0]?.name;
  }

  /** Whether a package.json is that of a package. */
  isOf(name: string, manifest: string): boolean {
    const folder = path.posix.dirname(this.#view.absolute(manifest));
    return this.#packages.some((each) => each.name === name && each.folder === folder);
  }

  /**
   * The range by which a package of the workspace is depended on: as `beside` (the entry that it replaces) when that one
   * is `workspace:…`, as others depend on it, or so that the package manager takes the one that is here. `undefined` when
   * it is no package of the workspace.
   */
  range(name: string, beside: unknown): string | undefined {
    const own = this.#packages.find((each) => each.name === name);
    if (own === undefined) return undefined;
    if (typeof beside === 'string' && beside.startsWith('workspace:')) return beside;
    for (const { manifest } of this.#packages) {
      for (const section of [manifest.dependencies, manifest.devDependencies]) {
        const range = (section as Readonly<Record<string, unknown>> | undefined)?.[name];
        if (typeof range === 'string') return range;
      }
    }
    if (this.#view.bytes('pnpm-workspace.yaml') !== undefined) return 'workspace:*';
    return typeof own.manifest.version === 'string' ? `^${own.manifest.version}` : '*';
  }
}
