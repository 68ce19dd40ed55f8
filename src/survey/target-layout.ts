import type { ModuleRef } from '../manifest/migration.ts';

/** What the configurations of a target say of its packages and modules: plain data, which any thread can be handed. */
export interface TargetLayout {
  /** The packages of its workspace. */
  readonly packages: readonly WorkspaceFolder[];
  /** The names in all its package.json files. */
  readonly packageNames: ReadonlySet<string>;
  /** Canonical module → the specifiers by which configurations may let it be named. */
  readonly names: ReadonlyMap<string, ReadonlySet<string>>;
  /** Aliases that several tsconfig files have, with at most one `*`. */
  readonly sharedAliases: readonly string[];
}

export interface WorkspaceFolder {
  readonly name: string;
  /** Relative to the root. */
  readonly folder: string;
}

/** The workspace package that a file lies in. */
export function packageOf({ packages }: Pick<TargetLayout, 'packages'>, file: string): WorkspaceFolder | undefined {
  let inmost: WorkspaceFolder | undefined;
  for (const each of packages) {
    if (file.startsWith(`${each.folder}/`) && each.folder.length > (inmost?.folder.length ?? -1)) inmost = each;
  }
  return inmost;
}

/** Whether file and module lie in different packages of a workspace: only a name leads out of the one into the other. */
export function isApart(layout: Pick<TargetLayout, 'packages'>, from: string, module: ModuleRef): boolean {
  if (module.kind === 'package') return false;
  const [home, own] = [packageOf(layout, module.path), packageOf(layout, from)];
  return home !== undefined && own !== undefined && home !== own;
}

/** Whether a specifier may be a name of the module, or of an entry that hands it on; the compiler knows. */
export function mayName(layout: TargetLayout, specifier: string, { path }: ModuleRef & { kind: 'path' }): boolean {
  if (layout.names.get(path)?.has(specifier)) return true;
  const home = packageOf(layout, path);
  return home !== undefined && packageName(specifier) === home.name;
}

/** Whether a specifier may lead elsewhere under other conditions of a package.json, or in another project. */
export function mayDiffer({ packageNames, sharedAliases }: TargetLayout, specifier: string): boolean {
  if (specifier.startsWith('#') || packageNames.has(packageName(specifier) ?? '')) return true;
  return sharedAliases.some((alias) => {
    const [before, after] = alias.split('*');
    return after === undefined ? specifier === alias : specifier.startsWith(before!) && specifier.endsWith(after);
  });
}

/** `@acme/core` of `@acme/core/router`; `undefined` for a path and for `#…`. */
export function packageName(specifier: string): string | undefined {
  return /^(?:@[^/]+\/)?[^./@#~$][^/]*/.exec(specifier)?.[0];
}
