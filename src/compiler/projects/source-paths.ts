import path from 'node:path';
import type { Config } from './config-set.ts';
import type { WorkspacePackage } from './workspace-packages.ts';

/** `compilerOptions.paths`: specifier patterns and the absolute paths that they stand for. */
export type Paths = Readonly<Record<string, readonly string[]>>;

const OUTPUT = /(?:\.d)?\.[cm]?[jt]sx?$/;
const SOURCES = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/**
 * Where a workspace package's specifiers lead in its sources, so that a checkout that was never built resolves across
 * packages: the entries of `types`, `main`, `module` and `exports`, and everything below the output folder, taken from
 * `outDir` to `rootDir`. What has no source on disk is left to the compiler.
 */
export function sourcePaths(
  { name, folder, manifest }: WorkspacePackage,
  config: Config | undefined,
  exists: (file: string) => boolean,
): Paths {
  const output = folderOption(config, 'outDir') ?? folderOption(config, 'declarationDir');
  const source = folderOption(config, 'rootDir') ?? sourceRoot(folder, config);
  const toSource = (file: string): string => {
    const absolute = path.posix.resolve(folder, file);
    const below = output === undefined ? undefined : path.posix.relative(output, absolute);
    return below === undefined || below.startsWith('..') ? absolute : path.posix.join(source, below);
  };
  const sourceFile = (file: string): string | undefined => {
    const stem = toSource(file).replace(OUTPUT, '');
    return [...SOURCES.map((each) => stem + each), ...SOURCES.map((each) => `${stem}/index${each}`)].find(exists);
  };

  const paths: Record<string, string[]> = {};
  for (const [subpath, target] of entryPoints(manifest)) {
    const specifier = path.posix.join(name, subpath);
    if (target.includes('*')) paths[specifier] ??= [toSource(target).replace(OUTPUT, '')];
    else {
      const found = sourceFile(target);
      if (found !== undefined) paths[specifier] ??= [found];
    }
  }
  const index = [
    path.posix.join(source, 'index'),
    path.posix.join(folder, 'src/index'),
    path.posix.join(folder, 'index'),
  ]
    .flatMap((stem) => SOURCES.map((each) => stem + each))
    .find(exists);
  if (index !== undefined) paths[name] ??= [index];
  if (output !== undefined && manifest.exports === undefined) {
    paths[`${path.posix.join(name, path.posix.relative(folder, output))}/*`] = [`${source}/*`];
  }
  if (manifest.exports === undefined) paths[`${name}/*`] = [`${folder}/*`];
  return paths;
}

/**
 * A configuration's own `paths`, made absolute. `baseUrl`, which TypeScript 7 takes no longer, is a pattern for
 * everything: what it says instead.
 */
export function ownPaths(config: Config | undefined): Paths {
  const { paths, pathsBasePath, baseUrl } = config?.options ?? {};
  if (config === undefined) return {};
  const everything: Paths =
    typeof baseUrl === 'string' ? { '*': [path.posix.resolve(path.posix.dirname(config.file), baseUrl, '*')] } : {};
  if (typeof paths !== 'object' || paths === null) return everything;
  const base = [baseUrl, pathsBasePath].find((each) => typeof each === 'string') ?? path.posix.dirname(config.file);
  const own = Object.fromEntries(
    Object.entries(paths as Paths).map(([pattern, targets]) => [
      pattern,
      targets.map((target) => path.posix.resolve(base as string, target)),
    ]),
  );
  return { ...everything, ...own };
}

function folderOption(config: Config | undefined, option: string): string | undefined {
  const value = config?.options[option];
  if (config === undefined || typeof value !== 'string') return undefined;
  return path.posix.resolve(path.posix.dirname(config.file), value);
}

/** Without `rootDir`, TypeScript takes the folder that all sources share. */
function sourceRoot(folder: string, config: Config | undefined): string {
  const folders = [...(config?.folders ?? [])].filter((each) => `${each}/`.startsWith(`${folder}/`));
  const [first, ...others] = folders;
  if (first === undefined) return folder;
  let shared = first;
  while (!others.every((each) => `${each}/`.startsWith(`${shared}/`))) shared = path.posix.dirname(shared);
  return shared;
}

/** The package's entry points: subpath → file, those that name types first. */
export function entryPoints(manifest: Readonly<Record<string, unknown>>): (readonly [subpath: string, file: string])[] {
  const found: (readonly [string, string])[] = [];
  if (manifest.exports !== undefined) collect('.', manifest.exports, found);
  else {
    for (const field of ['types', 'typings', 'module', 'main']) {
      const file = manifest[field];
      if (typeof file === 'string') found.push(['.', file]);
    }
  }
  return found;
}

function collect(subpath: string, value: unknown, found: (readonly [string, string])[]): void {
  if (typeof value === 'string') found.push([subpath, value]);
  else if (Array.isArray(value)) for (const each of value) collect(subpath, each, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) collect(/^[.#]/.test(key) ? key : subpath, inner, found);
  }
}
