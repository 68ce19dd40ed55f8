import path from 'node:path/posix';
import type { ModuleRef } from '../../src/manifest/migration.ts';

export interface SpecifierRequest {
  /** The file that the specifier stands in, relative to the target's root. */
  readonly from: string;
  /** A specifier whose style is kept. Absent: relative, in the style of `siblings`. */
  readonly old?: string;
  /** The path of the module that `old` leads to; absent for a package. */
  readonly oldModule?: string;
  readonly to: ModuleRef;
  /** The other specifiers of the file; the relative ones show whether extensions are written. */
  readonly siblings?: readonly string[];
  /** Relative whatever `old` is: its alias does not reach the module. */
  readonly relative?: boolean;
}

/**
 * The specifier for a module in the style of an old one: relative or below the same alias, with or without extension
 * (`.js` that means `.ts` too), `index` or its folder. An alias is read off the segments in which the old specifier and
 * its path agree: `@/core/x` for `src/core/x.ts` makes `@/` stand for `src/`. Below no alias it is relative.
 */
export function writeSpecifier({
  from,
  old,
  oldModule,
  to,
  siblings = [],
  relative: always = false,
}: SpecifierRequest): string {
  if (to.kind === 'package') return to.specifier;
  if (old !== undefined && oldModule !== undefined) {
    const ending = endingOf(old, oldModule);
    if (isRelative(old)) return relative(from, to.path, ending);
    const alias = always ? undefined : aliasOf(old, oldModule);
    if (alias && to.path.startsWith(alias.folder))
      return alias.prefix + written(to.path, ending).slice(alias.folder.length);
    return relative(from, to.path, siblings.some(isRelative) ? endingOfSiblings(from, siblings) : ending);
  }
  return relative(from, to.path, endingOfSiblings(from, siblings));
}

/** Whether a specifier names the path, as far as its text tells: relative, from the root, or below `@/`, `~/`, `#x/`. */
export function leadsTo(from: string, specifier: string, module: ModuleRef): boolean {
  if (module.kind === 'package') return specifier === module.specifier;
  const stem = stemOf(module.path);
  const stems = path.basename(stem) === 'index' ? [stem, path.dirname(stem)] : [stem];
  if (isRelative(specifier)) {
    const target = path.join(path.dirname(from), specifier).replace(/\/$/, '');
    return target === module.path || stems.includes(target) || stems.includes(stemOf(target));
  }
  const bare = stemOf(specifier);
  if (stems.includes(bare)) return true;
  const below = /^(?:@|~|#[^/]*|\$[^/]*)\/(.+)$/.exec(bare)?.[1];
  return below !== undefined && stems.some((each) => each === below || each.endsWith(`/${below}`));
}

export function isRelative(specifier: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(specifier);
}

interface Ending {
  /** `none`, as it runs (`.js` for `.ts`), or as the file is called. */
  readonly extension: 'none' | 'runtime' | 'source';
  /** Whether `index` is spelled out where there is no extension. */
  readonly index: boolean;
  /** The `m` or `c` of an extension that is found although it is not written: a bundler may do what TypeScript does not. */
  readonly finds?: string;
}

const EXTENSION = /\.(?:d\.)?([cm]?[jt]sx?)$/;

function stemOf(file: string): string {
  return file.replace(EXTENSION, '');
}

function endingOf(old: string, oldModule: string): Ending {
  const index = /(?:^|\/)index(?:\.[^/]*)?$/.test(old);
  const extension = EXTENSION.exec(old)?.[1];
  // `./a.js` may be the file `a.js.ts`: then the last segment is all stem.
  const bare = !extension || path.basename(stemOf(oldModule)) === path.basename(old);
  if (bare) return { extension: 'none', index, finds: moduleKind(oldModule) };
  return { extension: /ts/.test(extension) ? 'source' : 'runtime', index };
}

function endingOfSiblings(from: string, siblings: readonly string[]): Ending {
  const relatives = siblings.filter(isRelative);
  const shown = relatives.find((each) => EXTENSION.test(each));
  if (shown) return { extension: /ts/.test(EXTENSION.exec(shown)![1]!) ? 'source' : 'runtime', index: true };
  const mustShow = relatives.length === 0 && /\.m[jt]s$/.test(from);
  return { extension: mustShow ? 'runtime' : 'none', index: false };
}

/** The path as a specifier ends: `src/a.ts` → `src/a`, `src/a.js`, `src/a.ts`. */
function written(file: string, { extension, index, finds = '' }: Ending): string {
  const stem = stemOf(file);
  if (extension === 'source') return file;
  const kind = moduleKind(file);
  // `.mts` and `.cts` are found by their extension only.
  if (extension === 'runtime' || (kind !== '' && kind !== finds)) return stem + runtimeExtension(file);
  if (path.basename(stem) !== 'index' || index) return stem;
  return path.dirname(stem) === '.' ? '' : path.dirname(stem);
}

function runtimeExtension(file: string): string {
  return `.${moduleKind(file)}js${EXTENSION.exec(file)?.[1] === 'jsx' ? 'x' : ''}`;
}

/** The `m` of `.mts`, the `c` of `.cjs`; empty for `.ts`. */
function moduleKind(file: string): string {
  return /\.([cm])[jt]s$/.exec(file)?.[1] ?? '';
}

function relative(from: string, file: string, ending: Ending): string {
  const target = written(file, ending);
  const folder = path.dirname(from);
  const isFolder = target === '' || target === path.dirname(file);
  // A file's name stays: `../router` may stand beside a folder of that name, which `.` would mean.
  const way = isFolder
    ? path.relative(folder, target)
    : path.join(path.relative(folder, path.dirname(target)), path.basename(target));
  if (way === '') return '.';
  return way.startsWith('..') ? way : `./${way}`;
}

/** The prefix of an aliased specifier and the folder that it stands for, both with their final `/`, or empty. */
function aliasOf(old: string, oldModule: string): { readonly prefix: string; readonly folder: string } | undefined {
  const written = stemOf(old).split('/');
  const stem = stemOf(oldModule).split('/');
  if (stem.at(-1) === 'index' && written.at(-1) !== 'index') stem.pop();
  let shared = 0;
  while (shared < Math.min(written.length, stem.length) && written.at(-1 - shared) === stem.at(-1 - shared)) shared++;
  if (shared === 0) return undefined;
  const head = (segments: readonly string[]) =>
    segments
      .slice(0, segments.length - shared)
      .map((each) => `${each}/`)
      .join('');
  return { prefix: head(written), folder: head(stem) };
}
