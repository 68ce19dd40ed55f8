import path from 'node:path';
import type { TextRange } from '../../base/places.ts';
import type { Declaration, Resolution } from '../contract.ts';
import { isJavaScript } from '../projects/memory-config.ts';
import type { SymbolReader } from './symbol-reader.ts';

/** Where a specifier that the checker gives no module for leads: a file, or `undefined`. */
export type FindModule = (file: string, specifier: string) => string | undefined;

/** Where the modules that comments name are found. */
export interface Modules {
  readonly find: FindModule;
  readonly exportsOf: (file: string) => ReadonlyMap<string, readonly Declaration[]>;
}

/** What a comment names where the checker has no symbol; `undefined` for words. */
export function resolveInComment(
  file: string,
  offset: number,
  text: string,
  reader: SymbolReader,
  modules: Modules,
): Resolution | undefined {
  return resolveReference(file, offset, text, reader, modules.find) ?? resolveTag(file, offset, text, modules);
}

/** What a `/// <reference path="…" />` or `types="…"` names: a file beside this one, or a module. */
function resolveReference(
  file: string,
  offset: number,
  text: string,
  reader: SymbolReader,
  findModule: FindModule,
): Resolution | undefined {
  if (!/^\s*\/\/\/\s*<reference\s[^\n]*$/.test(text.slice(text.lastIndexOf('\n', offset) + 1, offset)))
    return undefined;
  const { program } = reader.project;
  const source = program.getSourceFile(file);
  const stands = ({ pos, end }: { readonly pos: number; readonly end: number }) => pos <= offset && offset <= end;
  const named = source?.referencedFiles.find(stands);
  if (named !== undefined) {
    const target = path.posix.join(path.posix.dirname(file), named.fileName);
    return program.getSourceFile(target) ? { kind: 'module', file: target } : undefined;
  }
  const types = source?.typeReferenceDirectives.find(stands);
  const module = types && findModule(file, types.fileName);
  return module === undefined ? undefined : { kind: 'module', file: module };
}

/** The module or the export of an import in a tag; see {@link taggedImports}. */
function resolveTag(file: string, offset: number, text: string, { find, exportsOf }: Modules): Resolution | undefined {
  if (!isJavaScript(file)) return undefined;
  const start = text.lastIndexOf('/**', offset);
  const end = text.indexOf('*/', offset);
  if (start < 0 || end < 0 || text.lastIndexOf('*/', offset) > start) return undefined;
  const stands = (part: TextRange | undefined) => part?.start === offset - start;
  for (const { specifier, name } of taggedImports(text.slice(start, end))) {
    if (!stands(specifier) && !stands(name)) continue;
    const module = find(file, text.slice(start + specifier.start, start + specifier.end));
    if (module === undefined) return undefined;
    if (stands(specifier)) return { kind: 'module', file: module };
    const declarations = exportsOf(module).get(text.slice(start + name!.start, start + name!.end));
    return declarations && { kind: 'declared', declarations, unseen: true };
  }
  return undefined;
}

interface TaggedImport {
  /** Without its quotes. */
  readonly specifier: TextRange;
  readonly name: TextRange | undefined;
}

const TAG = /@(?:implements|extends|augments)\s*\{\s*(?=import\()/g;
const IMPORT = /\bimport\(\s*(['"])([^'"\n]+)\1\s*\)(?:\s*\.\s*([\p{ID_Start}$_][\p{ID_Continue}$]*))?/gu;

/**
 * The imports in `@implements X` and its like, of an import type, which everybody writes and TypeScript reads as a class of the
 * name `import`; also those between its type arguments. Offsets count from the comment's start.
 */
function taggedImports(comment: string): readonly TaggedImport[] {
  return [...comment.matchAll(TAG)].flatMap(({ index, 0: tag }) => {
    const start = index + tag.length;
    const braced = comment.slice(start, closingBrace(comment, start));
    return [...braced.matchAll(IMPORT)].map((match): TaggedImport => {
      const [whole, quote, specifier, name] = match;
      const quoted = start + match.index + whole.indexOf(quote!) + 1;
      const end = start + match.index + whole.length;
      return {
        specifier: { start: quoted, end: quoted + specifier!.length },
        name: name === undefined ? undefined : { start: end - name.length, end },
      };
    });
  });
}

function closingBrace(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return text.length;
}

/** The import that an `import` stands for which TypeScript read as a class's name: its specifier and its export. */
export function importAt(text: string, offset: number): { specifier: string; name: string } | undefined {
  IMPORT.lastIndex = offset;
  const match = IMPORT.exec(text);
  IMPORT.lastIndex = 0;
  return match?.index === offset && match[3] !== undefined ? { specifier: match[2]!, name: match[3] } : undefined;
}
