import { LineIndex, type Place } from '../base/places.ts';
import type { SearchTerms } from './search-terms.ts';
import type { MemberCandidate } from './usage.ts';

/** A type that makes names of another's keys: `` { [K in keyof T as `on_${K}`]: … } ``, `` `event:${keyof T}` ``. */
export interface NamePattern {
  /** The template. */
  readonly place: Place;
  /** Where the type begins whose keys they are. */
  readonly object: number;
  /** Texts around the key, in the template's order; a hole that is something else stands for any name. */
  readonly before: readonly Part[];
  readonly after: readonly Part[];
  /** What is made of the key. */
  readonly change: keyof typeof CHANGES | undefined;
}

/** A name that such a type makes of a deprecated member's. */
export interface DerivedName {
  readonly start: number;
  readonly text: string;
  readonly member: string;
  readonly pattern: NamePattern;
}

type Part = { readonly text: string } | 'any name';

const CHANGES = {
  Capitalize: (key: string) => key.replace(/^./u, (first) => first.toUpperCase()),
  Uncapitalize: (key: string) => key.replace(/^./u, (first) => first.toLowerCase()),
  Uppercase: (key: string) => key.toUpperCase(),
  Lowercase: (key: string) => key.toLowerCase(),
};

const MAPPED =
  /\[\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s+in\s+[^\]]*?\bkeyof\s+(?:typeof\s+)?([\p{ID_Start}$_])[^\]]*?\bas\b[^\]]*?`([^`]*)`/gu;
const OF_KEYS = /`([^`]*\$\{[^}]*\bkeyof\s+(?:typeof\s+)?([\p{ID_Start}$_])[^}]*\}[^`]*)`/gu;

/** The patterns that a file's text has, as far as a text tells. */
export function namePatterns(file: string, text: string): readonly NamePattern[] {
  if (!text.includes('keyof') || !text.includes('`')) return [];
  const lines = new LineIndex(text);
  const patternOf = (template: string, end: number, object: number, key: RegExp): readonly NamePattern[] => {
    const start = end - template.length;
    const place = { file, range: { start, end }, ...lines.at(start) };
    const pattern = readTemplate(template, key);
    return pattern ? [{ place, object, ...pattern }] : [];
  };
  const mapped = [...text.matchAll(MAPPED)].flatMap((match) => {
    const [whole, variable, first, template] = match;
    const object = match.index + /\bkeyof\s+(?:typeof\s+)?/.exec(whole)!.index;
    return patternOf(template!, match.index + whole.length - 1, skip(text, object, first!), wordOf(variable!));
  });
  const ofKeys = [...text.matchAll(OF_KEYS)].flatMap((match) => {
    const [whole, template, first] = match;
    const object = match.index + whole.search(/\bkeyof\b/);
    return patternOf(template!, match.index + whole.length - 1, skip(text, object, first!), /\bkeyof\b/);
  });
  return [...mapped, ...ofKeys];
}

function skip(text: string, keyof: number, first: string): number {
  const head = /^keyof\s+(?:typeof\s+)?/.exec(text.slice(keyof))![0].length;
  return text.indexOf(first, keyof + head);
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`);
}

/** A template around its one hole with the key; `undefined` when it has none, or says no more than the key. */
function readTemplate(template: string, key: RegExp): Pick<NamePattern, 'before' | 'after' | 'change'> | undefined {
  const parts = template.split(/\$\{([^{}]*)\}/);
  const holes = parts.flatMap((part, i) => (i % 2 === 1 && key.test(part) ? [i] : []));
  const [hole] = holes;
  if (hole === undefined || holes.length > 1) return undefined;
  const change = /\b(Capitalize|Uncapitalize|Uppercase|Lowercase)\s*</.exec(parts[hole]!)?.[1] as NamePattern['change'];
  const texts = (from: number, to: number): readonly Part[] =>
    parts.slice(from, to).flatMap((text, i): readonly Part[] => {
      if ((from + i) % 2 === 1) return ['any name'];
      return text === '' ? [] : [{ text }];
    });
  const before = texts(0, hole);
  const after = texts(hole + 1, parts.length);
  return before.length + after.length === 0 && change === undefined ? undefined : { before, after, change };
}

/** Finds the names that patterns make of deprecated members; `undefined` when they make none. */
export function derivedNameFinder(
  patterns: readonly NamePattern[],
  { members }: SearchTerms,
): ((text: string) => readonly DerivedName[]) | undefined {
  const finders = patterns.flatMap((pattern) =>
    [...members.keys()].map((member) => {
      const key = escapeRegExp(made(pattern, member));
      const source = `${sourceOf(pattern.before)}${key}${sourceOf(pattern.after)}`;
      return { pattern, member, regexp: new RegExp(`(?<![\\p{ID_Continue}$])${source}(?![\\p{ID_Continue}$])`, 'gu') };
    }),
  );
  if (finders.length === 0) return undefined;
  return (text) => {
    const found = new Map<number, DerivedName>();
    for (const { pattern, member, regexp } of finders) {
      // The longest that begins there; a name that is the member's own is found as such.
      for (const { index, 0: name } of text.matchAll(regexp))
        if (name !== member && (found.get(index)?.text.length ?? 0) < name.length)
          found.set(index, { start: index, text: name, member, pattern });
    }
    return [...found.values()].sort((a, b) => a.start - b.start);
  };
}

/** What a derived name is once its member has the candidate's name. */
export function derivedFrom({ text, member, pattern }: DerivedName, { mappings }: MemberCandidate): string {
  const plain = mappings.find(({ parameters }) => parameters === undefined);
  const to = plain ? plain.to.text : (mappings[0]?.to.member ?? member);
  const parts = new RegExp(
    `^(${sourceOf(pattern.before)})${escapeRegExp(made(pattern, member))}(${sourceOf(pattern.after)})$`,
    'u',
  );
  const [, before = '', after = ''] = parts.exec(text) ?? [];
  return before + made(pattern, to) + after;
}

function made({ change }: NamePattern, key: string): string {
  return change ? CHANGES[change](key) : key;
}

function sourceOf(parts: NamePattern['before']): string {
  return parts.map((part) => (part === 'any name' ? '[\\p{ID_Continue}$]*?' : escapeRegExp(part.text))).join('');
}

function escapeRegExp(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
