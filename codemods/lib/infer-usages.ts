import type { JSCodeshift } from 'jscodeshift';
import { LineIndex, type Place } from '../../src/base/places.ts';
import { splitQuery } from '../../src/base/specifier-query.ts';
import { formatExport, formatModule, type Migration, type ModuleRef, type Move } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { MemberCandidate, Proof, Subject, Usage } from '../../src/survey/usage.ts';
import { type InferredClass, inferReceivers } from './infer-receivers.ts';
import { docsOf } from './jsdoc.ts';
import type { ParsedFile } from './parse.ts';
import { isRelative, leadsTo } from './specifier-style.ts';
import { isPlainText, stringValue } from './syntax-index.ts';

/** A place that one file cannot tell about. */
interface Uncertain {
  readonly kind: Subject['kind'];
  readonly place: Place;
  readonly text: string;
}

/** What one file shows by itself. */
export interface Inferred {
  /** With a `proven` verdict, by start. */
  readonly usages: readonly Usage[];
  /** Places that may be deprecated. */
  readonly uncertain: readonly Uncertain[];
}

/**
 * The usages that can be known from one file without a compiler: relative specifiers and package names that lead to a
 * deprecated module by their text; members of variables, parameters, fields, `this` and `super` whose class is written
 * down in the file. `j` is jscodeshift, for the queries.
 */
export function inferUsages(file: ParsedFile, migration: Migration, j: JSCodeshift): Inferred {
  const lines = new LineIndex(file.text);
  const placeOf = (start: number, end: number): Place => ({
    file: file.path,
    range: { start, end },
    ...lines.at(start),
  });
  const usageOf = (
    start: number,
    end: number,
    subject: Subject,
    candidate: number,
    name: string,
    how: Proof['how'] = 'symbol',
  ): Usage => {
    const place = placeOf(start, end);
    const proof = { how, declaration: place, name } as const;
    return {
      id: `${file.path}:${start}`,
      place,
      text: file.text.slice(start, end),
      subject,
      verdict: { kind: 'proven', candidate, proof },
    };
  };
  const usages: Usage[] = [];
  const uncertain: Uncertain[] = [];

  const modules = deprecatedModules(migration);
  for (const literal of moduleStrings(file)) {
    const specifier = stringValue(literal)!;
    const place = placeOf(literal.start + 1, literal.end - 1);
    const named = modules.find(({ module }) => certainlyLeadsTo(file.path, specifier, module));
    if (named) {
      const subject: Subject = { kind: 'specifier', module: named.module, moves: named.moves };
      usages.push(usageOf(place.range.start, place.range.end, subject, 0, formatModule(named.module), 'module'));
    } else if (!isRelative(specifier) && modules.some(({ module }) => leadsTo(file.path, specifier, module))) {
      uncertain.push({ kind: 'specifier', place, text: `'${specifier}' may be an alias of a deprecated module` });
    }
  }

  const candidates = memberCandidates(migration);
  const receivers = inferReceivers(file, j, classesOf(migration));
  for (const { word, of, overrides } of receivers.members([...candidates.keys()])) {
    const inString = word.type !== 'Identifier';
    const [start, end] = inString ? [word.start + 1, word.end - 1] : [word.start, word.end];
    const name = file.text.slice(start, end);
    const list = candidates.get(name)!;
    const candidate = of && candidateFor(list, of);
    if (candidate !== undefined && candidate >= 0) {
      const subject: Subject = { kind: 'member', name, candidates: list };
      const how = overrides ? 'override' : 'symbol';
      usages.push(usageOf(start, end, subject, candidate, `${of!.name}.${name}`, how));
    } else if (!of || candidate !== undefined) {
      const text = of
        ? `'${name}' is said in several ways; which one holds, this file does not show`
        : `'${name}' of something whose class this file does not show`;
      uncertain.push({ kind: 'member', place: placeOf(start, end), text });
    }
  }
  return { usages: usages.toSorted((a, b) => a.place.range.start - b.place.range.start), uncertain };
}

/** By its text alone: a relative specifier or a package's own name; an alias could be anything. */
function certainlyLeadsTo(from: string, specifier: string, module: ModuleRef): boolean {
  return (module.kind === 'package' || isRelative(specifier)) && leadsTo(from, splitQuery(specifier).path, module);
}

const SOURCES = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration'];

/** The strings of a file that name modules, as far as codemods rewrite them. */
function moduleStrings(file: ParsedFile): readonly SyntaxNode[] {
  const { index } = file;
  const inDocs = docsOf(file).modules.map(({ literal }) => literal);
  const sources = SOURCES.flatMap((type) => index.ofType(type)).map((node) => node.source as SyntaxNode | null);
  const equals = index.ofType('TSExternalModuleReference').map((node) => node.expression as SyntaxNode);
  const types = index.ofType('TSImportType').map((node) => node.argument as SyntaxNode);
  const augmented = index.ofType('TSModuleDeclaration').map((node) => node.id as SyntaxNode);
  const calls = [...index.ofType('CallExpression'), ...index.ofType('NewExpression')];
  const called = calls.flatMap((call) => {
    const [first] = call.arguments as readonly SyntaxNode[];
    return first && loads(call) ? [first] : [];
  });
  return [...sources, ...equals, ...types, ...augmented, ...called, ...inDocs]
    .filter((node) => node !== null)
    .filter(isPlainText);
}

/** Whether the first argument of a call is a specifier. */
function loads({ type, callee, arguments: args }: SyntaxNode): boolean {
  const { type: calleeType, name, object, property } = callee as SyntaxNode;
  if (type === 'NewExpression') return name === 'URL' && isImportMetaUrl((args as readonly SyntaxNode[])[1]);
  if (calleeType === 'Import' || name === 'require') return true;
  const holder = object as SyntaxNode | undefined;
  if (holder?.type === 'MetaProperty') return (property as SyntaxNode).name === 'resolve';
  const last = (holder?.property as SyntaxNode | undefined)?.name ?? holder?.name;
  if (last === 'mock') return (property as SyntaxNode).name === 'module';
  return holder !== undefined && /^(?:vi|vitest|jest|require)$/.test(String(holder.name));
}

function isImportMetaUrl(node: SyntaxNode | undefined): boolean {
  return (
    (node?.object as SyntaxNode | undefined)?.type === 'MetaProperty' && (node!.property as SyntaxNode).name === 'url'
  );
}

function deprecatedModules(
  migration: Migration,
): readonly { readonly module: ModuleRef; readonly moves: readonly Move[] }[] {
  const modules = new Map<string, { module: ModuleRef; moves: Move[] }>();
  for (const move of migration.moves) {
    const replaced = move.kind === 'module' ? move.replaces : move.replaces.map((each) => each.export.module);
    for (const module of replaced) {
      const known = modules.get(formatModule(module)) ?? { module, moves: [] };
      if (!known.moves.includes(move)) known.moves.push(move);
      modules.set(formatModule(module), known);
    }
  }
  return [...modules.values()];
}

/** The classes that the file may name: deprecated ones, and canonical ones for files whose imports moved before. */
function classesOf(migration: Migration): readonly InferredClass[] {
  return migration.moves.flatMap((move) =>
    move.kind === 'export'
      ? [...move.replaces.map((each) => ({ ...each.export, name: each.export.name })), move.canonical].map((ref) => ({
          ref,
          name: ref.name,
          key: formatExport(ref),
        }))
      : [],
  );
}

function memberCandidates(migration: Migration): ReadonlyMap<string, readonly MemberCandidate[]> {
  const members = new Map<string, MemberCandidate[]>();
  for (const move of migration.moves) {
    if (move.kind !== 'export') continue;
    const owners = move.replaces.length === 0 ? [undefined] : move.replaces;
    for (const deprecated of owners) {
      const all = (deprecated?.mappings ?? move.inPlace).filter((mapping) => mapping.of === 'member');
      for (const name of new Set(all.map((mapping) => mapping.name))) {
        const candidate = { move, deprecated, mappings: all.filter((mapping) => mapping.name === name) };
        members.set(name, [...(members.get(name) ?? []), candidate]);
      }
    }
  }
  return members;
}

/**
 * The candidate that a class means: the deprecated export itself, or the canonical one when all that it replaces say
 * the member alike; -1 when they do not, `undefined` when the class has no such deprecated member.
 */
function candidateFor(candidates: readonly MemberCandidate[], of: InferredClass): number | undefined {
  const own = candidates.findIndex(({ deprecated }) => deprecated && formatExport(deprecated.export) === of.key);
  if (own >= 0) return own;
  const canonical = candidates.filter(({ move }) => formatExport(move.canonical) === of.key);
  if (canonical.length === 0) return undefined;
  const said = new Set(canonical.map(({ mappings }) => JSON.stringify(mappings.map(({ source }) => source))));
  return said.size === 1 ? candidates.indexOf(canonical[0]!) : -1;
}
