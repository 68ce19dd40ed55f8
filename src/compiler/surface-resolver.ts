import path from 'node:path';
import fastGlob from 'fast-glob';
import { isFile } from '../base/is-file.ts';
import { ConfigSet } from './projects/config-set.ts';
import { ownPaths, type Paths, sourcePaths } from './projects/source-paths.ts';
import { findWorkspacePackages, type WorkspacePackage } from './projects/workspace-packages.ts';
import { type TS, ts } from './ts-morph.ts';

/** Where specifiers lead for the reader of surfaces: as the compiler says, and into the sources of workspace packages. */
export class SurfaceResolver {
  /** Specifiers that stand for a file wherever they do not resolve. */
  readonly standIns = new Map<string, string>();
  readonly #root: string;
  #packages: ReadonlyMap<string, WorkspacePackage> | undefined;
  readonly #paths = new Map<string, Paths>();
  readonly #configs = new ConfigSet({ parse: parseConfig, read: ts.sys.readFile, exists: isFile });

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * What the specifiers in a file lead to. ts-morph does not tell its program which files are ES modules, and in Node's
   * modes that decides whether a specifier needs its extension and which of a package's conditions hold.
   */
  resolveAll(
    names: readonly string[],
    file: string,
    options: TS.CompilerOptions,
    host: TS.ModuleResolutionHost,
  ): (TS.ResolvedModuleFull | undefined)[] {
    const mode = ts.getImpliedNodeFormatForFile(file, undefined, host, options);
    return names.map((name) => {
      const found = this.resolve(name, file, options, host, mode);
      const standIn = this.standIns.get(name);
      if (found || standIn === undefined) return found;
      return { resolvedFileName: standIn, extension: path.extname(standIn), isExternalLibraryImport: false };
    });
  }

  resolve(
    specifier: string,
    file: string,
    options: TS.CompilerOptions,
    host: TS.ModuleResolutionHost,
    mode: TS.ResolutionMode,
  ): TS.ResolvedModuleFull | undefined {
    const named = this.#named(specifier);
    const paths = named && { ...this.#pathsOf(named), ...ownPaths({ file: this.#configFile(options), options }) };
    return ts.resolveModuleName(
      specifier,
      file,
      paths ? { ...options, paths: mutable(paths) } : options,
      host,
      undefined,
      undefined,
      mode,
    ).resolvedModule;
  }

  #configFile({ configFilePath }: TS.CompilerOptions): string {
    return typeof configFilePath === 'string' ? configFilePath : path.posix.join(this.#root, 'tsconfig.json');
  }

  /** The workspace package that a specifier names, itself or something in it. */
  #named(specifier: string): WorkspacePackage | undefined {
    const name = /^(?:@[^/]+\/)?[^./@][^/]*/.exec(specifier)?.[0];
    if (name === undefined) return undefined;
    this.#packages ??= new Map(findWorkspacePackages(this.#root, ts.sys.readFile).map((each) => [each.name, each]));
    return this.#packages.get(name);
  }

  /** Which configuration builds a package takes a walk through its files: only of packages that are named. */
  #pathsOf(named: WorkspacePackage): Paths {
    let paths = this.#paths.get(named.name);
    if (paths === undefined) {
      paths = sourcePaths(named, this.#configs.candidates(named.folder), isFile);
      this.#paths.set(named.name, paths);
    }
    return paths;
  }
}

/** The folders of all packages of a target below its root, sorted. */
export function packageFolders(root: string): readonly string[] {
  const manifests = fastGlob.sync('*/**/package.json', {
    cwd: root,
    absolute: true,
    followSymbolicLinks: false,
    ignore: ['**/node_modules/**'],
  });
  return manifests.map((file) => path.posix.dirname(file)).sort();
}

function parseConfig(file: string): { readonly fileNames: readonly string[]; readonly options: TS.CompilerOptions } {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic() {} };
  const parsed = ts.getParsedCommandLineOfConfigFile(file, {}, host);
  return { fileNames: parsed?.fileNames ?? [], options: parsed?.options ?? {} };
}

function mutable(paths: Paths): Record<string, string[]> {
  return Object.fromEntries(Object.entries(paths).map(([pattern, targets]) => [pattern, [...targets]]));
}
