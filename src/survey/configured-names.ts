import path from 'node:path';
import { parseJsonc } from '../compiler/projects/jsonc.ts';
import { entryPoints } from '../compiler/projects/source-paths.ts';
import type { ModuleRef } from '../manifest/migration.ts';
import type { TargetView } from './target-view.ts';

/** A specifier that a configuration gives to a file, as it is written there: either may have one `*`. */
interface ConfiguredName {
  readonly specifier: string;
  /** Relative to the root, without extension. */
  readonly stem: string;
  /** An entry of a package leads to build output: its last segment has to do. `undefined`: the path is the source's. */
  readonly inside: string | undefined;
}

const EXTENSION = /(\.d)?\.[cm]?[jt]sx?$/;

/**
 * The specifiers that may name a module although they do not end like its path: `paths` of a tsconfig, `imports` and
 * `exports` of a package.json. Read from the texts alone; where a specifier leads is for the compiler to say, so one too
 * many costs a question, and one too few a lost place.
 */
export function configuredNames(view: TargetView): (module: ModuleRef) => readonly string[] {
  let names: readonly ConfiguredName[] | undefined;
  return (module) => {
    if (module.kind === 'package') return [];
    names ??= view.documents().flatMap((file) => namesIn(view, file));
    const stem = module.path.replace(EXTENSION, '');
    return [...new Set(names.flatMap((name) => matching(name, module.path, stem)))];
  };
}

function namesIn(view: TargetView, file: string): readonly ConfiguredName[] {
  const base = path.posix.basename(file);
  const isPackage = base === 'package.json';
  if (!isPackage && !/^(?:ts|js)config.*\.json$/.test(base)) return [];
  const content = parseJsonc(view.bytes(file)?.toString('utf8') ?? '');
  if (typeof content !== 'object' || content === null) return [];
  const folder = path.posix.dirname(file);
  return isPackage ? namesOfPackage(content, folder) : namesOfPaths(content, folder);
}

function namesOfPaths(content: object, folder: string): readonly ConfiguredName[] {
  const options = (content as { compilerOptions?: { paths?: unknown; baseUrl?: unknown } }).compilerOptions;
  const base = typeof options?.baseUrl === 'string' ? options.baseUrl : '.';
  return Object.entries((options?.paths ?? {}) as Record<string, unknown>).flatMap(([specifier, targets]) =>
    (Array.isArray(targets) ? targets : [])
      .filter((target): target is string => typeof target === 'string')
      .map((target) => ({
        specifier,
        stem: path.posix.join(folder, base, target).replace(EXTENSION, ''),
        inside: undefined,
      })),
  );
}

function namesOfPackage(content: object, folder: string): readonly ConfiguredName[] {
  const { name, imports } = content as { name?: unknown; imports?: unknown };
  const own = (subpath: string) => (subpath.startsWith('#') ? subpath : path.posix.join(String(name), subpath));
  const found = [
    ...(typeof name === 'string' ? entryPoints(content as Record<string, unknown>) : []),
    ...entryPoints({ exports: imports ?? {} }),
  ];
  return found
    .filter(([subpath]) => subpath !== '.' || typeof name === 'string')
    .map(([subpath, target]) => ({
      specifier: own(subpath),
      stem: path.posix.join(folder, target).replace(EXTENSION, ''),
      inside: folder === '.' ? '' : `${folder}/`,
    }));
}

function matching({ specifier, stem, inside }: ConfiguredName, file: string, own: string): readonly string[] {
  if (inside !== undefined && !file.startsWith(inside)) return [];
  const isIndex = path.posix.basename(own) === 'index';
  const stems = isIndex ? [own, path.posix.dirname(own)] : [own];
  const [before, after] = stem.split('*');
  if (after !== undefined) {
    return stems.flatMap((each) => {
      if (!each.startsWith(before!) || !each.endsWith(after) || each.length < before!.length + after.length) return [];
      return [specifier.replace('*', () => each.slice(before!.length, each.length - after.length))];
    });
  }
  const same = stems.includes(stem) || (inside !== undefined && path.posix.basename(stem) === path.posix.basename(own));
  return same ? [specifier] : [];
}
