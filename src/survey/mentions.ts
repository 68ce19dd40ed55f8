import path from 'node:path';
import type { ModuleRef } from '../manifest/migration.ts';
import type { DeprecatedModule } from './search-terms.ts';

/** A place that speaks of a deprecated module without importing it. */
export interface Mention {
  readonly start: number;
  readonly text: string;
  readonly module: DeprecatedModule;
}

const EXTENSION = /(?:\.d)?\.[cm]?[jt]sx?$/;
/** Where a path in running text ends or begins. */
const STOP = /[\s'"`()<>[\]{},;|=*:\\]/;
const LONGEST = 400;

/** Finds the mentions in a text, by start: paths of the target however they are rooted, and names of packages. */
export function mentionFinder(
  modules: readonly DeprecatedModule[],
): (file: string, text: string) => readonly Mention[] {
  const finders = modules.map((module) =>
    module.module.kind === 'path'
      ? pathFinder(module, module.module.path)
      : packageFinder(module, module.module.specifier),
  );
  return (file, text) => {
    const found = finders.flatMap((find) => [...find(file, text)]).sort((a, b) => a.start - b.start);
    return found.filter(({ start }, i) => found.findIndex((other) => other.start === start) === i);
  };
}

type Finder = (file: string, text: string) => Iterable<Mention>;

function pathFinder(module: DeprecatedModule, modulePath: string): Finder {
  const stem = modulePath.replace(EXTENSION, '');
  const last = new RegExp(`/${escapeRegExp(path.posix.basename(stem))}(?:(?:\\.d)?\\.[cm]?[jt]sx?)?(?![\\w$-])`, 'g');
  return function* (file, text) {
    for (const match of text.matchAll(last)) {
      const end = match.index + match[0].length;
      let start = match.index;
      while (start > 0 && end - start < LONGEST && !STOP.test(text[start - 1]!)) start--;
      // A path with spaces in it is known as a whole only.
      const whole = text.slice(0, end).replace(EXTENSION, '').endsWith(stem)
        ? text.slice(0, end).replace(EXTENSION, '').length - stem.length
        : start;
      const from = Math.min(start, whole);
      const words = text.slice(from, end);
      if (waysTo(file, words, stem).length > 0) yield { start: from, text: words, module };
    }
  };
}

function packageFinder(module: DeprecatedModule, specifier: string): Finder {
  const name = escapeRegExp(specifier);
  // A name that is a word of the language is one in quotes only.
  const pattern = /^@|\//.test(specifier)
    ? new RegExp(`(?<![\\w@/.-])${name}(?![\\w/-])`, 'g')
    : new RegExp(`(?<=(['"\`]))${name}(?=\\1)`, 'g');
  return function* (file, text) {
    if (path.posix.basename(file) === 'package.json') return;
    for (const { index } of text.matchAll(pattern)) yield { start: index, text: specifier, module };
  };
}

/** How a text leads to a module; empty when it does not. */
function waysTo(file: string, text: string, stem: string): readonly ('relative' | 'end' | 'alias')[] {
  const bare = text.replace(EXTENSION, '');
  const beside = path.posix.join(path.posix.dirname(file), bare) === stem;
  if (beside && /^\.{1,2}\//.test(bare)) return ['relative'];
  const rooted = bare.replace(/^(?:\.?\/)+/, '');
  if (rooted === stem || (stem.includes('/') && rooted.endsWith(`/${stem}`))) return ['end'];
  const below = /^(?:@|~|#[^/]*|\$[^/]*)\/(.+)$/.exec(bare)?.[1];
  return beside || (below !== undefined && stem.endsWith(`/${below}`)) ? ['alias'] : [];
}

/** Whether a whole text, as it stands in quotes, names a module by its path. */
export function isMention(file: string, text: string, { module }: DeprecatedModule): boolean {
  if (module.kind === 'package') return text === module.specifier && path.posix.basename(file) !== 'package.json';
  return text.includes('/') && waysTo(file, text.replace(/^<\w+>/, ''), module.path.replace(EXTENSION, '')).length > 0;
}

/** What a mention says once the module has moved; `undefined` when its exports go to several places, or by an alias. */
export function newMention(file: string, text: string, { module, moves }: DeprecatedModule): string | undefined {
  const [move] = moves;
  if (moves.length !== 1 || move?.kind !== 'module' || module.kind !== move.canonical.kind) return undefined;
  const canonical: ModuleRef = move.canonical;
  if (canonical.kind === 'package') return canonical.specifier;
  if (module.kind === 'package') return undefined;
  const stem = module.path.replace(EXTENSION, '');
  const [way] = waysTo(file, text.replace(/^<\w+>/, ''), stem);
  const extension = EXTENSION.exec(text)?.[0] ?? '';
  const ending = extension.includes('ts') ? (EXTENSION.exec(canonical.path)?.[0] ?? '') : extension;
  const to = canonical.path.replace(EXTENSION, '');
  if (way === 'end') return text.slice(0, text.length - extension.length - stem.length) + to + ending;
  if (way !== 'relative') return undefined;
  const relative = path.posix.relative(path.posix.dirname(file), to);
  return (relative.startsWith('.') ? relative : `./${relative}`) + ending;
}

function escapeRegExp(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
