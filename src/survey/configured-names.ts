import path from 'node:path';
import { configuredPatterns, EXTENSION, type Pattern } from './configured-patterns.ts';
import { PackageHomes } from './package-homes.ts';
import type { TargetView } from './target-view.ts';

/** A specifier by which a configuration lets a module be named. */
export type ModuleName = Pick<Pattern, 'specifier' | 'by' | 'home'>;

/** Where a specifier may lead; as in `Pattern`, without a `*`. */
export type Meaning = Pick<Pattern, 'stem' | 'tails'>;

/**
 * The names that modules may have although no specifier of them ends like their path: `paths` of a tsconfig, `imports`
 * and `exports` of a package.json. Read from the texts alone; where a specifier leads is for the compiler to say, so one
 * too many costs a question, and one too few a lost place.
 */
export class ConfiguredNames {
  readonly homes: PackageHomes;
  readonly #view: TargetView;
  readonly #known = new Map<string, readonly ModuleName[]>();
  #patterns: readonly Pattern[] | undefined;

  constructor(view: TargetView) {
    this.#view = view;
    this.homes = new PackageHomes(view);
  }

  /** The names of one module. */
  of(modulePath: string): readonly ModuleName[] {
    let names = this.#known.get(modulePath);
    if (names === undefined) {
      const found = this.#all().flatMap((pattern) => matching(pattern, modulePath));
      names = [...new Map(found.map((name) => [`${name.by} ${name.specifier}`, name])).values()];
      this.#known.set(modulePath, names);
    }
    return names;
  }

  /** The entries of the package in a folder, shortest first; those that stand for many modules left out. */
  entries(home: string): readonly string[] {
    const own = this.#all().filter((each) => each.by === 'exports' && each.home === home);
    const names = new Set(own.map(({ specifier }) => specifier).filter((specifier) => !specifier.includes('*')));
    return [...names].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  }

  /** What a specifier may stand for, whichever file it is in: paths without extension, and ends of such. */
  meanings(specifier: string): readonly Meaning[] {
    return this.#all().flatMap(({ specifier: key, stem, tails }) => {
      const [match] = filled('*', key, specifier);
      if (match === undefined) return [];
      const fill = (text: string) => text.replace('*', () => (match === '*' ? '' : match)).replace(EXTENSION, '');
      return [{ stem: fill(stem), tails: tails.map(fill) }];
    });
  }

  /** The aliases that several tsconfig files have, for different paths: as written, with at most one `*`. */
  sharedAliases(): readonly string[] {
    const stems = new Map<string, Set<string>>();
    for (const { by, home, specifier, stem } of this.#all()) {
      if (by === 'paths') stems.set(specifier, (stems.get(specifier) ?? new Set()).add(`${home} ${stem}`));
    }
    return [...stems].flatMap(([specifier, found]) => (found.size > 1 ? [specifier] : []));
  }

  /** Whether a file (relative) is one of the target's sources; what is built and ignored is not. */
  isListed(file: string): boolean {
    return this.#byStem().get(file.replace(EXTENSION, ''))?.includes(file) === true;
  }

  /** The modules (relative) that a package.json lets a specifier in a file mean, under whatever conditions. */
  targets(from: string, specifier: string): readonly string[] {
    if (/^\.{0,2}\//.test(specifier)) return [];
    const home = this.homes.of(from);
    const fitting = this.#all().flatMap((pattern) => {
      if (pattern.by === 'paths' || (pattern.by === 'imports' && pattern.home !== home)) return [];
      const [match] = filled('*', pattern.specifier, specifier);
      return match === undefined ? [] : [{ pattern, match: match === '*' ? '' : match }];
    });
    // Of several keys the longest decides, as in Node.
    const longest = Math.max(...fitting.map(({ pattern }) => pattern.specifier.length));
    const meant = fitting.filter(({ pattern }) => pattern.specifier.length === longest);
    return [...new Set(meant.flatMap(({ pattern, match }) => this.#filesOf(pattern, match)))];
  }

  #filesOf({ stem, tails: [tail], home, isCommon }: Pattern, match: string): readonly string[] {
    const fill = (text: string) => text.replace('*', () => match);
    const exact = this.#byStem().get(fill(stem)) ?? [];
    if (exact.length > 0 || isCommon || tail === undefined) return exact;
    // Build output for one kind of run-time: its source is told by its name.
    const ending = `/${fill(tail)}`;
    const found = [...this.#byStem()].filter(([each]) => isIn(home, each) && each.endsWith(ending));
    return found.flatMap(([, files]) => files);
  }

  #byStem(): ReadonlyMap<string, readonly string[]> {
    if (!this.#stems) {
      this.#stems = new Map();
      for (const file of this.#view.files()) {
        const stem = file.replace(EXTENSION, '');
        this.#stems.set(stem, [...(this.#stems.get(stem) ?? []), file]);
      }
    }
    return this.#stems;
  }

  #stems: Map<string, readonly string[]> | undefined;

  #all(): readonly Pattern[] {
    this.#patterns ??= configuredPatterns(this.#view);
    return this.#patterns;
  }
}

function matching(pattern: Pattern, modulePath: string): readonly ModuleName[] {
  const { specifier, by, home, stem, tails } = pattern;
  const own = modulePath.replace(EXTENSION, '');
  const stems = path.posix.basename(own) === 'index' ? [own, path.posix.dirname(own)] : [own];
  const specifiers = stems.flatMap((each) => [
    ...filled(specifier, stem, each),
    ...endingsOf(each, by === 'paths' ? '' : home).flatMap((end) =>
      tails.flatMap((tail) => filled(specifier, tail, end)),
    ),
  ]);
  return specifiers.map((each) => ({ specifier: each, by, home }));
}

function isIn(home: string, file: string): boolean {
  return home === '' || file.startsWith(`${home}/`);
}

/** A path below a folder, and what is left of it without its first folders; nothing when it lies elsewhere. */
function endingsOf(stem: string, home: string): readonly string[] {
  if (!isIn(home, stem)) return [];
  const segments = (home === '' ? stem : stem.slice(home.length + 1)).split('/');
  return segments.map((_, i) => segments.slice(i).join('/'));
}

/** The specifier when a path fits a pattern: both may have one `*`, which stands for the same. */
function filled(specifier: string, pattern: string, stem: string): readonly string[] {
  const [before, after] = pattern.split('*');
  if (after === undefined) return stem === pattern ? [specifier] : [];
  const fits = stem.startsWith(before!) && stem.endsWith(after) && stem.length > before!.length + after.length;
  return fits ? [specifier.replace('*', () => stem.slice(before!.length, stem.length - after.length))] : [];
}
