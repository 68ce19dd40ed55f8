import path from 'node:path';
import { BASELINE_FILE } from '../base/baseline.ts';
import { RerouteError } from '../base/errors.ts';
import { relativeToRoot } from '../base/paths.ts';
import { LineIndex } from '../base/places.ts';
import type { CompilerSession, Diagnostic } from '../compiler/contract.ts';
import type { Migration } from '../manifest/migration.ts';
import { Anchors, anchorFiles, declarationKey } from './anchors.ts';
import { ConfiguredNames } from './configured-names.ts';
import { type NamePattern, namePatterns } from './derived-names.ts';
import { isLegacyFile } from './legacy-file.ts';
import { isSource } from './list-files.ts';
import { ModuleNames, type ModuleResolver } from './module-names.ts';
import { missingNotes, type Note } from './notes.ts';
import { Prover } from './prove.ts';
import { type OnText, type SearchResult, search, withDerivedNames } from './search.ts';
import { type SearchTerms, searchTerms } from './search-terms.ts';
import { settingNotes } from './setting-notes.ts';
import { crashedOn, type SkippedFile } from './skipped-file.ts';
import type { TargetView } from './target-view.ts';
import type { Usage } from './usage.ts';

/** The facts about a target: what refers to something deprecated, what does not, and what could not be read. */
export interface Survey {
  /** By file in sorted order, within a file by start. */
  readonly usages: readonly Usage[];
  readonly skipped: readonly SkippedFile[];
  readonly filesRead: number;
  /** What is missing in the target, and what its configurations say that is read otherwise. */
  readonly notes: readonly Note[];
  /** What the compiler knows of the modules that the migration names; asks it, so only while it is open. */
  readonly modules: TargetModules;
}

/** What the compiler and the configurations say of the modules that the migration names. */
export type TargetModules = Pick<Anchors, 'exportNames' | 'isType' | 'hasManualMock' | 'takesFrom'> &
  Pick<ModuleNames, 'namesOf' | 'leadsTo' | 'reaches' | 'elsewhere' | 'layout'>;

/** What text search found, before the compiler is asked. */
export interface Found extends SearchResult {
  readonly terms: SearchTerms;
  readonly configured: ConfiguredNames;
  /** The files that the compiler has to know: those with hits and those that the migration names. Relative. */
  readonly files: readonly string[];
  /** The types that make names of other types' keys. */
  readonly patterns: readonly NamePattern[];
}

export interface FindOptions {
  /** All files of the target when left out. */
  readonly files?: readonly string[];
  readonly onText?: OnText;
  readonly configured?: ConfiguredNames;
  /** What is known from a search of all files, of which `files` are out of date. */
  readonly before?: Pick<Found, 'patterns'>;
}

/** Searches the target's files; no compiler is needed yet. */
export function find(view: TargetView, migration: Migration, options: FindOptions = {}): Found {
  const { files = [...view.files(), ...view.documents()], configured = new ConfiguredNames(view) } = options;
  const terms = searchTerms(migration, (module) =>
    module.kind === 'path' ? configured.of(module.path).map(({ specifier }) => specifier) : [],
  );
  // The manifest spells every name; it is no user of them.
  const manifest = relativeToRoot(view.root, migration.file);
  const searched = files.filter((file) => file !== manifest && !isGenerated(view, file));
  const patterns = (options.before?.patterns ?? []).filter(({ place }) => !files.includes(place.file));
  const plain = search(view, terms, searched, (file, text) => {
    if (isSource(file)) patterns.push(...namePatterns(file, text));
    options.onText?.(file, text);
  });
  const result = withDerivedNames(plain, view, terms, searched, patterns);
  const anchors = anchorFiles(migration).filter((file) => typeof view.read(file) !== 'string');
  const asked = patterns.map(({ place }) => place.file);
  return {
    ...result,
    terms,
    patterns,
    configured,
    files: [...new Set([...[...result.hits.keys()].filter(isSource), ...anchors, ...asked])],
  };
}

/**
 * Old implementations that are kept, the plan's own page, which spells all that it is about, and the ratchet's baseline,
 * which lists uses by id.
 */
function isGenerated(view: TargetView, file: string): boolean {
  if (isLegacyFile(view, file) || path.posix.basename(file) === BASELINE_FILE) return true;
  if (!file.endsWith('.md') || isSource(file)) return false;
  return /^# [^\n]*\n\n<!-- @generated from /.test(view.bytes(file)?.toString('utf8') ?? '');
}

/**
 * Asks the compiler about every hit. `session` must have been opened on `found.files`, or include them. When asking about
 * a file throws, the file is skipped with what was thrown, its places are for a person, and the others go on.
 */
export function prove(view: TargetView, migration: Migration, found: Found, session: CompilerSession): Survey {
  const sources = [...found.hits.keys()].filter(isSource);
  const importers = [...sources, ...anchorFiles(migration)].map((file) => view.absolute(file));
  const anchors = new Anchors(session, view, importers);
  const prover = new Prover({ session, view, anchors, terms: found.terms, configured: found.configured, migration });
  const broken = new Map(syntaxErrors(view, found, session));
  const usages: Usage[] = [];
  for (const [file, hits] of found.hits) {
    const source = view.read(file);
    if (typeof source === 'string') continue;
    if (!isSource(file)) {
      usages.push(...prover.mentions(hits));
      continue;
    }
    try {
      if (!broken.has(file)) usages.push(...prover.prove(file, source.text, hits));
    } catch (error) {
      if (error instanceof RerouteError) throw error;
      broken.set(file, crashedOn(file, 'its places could not be proven', error));
    }
    const skipped = broken.get(file);
    if (skipped) usages.push(...prover.leave(file, hits, skipped.reason));
  }
  const settled = prover.settle(usages);
  return {
    usages: settled,
    notes: [...missingNotes(view, settled), ...settingNotes(view, session.projects)],
    skipped: [...found.skipped, ...broken.values()],
    filesRead: found.filesRead,
    modules: factsOf(
      anchors,
      new ModuleNames({ resolver: resolverOf(session), view, migration, configured: found.configured }),
    ),
  };
}

function resolverOf(session: CompilerSession): ModuleResolver {
  return {
    resolveSpecifier: (file, specifier) => session.resolveSpecifier(file, specifier),
    readings: (file, specifier) => session.readings(file, specifier),
    exportsOf: (file) =>
      new Map([...session.exportsOf(file)].map(([name, found]) => [name, found.map(declarationKey).sort().join(' ')])),
  };
}

function factsOf(anchors: Anchors, names: ModuleNames): TargetModules {
  return {
    exportNames: (module) => anchors.exportNames(module),
    isType: (ref) => anchors.isType(ref),
    hasManualMock: (module) => anchors.hasManualMock(module),
    takesFrom: (file, module) => anchors.takesFrom(file, module),
    get layout() {
      return names.layout;
    },
    namesOf: (module, use) => names.namesOf(module, use),
    leadsTo: (from, specifier, module) => names.leadsTo(from, specifier, module),
    elsewhere: (from, specifier, module) => names.elsewhere(from, specifier, module),
    reaches: (from, file, module) => names.reaches(from, file, module),
  };
}

/** A file that does not parse is skipped: what the checker guesses of it is no proof. */
function syntaxErrors(view: TargetView, found: Found, session: CompilerSession): ReadonlyMap<string, SkippedFile> {
  const absolute = new Map([...found.hits.keys()].filter(isSource).map((file) => [view.absolute(file), file]));
  const broken = new Map<string, SkippedFile>();
  const errors = eachOnItsOwn([...absolute.keys()], session, (file, error) => {
    const relative = absolute.get(file)!;
    broken.set(relative, crashedOn(relative, 'it could not be parsed', error));
  });
  for (const error of errors) {
    const file = absolute.get(error.file);
    // 8000–8999: TypeScript syntax in a JavaScript file, which a bundler may well accept.
    if (file === undefined || broken.has(file) || (error.code >= 8000 && error.code < 9000)) continue;
    const source = view.read(file);
    const text = typeof source === 'string' ? '' : source.text;
    // JSDoc is read as types, and not everybody writes it for that (`Class~Inner`); the codemods parse the code again.
    if (inJsDoc(text, error.range.start)) continue;
    const position = new LineIndex(text).at(error.range.start);
    broken.set(file, { file, position, reason: { code: 'syntax-error', text: `does not parse: ${error.message}` } });
  }
  return broken;
}

function inJsDoc(text: string, offset: number): boolean {
  return text.lastIndexOf('/**', offset) > text.lastIndexOf('*/', offset);
}

/** The syntax errors of all files at once; when that throws, file by file, so that only the one that throws is lost. */
function eachOnItsOwn(
  files: readonly string[],
  session: CompilerSession,
  failed: (file: string, error: unknown) => void,
): readonly Diagnostic[] {
  try {
    return session.syntaxErrors(files);
  } catch (error) {
    if (error instanceof RerouteError) throw error;
    if (files.length > 1) return files.flatMap((file) => eachOnItsOwn([file], session, failed));
    for (const file of files) failed(file, error);
    return [];
  }
}
