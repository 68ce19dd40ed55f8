import type { Declaration, Resolution } from '../contract.ts';
import { askFurther, type Further } from './further.ts';
import { keyOf } from './keys.ts';
import { textRange } from './read-declaration.ts';
import type { SymbolReader } from './symbol-reader.ts';
import {
  getTokenAtPosition,
  isIdentifier,
  isPrivateIdentifier,
  isSourceFile,
  isStringLiteral,
  type NativeSymbol,
  type Node,
  SymbolFlags,
  SyntaxKind,
} from './typescript.ts';
import { whyUnknown } from './why-unknown.ts';

/** Where a specifier that the checker gives no module for leads: a file, or `undefined`. */
export type FindModule = (file: string, specifier: string) => string | undefined;

const NOTHING: Resolution = { kind: 'nothing' };

/** What stands at each offset of a file, in one request for all offsets and a few more for those that need it. */
export function resolvePlaces(
  file: string,
  offsets: readonly number[],
  reader: SymbolReader,
  findModule: FindModule,
): readonly Resolution[] {
  if (offsets.length === 0) return [];
  const symbols = reader.project.checker.getSymbolAtPosition(file, offsets);
  return offsets.map((offset, index) => {
    const symbol = symbols[index];
    if (symbol !== undefined) return resolveSymbol(symbol, file, offset, reader);
    return resolveToken(file, offset, reader, findModule);
  });
}

function resolveSymbol(symbol: NativeSymbol, file: string, offset: number, reader: SymbolReader): Resolution {
  const { facts, why } = reader.read(symbol);
  if ((symbol.flags & SymbolFlags.Alias) === 0) {
    const module = facts.find((fact) => isSourceFile(fact.node));
    if (module !== undefined) return { kind: 'module', file: module.declaration.file };
  }
  const own = facts.find(({ declaration }) => declaration.file === file && declaration.range.start === offset);
  const further = own === undefined ? undefined : askFurther(own.node, own.declaration.name, reader);
  if (further !== undefined) return resolveFurther(further, reader);
  if (facts.length === 0) return { kind: 'unknown', why };
  return { kind: 'declared', declarations: facts.map((fact) => fact.declaration) };
}

function resolveFurther(further: Further, reader: SymbolReader): Resolution {
  if ('why' in further) return { kind: 'unknown', why: further.why };
  const readings = further.symbols.map((symbol) => reader.read(symbol));
  const declarations = distinct(readings.flatMap(({ facts }) => facts.map((fact) => fact.declaration)));
  if (declarations.length > 0) return { kind: 'declared', declarations };
  return { kind: 'unknown', why: readings[0]?.why ?? 'it has no declaration' };
}

/** A place for which the checker has no symbol: not a name at all, or a name of something unknown. */
function resolveToken(file: string, offset: number, reader: SymbolReader, findModule: FindModule): Resolution {
  const source = reader.project.program.getSourceFile(file);
  if (source === undefined) return NOTHING;
  const token = getTokenAtPosition(source, offset);
  if (offset < token.getStart(source) || offset >= token.end) return NOTHING;
  if (isIdentifier(token) || isPrivateIdentifier(token)) return { kind: 'unknown', why: whyUnknown(token, reader) };
  if (!isStringLiteral(token) && token.kind !== SyntaxKind.NoSubstitutionTemplateLiteral) return NOTHING;
  return resolveString(token, file, reader, findModule);
}

function resolveString(token: Node, file: string, reader: SymbolReader, findModule: FindModule): Resolution {
  const source = token.getSourceFile();
  const range = textRange(token, source);
  const text = source.text.slice(range.start, range.end);
  if (isSpecifier(token)) {
    const module = findModule(file, text);
    return module === undefined
      ? { kind: 'unknown', why: `unresolved import "${text}"` }
      : { kind: 'module', file: module };
  }
  const key = keyOf(token, text, reader);
  return key === undefined ? NOTHING : resolveFurther(key, reader);
}

const MODULE_CALLS = new Set(['require', 'require.resolve', 'import', 'import.meta.resolve']);

function isSpecifier(token: Node): boolean {
  const { parent } = token;
  if ((parent as { moduleSpecifier?: Node }).moduleSpecifier === token) return true;
  if (parent.kind === SyntaxKind.ExternalModuleReference) return true;
  if (parent.kind === SyntaxKind.LiteralType && parent.parent.kind === SyntaxKind.ImportType) return true;
  const call = parent as { expression?: Node; arguments?: readonly Node[] };
  if (parent.kind !== SyntaxKind.CallExpression || call.arguments?.[0] !== token) return false;
  return call.expression !== undefined && MODULE_CALLS.has(call.expression.getText());
}

function distinct(declarations: readonly Declaration[]): readonly Declaration[] {
  return [...new Map(declarations.map((each) => [`${each.file}:${each.range.start}`, each])).values()];
}
