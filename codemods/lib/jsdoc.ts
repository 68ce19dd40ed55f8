import { parse } from '@babel/parser';
import { overlaps, type TextRange } from '../../src/base/places.ts';
import { childrenOf, type SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { ParsedFile } from './parse.ts';

/** A specifier in a comment that the compiler reads. All nodes have offsets of the file. */
export type DocModule =
  /** `{import('…').X}`, `{typeof import('…')}`. */
  | { readonly kind: 'type'; readonly literal: SyntaxNode; readonly member: SyntaxNode | undefined }
  /** `@import { X } from '…'`. */
  | { readonly kind: 'import'; readonly literal: SyntaxNode; readonly declaration: SyntaxNode }
  /** `/// <reference path="…" />`. */
  | { readonly kind: 'reference'; readonly literal: SyntaxNode };

/** What the comments of a file name. */
export interface DocIndex {
  readonly modules: readonly DocModule[];
  /** Where a name stands in the braces of a tag or link, and nothing before it: `X`, not `ns.X`; by start. */
  names(name: string): readonly SyntaxNode[];
  /** The `X` of every `ns.X` in such braces, by start. */
  members(namespace: string): readonly SyntaxNode[];
}

const indexes = new WeakMap<ParsedFile, DocIndex>();

/** What the JSDoc and the reference directives of a file name; read once. */
export function docsOf(file: ParsedFile): DocIndex {
  let docs = indexes.get(file);
  if (!docs) {
    docs = readDocs(file);
    indexes.set(file, docs);
  }
  return docs;
}

function readDocs({ ast, text }: ParsedFile): DocIndex {
  const modules: DocModule[] = [];
  const braced: TextRange[] = [];
  for (const { type, start, end } of ast.comments ?? []) {
    const comment = text.slice(start!, end!);
    if (type === 'CommentLine') modules.push(...references(comment, start!));
    if (type !== 'CommentBlock' || !comment.startsWith('/**')) continue;
    const braces = bracesIn(text, { start: start!, end: end! });
    const inBraces = ({ literal }: DocModule) => braces.some((range) => overlaps(range, literal));
    braced.push(...braces);
    modules.push(...importTypes(comment, start!).filter(inBraces), ...importTags(comment, start!));
  }
  const clauses = modules.flatMap((module) => (module.kind === 'import' ? [module.declaration] : []));
  const find = (pattern: string) =>
    braced
      .flatMap(({ start, end }) =>
        [...text.slice(start, end).matchAll(new RegExp(pattern, 'g'))].map((match) => {
          const name = match[1]!;
          return identifier(name, start + match.index + match[0].length - name.length);
        }),
      )
      .filter((word) => !clauses.some((clause) => clause.start <= word.start && word.end <= clause.end));
  return {
    modules,
    names: (name) => find(`(?<![\\w$'"/.#~-])(${escaped(name)})(?![\\w$'"/-])`),
    members: (namespace) => find(`(?<![\\w$'"/.#~-])${escaped(namespace)}\\s*\\.\\s*([\\w$]+)`),
  };
}

/** The ranges between the outermost braces of a comment. */
function bracesIn(text: string, { start, end }: TextRange): readonly TextRange[] {
  const found: TextRange[] = [];
  let depth = 0;
  let open = start;
  for (let at = start; at < end; at++) {
    if (text[at] === '{' && depth++ === 0) open = at + 1;
    else if (text[at] === '}' && depth > 0 && --depth === 0) found.push({ start: open, end: at });
  }
  return found;
}

const REFERENCE = /^\/\/\/\s*<reference\s[^>]*?\b(?:path|types)\s*=\s*(['"])([^'"\n]+)\1/;

function references(comment: string, start: number): readonly DocModule[] {
  const found = REFERENCE.exec(comment);
  return found
    ? [{ kind: 'reference', literal: stringAt(found[2]!, start + found[0].length - found[2]!.length - 2) }]
    : [];
}

const GAP = String.raw`(?:\s|\n\s*\*(?!/))*`;
const IMPORT_TYPE = new RegExp(
  String.raw`\bimport\(${GAP}(['"])([^'"\n]+)\1(?:${GAP},${GAP}\{[^)]*\})?${GAP}\)(?:(${GAP}\.${GAP})([\p{ID_Start}$_][\p{ID_Continue}$]*))?`,
  'gu',
);

function importTypes(comment: string, start: number): readonly DocModule[] {
  return [...comment.matchAll(IMPORT_TYPE)].map((match): DocModule => {
    const [whole, , specifier, , name] = match;
    const literal = stringAt(specifier!, start + match.index + whole.search(/['"]/));
    const end = start + match.index + whole.length;
    return { kind: 'type', literal, member: name === undefined ? undefined : identifier(name, end - name.length) };
  });
}

function importTags(comment: string, start: number): readonly DocModule[] {
  return [...comment.matchAll(/@(import\b[^'"@]*(['"])[^'"\n]+\2)/g)].flatMap((match): readonly DocModule[] => {
    // The stars at the line starts are no part of the clause.
    const text = match[1]!.replace(/(\n\s*)\*/g, '$1 ');
    let declaration: SyntaxNode;
    try {
      const { program } = parse(text, { sourceType: 'module', plugins: ['typescript'] });
      declaration = program.body[0] as unknown as SyntaxNode;
    } catch {
      return [];
    }
    shift(declaration, start + match.index + 1);
    return [{ kind: 'import', literal: declaration.source as SyntaxNode, declaration }];
  });
}

/** Moves a small tree to where its text stands. */
function shift(node: SyntaxNode, by: number): void {
  const range = node as { start: number; end: number };
  range.start += by;
  range.end += by;
  for (const [, child] of childrenOf(node)) shift(child, by);
}

function stringAt(value: string, start: number): SyntaxNode {
  return { type: 'StringLiteral', value, start, end: start + value.length + 2 } as unknown as SyntaxNode;
}

function identifier(name: string, start: number): SyntaxNode {
  return { type: 'Identifier', name, start, end: start + name.length } as unknown as SyntaxNode;
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
