import { LineIndex, type Place } from '../base/places.ts';
import { formatModule } from '../manifest/migration.ts';
import { type DerivedName, derivedNameFinder, type NamePattern } from './derived-names.ts';
import { isSource } from './list-files.ts';
import { mentionFinder } from './mentions.ts';
import type { DeprecatedModule, SearchTerms } from './search-terms.ts';
import type { SkippedFile } from './skipped-file.ts';
import type { TargetView } from './target-view.ts';

/** A found place before anything is known of it. */
export interface Hit {
  readonly place: Place;
  /** The name, or the specifier without its quotes. */
  readonly text: string;
  readonly what: 'member' | 'export' | 'specifier' | 'mention';
  /** For `specifier` and `mention`: the deprecated modules that it may name. */
  readonly modules: readonly DeprecatedModule[];
  /** For a `member` whose name is only a part of what stands there. */
  readonly derived?: DerivedName;
}

export interface SearchResult {
  /** By file, in the order of the files; within a file by start. */
  readonly hits: ReadonlyMap<string, readonly Hit[]>;
  readonly skipped: readonly SkippedFile[];
  readonly filesRead: number;
}

/** Is shown the text of each file while it is at hand: reading a large target twice costs as much as searching it. */
export type OnText = (file: string, text: string) => void;

/**
 * Every place in `files` where a name or specifier of `terms` is spelled out, comments and strings included.
 *
 * Two passes: each file is searched for any of the terms at once, and only one that has one is searched for places. A
 * file with a NUL byte or with bytes that are not UTF-8 is skipped if it has a term in it.
 */
export function search(
  view: TargetView,
  terms: SearchTerms,
  files: readonly string[],
  onText: OnText = () => {},
): SearchResult {
  const hits = new Map<string, readonly Hit[]>();
  const skipped: SkippedFile[] = [];
  const find = placeFinder(terms);
  const mayHave = quickTest(terms);
  for (const file of files) {
    const source = view.read(file);
    if (source === 'gone') {
      const why = view.unreadable(file);
      if (why) skipped.push({ file, reason: { code: 'unreadable', text: `not read: ${why}` } });
      continue;
    }
    if (source === 'too-long') {
      // Whether it has a place nobody looked, so it is always told.
      skipped.push({ file, reason: { code: source, text: 'not read: it is longer than 64 million characters' } });
      continue;
    }
    if (typeof source === 'string') {
      if (terms.replacedFiles.has(file) || !mayHave(view.bytes(file)?.toString('utf8') ?? '')) continue;
      const text = source === 'binary' ? 'has a NUL byte: a binary file' : 'is not UTF-8';
      skipped.push({ file, reason: { code: source, text: `not read: it ${text}` } });
      continue;
    }
    onText(file, source.text);
    if (terms.replacedFiles.has(file) || !mayHave(source.text)) continue;
    const found = find(file, source.text);
    if (found.length === 0) continue;
    hits.set(file, found);
    view.keep(file, source);
  }
  return { hits, skipped, filesRead: files.length };
}

/** The result with the names that patterns make of deprecated members, which is a search of its own. */
export function withDerivedNames(
  result: SearchResult,
  view: TargetView,
  terms: SearchTerms,
  files: readonly string[],
  patterns: readonly NamePattern[],
): SearchResult {
  const find = derivedNameFinder(patterns, terms);
  if (!find) return result;
  const hits = new Map(result.hits);
  for (const file of files) {
    const source = isSource(file) && !terms.replacedFiles.has(file) ? view.read(file) : 'gone';
    if (typeof source === 'string') continue;
    const derived = find(source.text);
    if (derived.length === 0) continue;
    const lines = new LineIndex(source.text);
    const added = derived.map((name): Hit => {
      const place = { file, range: { start: name.start, end: name.start + name.text.length }, ...lines.at(name.start) };
      return { place, text: name.text, what: 'member', modules: [], derived: name };
    });
    // `'event:add'` is one place, not two.
    const isPart = ({ place: { range } }: Hit) =>
      added.some(({ place }) => place.range.start <= range.start && range.end <= place.range.end);
    const others = (hits.get(file) ?? []).filter((hit) => !isPart(hit));
    hits.set(
      file,
      [...others, ...added].sort((a, b) => a.place.range.start - b.place.range.start),
    );
    view.keep(file, source);
  }
  const inOrder = files.flatMap((file) => (hits.has(file) ? [[file, hits.get(file)!] as const] : []));
  return { ...result, hits: new Map(inOrder) };
}

function quickTest(terms: SearchTerms): (text: string) => boolean {
  const words = [...namesOf(terms), ...terms.modules.flatMap((module) => module.endings)];
  if (words.length === 0) return () => false;
  const pattern = new RegExp(words.map(escapeRegExp).join('|'));
  const anyIndex = terms.modules.some((module) => module.endings.includes('index'));
  const dots = /['"`]\.{1,2}(\/\.\.)*\/?['"`]/;
  return (text) => pattern.test(text) || (anyIndex && dots.test(text));
}

function placeFinder(terms: SearchTerms): (file: string, text: string) => Hit[] {
  const names = namesOf(terms)
    .sort((a, b) => b.length - a.length)
    .map(escapeRegExp);
  const name =
    names.length > 0
      ? new RegExp(`(?<![\\p{ID_Continue}$])(?:${names.join('|')})(?![\\p{ID_Continue}$])`, 'gu')
      : undefined;
  const specifier = specifierPattern(terms);
  const mentions = mentionFinder(terms.modules);
  const byEnding = new Map<string, DeprecatedModule[]>();
  for (const module of terms.modules) {
    for (const ending of module.endings) byEnding.set(ending, [...(byEnding.get(ending) ?? []), module]);
  }

  return (file, text) => {
    const lines = new LineIndex(text);
    const hits: Hit[] = [];
    const add = (start: number, found: string, what: Hit['what'], modules: readonly DeprecatedModule[]) => {
      const place = { file, range: { start, end: start + found.length }, ...lines.at(start) };
      hits.push({ place, text: found, what, modules });
    };
    if (specifier && isSource(file)) {
      for (const match of text.matchAll(specifier)) {
        const [, quote, found, last] = match;
        if (quote === '`' && found!.includes('${')) continue;
        add(match.index + 1, found!, 'specifier', byEnding.get(last ?? 'index') ?? []);
      }
    }
    for (const { start, text: found, module } of mentions(file, text)) {
      const taken = hits.some(({ place: { range } }) => range.start < start + found.length && start < range.end);
      if (!taken) add(start, found, 'mention', [module]);
    }
    if (name && isSource(file)) {
      const specifiers = hits.map((hit) => hit.place.range);
      for (const match of text.matchAll(name)) {
        // `'./Subject'` is one place, not two.
        if (specifiers.some((range) => range.start <= match.index && match.index < range.end)) continue;
        add(match.index, match[0], terms.members.has(match[0]) ? 'member' : 'export', []);
      }
    }
    return hits.sort((a, b) => a.place.range.start - b.place.range.start);
  };
}

/** Matches a quoted text whose last segment is that of a deprecated module: (quote)(text with (last segment)). */
function specifierPattern(terms: SearchTerms): RegExp | undefined {
  const endings = [...new Set(terms.modules.flatMap((module) => module.endings))];
  if (endings.length === 0) return undefined;
  // Only where a deprecated path has a quote in it may a specifier have one too, in other quotes.
  const quoted = terms.modules.some(({ module }) => /['"`]/.test(formatModule(module)));
  const segments = quoted ? String.raw`(?:(?:(?!\1)[^\r\n\\])*\/)?` : String.raw`(?:[^'"\x60\r\n\\]*\/)?`;
  const extension = String.raw`(?:\.(?:d\.)?[cm]?[jt]sx?)?\/?(?:[?#][^'"\x60\r\n]*)?`;
  const named = `${segments}(${endings.map(escapeRegExp).join('|')})${extension}`;
  // `.` and `../..` name the index of a folder.
  const dots = endings.includes('index') ? String.raw`|\.{1,2}(?:\/\.\.)*\/?` : '';
  return new RegExp(String.raw`(['"\x60])(${named}${dots})\1`, 'gu');
}

function namesOf(terms: SearchTerms): string[] {
  return [...new Set([...terms.members.keys(), ...terms.exports.keys(), ...terms.reviewed.keys()])];
}

function escapeRegExp(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
