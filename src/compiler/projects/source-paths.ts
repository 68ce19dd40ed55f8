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
 * `outDir` to `rootDir`. What has no source on disk is left to the compiler. `configs`: those of the package's folder,
 * the likeliest first.
 */
export function sourcePaths(
  { name, folder, manifest }: WorkspacePackage,
  configs: readonly Config[],
  exists: (file: string) => boolean,
): Paths {
  const config = buildConfig(configs);
  const output = folderOption(config, 'outDir') ?? folderOption(config, 'declarationDir');
  const roots = sourceRoots(folder, config);
  const toSources = (file: string): readonly string[] => {
    const absolute = path.posix.resolve(folder, file);
    const below = output === undefined ? undefined : path.posix.relative(output, absolute);
    return below === undefined || below.startsWith('..')
      ? [absolute]
      : roots.map((root) => path.posix.join(root, below));
  };
  const sourceFile = (file: string): string | undefined => {
    const stems = toSources(file).map((source) => source.replace(OUTPUT, ''));
    const candidates = stems.flatMap((stem) => [...withExtensions(stem), ...withExtensions(`${stem}/index`)]);
    return candidates.find(exists);
  };

  const paths: Record<string, readonly string[]> = {};
  for (const { subpath, file: target } of entryPoints(manifest)) {
    const specifier = path.posix.join(name, subpath);
    if (target === null) paths[specifier] ??= [path.posix.join(folder, NOT_EXPORTED)];
    else if (target.includes('*')) paths[specifier] ??= toSources(target).flatMap(patternTargets);
    else {
      const found = sourceFile(target);
      if (found !== undefined) paths[specifier] ??= [found];
    }
  }
  if (manifest.exports !== undefined && !isEntry(manifest, '.')) return paths;
  const index = indexFiles(folder, roots).find(exists);
  if (index !== undefined) paths[name] ??= [index];
  if (manifest.exports !== undefined) return paths;
  if (output !== undefined) {
    paths[`${path.posix.join(name, path.posix.relative(folder, output))}/*`] = roots.map((root) => `${root}/*`);
  }
  paths[`${name}/*`] = [`${folder}/*`];
  return paths;
}

/** An ES module looks for whole names only; a pattern without an extension leaves it to the specifier. */
function patternTargets(source: string): readonly string[] {
  const stem = source.replace(OUTPUT, '');
  return stem === source ? [source] : [...withExtensions(stem), stem];
}

/** What a package hides with `null` leads nowhere. */
const NOT_EXPORTED = 'not-exported';

function isEntry(manifest: WorkspacePackage['manifest'], subpath: string): boolean {
  return entryPoints(manifest).some((entry) => entry.subpath === subpath);
}

/** The files that a package's bare name may mean when its manifest leads to no source. */
function indexFiles(folder: string, roots: readonly string[]): readonly string[] {
  return [...roots, path.posix.join(folder, 'src'), folder].flatMap((root) => withExtensions(`${root}/index`));
}

function withExtensions(stem: string): readonly string[] {
  return SOURCES.map((each) => stem + each);
}

/** The configuration that a package is built with: a solution's has no files, one for tests no output. */
function buildConfig(configs: readonly Config[]): Config | undefined {
  const withFiles = configs.filter(({ files }) => files.size > 0);
  return (
    withFiles.find(({ options }) => 'outDir' in options || 'declarationDir' in options) ?? withFiles[0] ?? configs[0]
  );
}

/**
 * A configuration's own `paths`, made absolute. `baseUrl`, which TypeScript 7 takes no longer, is a pattern for
 * everything: what it says instead.
 */
export function ownPaths(config: Pick<Config, 'file' | 'options'> | undefined): Paths {
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

/** Without `rootDir`, TypeScript takes the folder that all sources share, and the configuration's own from version 6 on. */
function sourceRoots(folder: string, config: Config | undefined): readonly string[] {
  const said = folderOption(config, 'rootDir');
  if (said !== undefined) return [said];
  const own = config === undefined ? folder : path.posix.dirname(config.file);
  const folders = [...(config?.folders ?? [])].filter((each) => `${each}/`.startsWith(`${folder}/`));
  const [first, ...others] = folders;
  if (first === undefined) return [own];
  let shared = first;
  while (!others.every((each) => `${each}/`.startsWith(`${shared}/`))) shared = path.posix.dirname(shared);
  return config?.options.composite === true ? [...new Set([own, shared])] : [...new Set([shared, own])];
}

/**
 * The package's entry points, those that name types first, those of a condition that only some run-times have, such as
 * `browser`, last.
 */
export function entryPoints(manifest: Readonly<Record<string, unknown>>): readonly EntryPoint[] {
  if (manifest.exports !== undefined) {
    const found: EntryPoint[] = [];
    collect({ subpath: '.', isCommon: true }, manifest.exports, found);
    return [...found.filter(({ isCommon }) => isCommon), ...found.filter(({ isCommon }) => !isCommon)];
  }
  return ['types', 'typings', 'module', 'main'].flatMap((field): readonly EntryPoint[] => {
    const file = manifest[field];
    return typeof file === 'string' ? [{ subpath: '.', file, isCommon: true }] : [];
  });
}

interface EntryKey {
  readonly subpath: string;
  /** Whether TypeScript and Node know all conditions on the way to it. */
  readonly isCommon: boolean;
}

interface EntryPoint extends EntryKey {
  /** `null`: hidden. */
  readonly file: string | null;
}

const COMMON_CONDITION = /^(?:types(?:@.*)?|import|require|node|module-sync|default)$/;

function collect(key: EntryKey, value: unknown, found: EntryPoint[]): void {
  if (typeof value === 'string' || value === null) found.push({ ...key, file: value });
  else if (Array.isArray(value)) for (const each of value) collect(key, each, found);
  else if (typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) {
      if (/^[.#]/.test(name)) collect({ ...key, subpath: name }, inner, found);
      else collect({ ...key, isCommon: key.isCommon && COMMON_CONDITION.test(name) }, inner, found);
    }
  }
}
