import path from 'node:path';
import { parseJsonc } from '../compiler/projects/jsonc.ts';
import { entryPoints } from '../compiler/projects/source-paths.ts';
import type { TargetView } from './target-view.ts';

/** A specifier and what a configuration says that it stands for; both may have one `*`. */
export interface Pattern {
  readonly specifier: string;
  /** `paths` of a tsconfig, `imports` of a package.json for its own files, `exports` (or `main`) for everybody. */
  readonly by: 'paths' | 'imports' | 'exports';
  /** The folder of that configuration, relative to the root; empty for the root itself. */
  readonly home: string;
  /** Relative to the root, without extension. */
  readonly stem: string;
  /**
   * How the end of the path may read when the path itself is not that of a source: below the folder of the build output,
   * or below a folder that only who extends a tsconfig knows. Longest first.
   */
  readonly tails: readonly string[];
  /** Whether TypeScript and Node know the conditions under which it holds. */
  readonly isCommon: boolean;
}

export const EXTENSION = /(\.d)?\.[cm]?[jt]sx?$/;

/** All patterns in a target's configurations, read from the texts alone. */
export function configuredPatterns(view: TargetView): readonly Pattern[] {
  return view.documents().flatMap((file) => patternsIn(view, file));
}

function patternsIn(view: TargetView, file: string): readonly Pattern[] {
  const isPackage = path.posix.basename(file) === 'package.json';
  if (!isPackage && !/\.jsonc?$/.test(file)) return [];
  const source = view.read(file);
  // Any file may be one that a tsconfig extends; data is not worth parsing.
  if (typeof source === 'string' || (!isPackage && !/"paths"\s*:/.test(source.text))) return [];
  const content = parseJsonc(source.text);
  if (typeof content !== 'object' || content === null) return [];
  const folder = path.posix.dirname(file);
  const home = folder === '.' ? '' : folder;
  return isPackage ? patternsOfPackage(content, home) : patternsOfPaths(content, home);
}

const CONFIG_DIR = /^\$\{configDir\}\//;

function patternsOfPaths(content: object, home: string): readonly Pattern[] {
  const options = (content as { compilerOptions?: { paths?: unknown; baseUrl?: unknown } }).compilerOptions;
  const base = typeof options?.baseUrl === 'string' ? options.baseUrl : '.';
  return Object.entries((options?.paths ?? {}) as Record<string, unknown>).flatMap(([specifier, targets]) =>
    (Array.isArray(targets) ? targets : [])
      .filter((target): target is string => typeof target === 'string')
      .map((target): Pattern => {
        // Whose folder `${configDir}` is, only the file knows that extends this one.
        const tails = CONFIG_DIR.test(target) ? [target.replace(CONFIG_DIR, '').replace(EXTENSION, '')] : [];
        const stem = path.posix.join(home, base, target).replace(EXTENSION, '');
        return { specifier, by: 'paths', home, stem, tails, isCommon: true };
      }),
  );
}

function patternsOfPackage(content: object, home: string): readonly Pattern[] {
  const { name, imports, exports } = content as { name?: unknown; imports?: unknown; exports?: unknown };
  const pattern = (by: 'imports' | 'exports', specifier: string, target: string, isCommon = true): Pattern => {
    const below = path.posix.normalize(target).replace(EXTENSION, '');
    const [, ...segments] = below.split('/');
    const tails = segments.map((_, i) => segments.slice(i).join('/'));
    return { specifier, by, home, stem: path.posix.join(home, below), tails, isCommon };
  };
  const own = entryPoints({ exports: imports ?? {} }).flatMap(({ subpath, file, isCommon }) =>
    file !== null && subpath.startsWith('#') ? [pattern('imports', subpath, file, isCommon)] : [],
  );
  if (typeof name !== 'string') return own;
  const entries = entryPoints(content as Record<string, unknown>);
  const found = entries.flatMap(({ subpath, file, isCommon }) =>
    file === null ? [] : [pattern('exports', path.posix.join(name, subpath), file, isCommon)],
  );
  // What a bundler wrote need not be called like its source, and a package without an entry has an index.
  const isBare = exports === undefined || entries.some(({ subpath }) => subpath === '.');
  return isBare ? [...own, ...found, pattern('exports', name, './dist/index')] : [...own, ...found];
}
