import path from 'node:path/posix';
import type { ModuleRef } from '../../src/manifest/migration.ts';
import { isApart } from '../../src/survey/target-layout.ts';
import type { ModuleFacts } from './task.ts';

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
  /** What one file cannot tell; absent under plain jscodeshift. */
  readonly modules?: Pick<ModuleFacts, 'namesOf' | 'layout'> | undefined;
  /** Specifiers that were tried and do not lead to the module. */
  readonly avoid?: ReadonlySet<string> | undefined;
}

/**
 * The specifier for a module in the style of an old one: relative or below the same alias, with or without extension
 * (`.js` that means `.ts` too), `index` or its folder. An alias is read off the segments in which the old specifier and
 * its path agree: `@/core/x` for `src/core/x.ts` makes `@/` stand for `src/`. Where no alias reaches, it is a name of the
 * same kind that a configuration gives the module, else relative; into another package of a workspace only a name leads.
 * `undefined` when all that there is was tried already.
 */
export function writeSpecifier(request: SpecifierRequest): string | undefined {
  const { to, avoid } = request;
  if (to.kind === 'package') return to.specifier;
  for (const specifier of candidates(request, to.path)) if (!avoid?.has(specifier)) return specifier;
  return undefined;
}

/** In the order in which they are tried. */
function* candidates(request: SpecifierRequest, file: string): Generator<string> {
  const { from, old, oldModule, to, siblings = [], modules } = request;
  const isAlias = old !== undefined && !isRelative(old);
  const ending = old !== undefined && oldModule !== undefined ? endingOf(old, oldModule) : undefined;
  if (isAlias && ending) {
    const alias = aliasOf(old, oldModule!);
    if (alias && file.startsWith(alias.folder)) yield alias.prefix + written(file, ending).slice(alias.folder.length);
  }
  const outside = modules !== undefined && isApart(modules.layout, from, to) && !wasOutside(request);
  if (isAlias || outside) yield* modules?.namesOf(to, request) ?? [];
  if (outside) return;
  const ofSiblings = endingOfSiblings(from, file, siblings);
  const shown = !ending || (isAlias && (siblings.some(isRelative) || isJavaScript(file))) ? ofSiblings : ending;
  // What is found without an extension, and by which, depends on how the file is run.
  const others = [
    { extension: 'none', index: false },
    { extension: 'none', index: true },
    { extension: 'runtime', index: true },
  ] as const;
  for (const each of [shown, ...others]) yield relative(from, file, each);
}

/** Whether the old specifier led out of the package by a path. */
function wasOutside({ from, old, oldModule, modules }: SpecifierRequest): boolean {
  if (!modules || old === undefined || oldModule === undefined || !isRelative(old)) return false;
  return isApart(modules.layout, from, { kind: 'path', path: oldModule });
}

function isJavaScript(file: string): boolean {
  return /\.[cm]?jsx?$/.test(file);
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

function endingOfSiblings(from: string, to: string, siblings: readonly string[]): Ending {
  const relatives = siblings.filter(isRelative);
  const shown = relatives.find((each) => EXTENSION.test(each));
  if (shown) return { extension: /ts/.test(EXTENSION.exec(shown)![1]!) ? 'source' : 'runtime', index: true };
  // Node finds an ES module by its whole name only; whether a compiler finds it by less, the file would show.
  const mustShow = relatives.length === 0 && (/\.m[jt]s$/.test(from) || isJavaScript(to));
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
