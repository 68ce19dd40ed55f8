import { byPlace } from '../../base/places.ts';
import type { Declaration, Resolution } from '../contract.ts';
import { inComment } from '../in-comment.ts';
import { isJavaScript } from '../projects/memory-config.ts';
import { type FindModule, type Modules, resolveInComment } from './comment-places.ts';
import { askFurther, keyedMember } from './further.ts';
import { keyOf } from './keys.ts';
import type { Further } from './member-of.ts';
import { mockedMember } from './mock-members.ts';
import { textRange } from './read-declaration.ts';
import { memberOfReceiver } from './receiver.ts';
import { stubbedModule } from './stubs.ts';
import { type DeclarationFact, type SymbolReader, unresolvedImport } from './symbol-reader.ts';
import {
  getTokenAtPosition,
  isIdentifier,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isSourceFile,
  isStringLiteral,
  type NativeSymbol,
  type Node,
  SymbolFlags,
  SyntaxKind,
} from './typescript.ts';
import { whyUnknown } from './why-unknown.ts';

const COMMENT: Resolution = { kind: 'nothing', comment: true };
const TEXT: Resolution = { kind: 'nothing', comment: false };

/** What stands at each offset of a file, in one request for all offsets and a few more for those that need it. */
export function resolvePlaces(
  file: string,
  offsets: readonly number[],
  text: string,
  reader: SymbolReader,
  modules: Modules,
): readonly Resolution[] {
  if (offsets.length === 0) return [];
  const findModule = modules.find;
  const symbols = reader.project.checker.getSymbolAtPosition(file, offsets);
  return offsets.map((offset, index) => {
    const symbol = isModuleOf(symbols[index], file) ? undefined : symbols[index];
    const comment = inComment(text, offset);
    if (comment === 'yes' && symbol === undefined)
      return resolveInComment(file, offset, text, reader, modules) ?? COMMENT;
    // In a comment before a name the checker gives that name's symbol; in JSDoc a symbol may be meant.
    if (comment !== 'no' && tokenAt(file, offset, reader) === undefined)
      return resolveInComment(file, offset, text, reader, modules) ?? COMMENT;
    const isName = symbol !== undefined && !isComputed(text, file, offset, reader);
    const asked = isName ? (linkedMember(symbol, file, offset, text, reader) ?? symbol) : undefined;
    const resolved = asked === undefined ? undefined : resolveSymbol(asked, file, offset, reader, findModule);
    const answer = resolved ?? resolveToken(file, offset, reader, findModule);
    return isQuote(text[offset - 1]) ? unseen(answer) : answer;
  });
}

// For the string of `{ ['add']: local } = router` the checker gives the variable.
function isComputed(text: string, file: string, offset: number, reader: SymbolReader): boolean {
  // Told from the text first: a token takes the file's whole tree, and every specifier has a quote before it.
  if (!isQuote(text[offset - 1]) || !/\[\s*$/.test(text.slice(Math.max(0, offset - 40), offset - 1))) return false;
  return tokenAt(file, offset, reader)?.parent.kind === SyntaxKind.ComputedPropertyName;
}

/**
 * What `{@link Router#add}` means: a member of instances, where the class has one of that name. The checker reads `#` as a
 * dot and looks at statics first, at those of every function too.
 */
function linkedMember(
  found: NativeSymbol,
  file: string,
  offset: number,
  text: string,
  reader: SymbolReader,
): NativeSymbol | undefined {
  if (text[offset - 1] !== '#') return undefined;
  const [, name] = /([\p{ID_Continue}$]+)#$/u.exec(text.slice(Math.max(0, offset - LONGEST_NAME), offset)) ?? [];
  if (name === undefined) return undefined;
  const { checker } = reader.project;
  const [alias] = checker.getSymbolAtPosition(file, [offset - 1 - name.length]);
  const owner = alias && reader.target(alias);
  if (!owner || !(owner.flags & (SymbolFlags.Class | SymbolFlags.Interface))) return undefined;
  return checker.getPropertyOfType(checker.getDeclaredTypeOfSymbol(owner), found.name);
}

const LONGEST_NAME = 120;

function isQuote(character: string | undefined): boolean {
  return character === "'" || character === '"' || character === '`';
}

function resolveSymbol(
  symbol: NativeSymbol,
  file: string,
  offset: number,
  reader: SymbolReader,
  findModule: FindModule,
): Resolution | undefined {
  const { facts, ...unknown } = reader.read(symbol);
  if ((symbol.flags & SymbolFlags.Alias) === 0) {
    const module = facts.find((fact) => isSourceFile(fact.node))?.declaration.file;
    if (module !== undefined) return { kind: 'module', file: module };
  }
  // An index signature is no declaration of the member that is asked about.
  if (facts.length > 0 && facts.every((fact) => fact.node.kind === SyntaxKind.IndexSignature)) return undefined;
  const own = facts.find(({ declaration }) => declaration.file === file && declaration.range.start === offset);
  const stubbed = own === undefined ? undefined : stubbedModule(own.node, findModule);
  if (stubbed !== undefined) return stubbed;
  const further = own === undefined ? undefined : furtherOf(own, reader, findModule);
  if (further !== undefined) {
    const answer = resolveFurther(further, file, reader, findModule);
    return isJavaScript(file) ? unseen(answer) : answer;
  }
  const stoodFor = standsFor(facts, file, reader, findModule);
  if (stoodFor !== undefined) return unseen(resolveFurther(stoodFor, file, reader, findModule));
  if (facts.length === 0)
    return keyedAccess(symbol, file, offset, reader, findModule) ?? { kind: 'unknown', ...unknown };
  return { kind: 'declared', declarations: facts.map((fact) => fact.declaration).sort(byPlace) };
}

/** `counts.add` or `counts['add']` of a `Record<keyof Router, number>`. */
function keyedAccess(
  symbol: NativeSymbol,
  file: string,
  offset: number,
  reader: SymbolReader,
  findModule: FindModule,
): Resolution | undefined {
  const token = tokenAt(file, offset, reader);
  if (token === undefined) return undefined;
  if (!isPropertyAccessExpression(token.parent)) {
    const key = isIdentifier(token) ? undefined : keyOf(token, symbol.name, reader);
    return key === undefined ? undefined : resolveFurther(key, file, reader, findModule);
  }
  const type = reader.project.checker.getTypeAtLocation(token.parent.expression);
  const member = type && keyedMember(type, { symbols: [symbol] }, token, symbol.name, reader);
  return member === undefined ? undefined : resolveFurther(member, file, reader, findModule);
}

/** What members of this file's own objects stand in for, as `fake.add` with `const fake = { add() {} }` in a mock. */
function standsFor(
  facts: readonly DeclarationFact[],
  file: string,
  reader: SymbolReader,
  findModule: FindModule,
): Further | undefined {
  const isOwn = ({ declaration: { file: holder, owner } }: DeclarationFact) =>
    holder === file && owner?.kind === 'object';
  if (facts.length === 0 || !facts.every(isOwn)) return undefined;
  const found = facts.map(({ node, declaration }) => mockedMember(node, declaration.name, reader, findModule));
  if (!found.every((each) => each !== undefined)) return undefined;
  return { symbols: found.flatMap(({ symbols }) => symbols), mocks: found.flatMap(({ mocks = [] }) => mocks) };
}

function furtherOf(
  { node, declaration: { name } }: DeclarationFact,
  reader: SymbolReader,
  findModule: FindModule,
): Further | undefined {
  const asked = askFurther(node, name, reader);
  // A factory's object is given to a function that takes anything; what it stands in for is known from the mock.
  return asked === undefined || 'why' in asked ? (mockedMember(node, name, reader, findModule) ?? asked) : asked;
}

// In a comment and in white space the checker gives the module that they stand in. Handles carry case-folded paths.
function isModuleOf(symbol: NativeSymbol | undefined, file: string): boolean {
  if (symbol === undefined || symbol.flags & SymbolFlags.Alias) return false;
  return symbol.declarations.some(
    ({ kind, path }) => kind === SyntaxKind.SourceFile && path.toLowerCase() === file.toLowerCase(),
  );
}

function resolveFurther(further: Further, file: string, reader: SymbolReader, findModule: FindModule): Resolution {
  if ('why' in further) return { kind: 'unknown', why: further.why };
  if ('declarations' in further) return { kind: 'declared', declarations: distinct(further.declarations) };
  const readings = further.symbols.map((symbol) => reader.read(symbol));
  const stoodFor = standsFor(
    readings.flatMap(({ facts }) => facts),
    file,
    reader,
    findModule,
  );
  if (stoodFor !== undefined) return unseen(resolveFurther(stoodFor, file, reader, findModule));
  const declarations = distinct(readings.flatMap(({ facts }) => facts.map((fact) => fact.declaration)));
  const { mocks } = further;
  // A mock is given to functions that take anything.
  if (declarations.length > 0) return { kind: 'declared', declarations, ...(mocks && { mocks, unseen: true }) };
  const { why = 'it has no declaration', unresolved } = readings[0] ?? {};
  return { kind: 'unknown', why, ...(unresolved && { unresolved }) };
}

/** A place for which the checker has no symbol: not a name at all, or a name of something unknown. */
function resolveToken(file: string, offset: number, reader: SymbolReader, findModule: FindModule): Resolution {
  const token = tokenAt(file, offset, reader);
  if (token === undefined) return COMMENT;
  if (isIdentifier(token) || isPrivateIdentifier(token)) {
    const member = memberOfReceiver(token, reader);
    if (member !== undefined) return unseen(resolveFurther(member, file, reader, findModule));
    return { kind: 'unknown', ...whyUnknown(token, reader) };
  }
  if (!isStringLiteral(token) && token.kind !== SyntaxKind.NoSubstitutionTemplateLiteral) return TEXT;
  return resolveString(token, file, reader, findModule);
}

/** The token that has the offset in its own text, not in the comments before it; what JSDoc says in words is no token. */
function tokenAt(file: string, offset: number, reader: SymbolReader): Node | undefined {
  const source = reader.project.program.getSourceFile(file);
  if (source === undefined) return undefined;
  const token = getTokenAtPosition(source, offset);
  const isWords = token.kind >= SyntaxKind.FirstJSDocNode && token.kind <= SyntaxKind.LastJSDocNode;
  return isWords || offset < token.getStart(source) || offset >= token.end ? undefined : token;
}

function resolveString(token: Node, file: string, reader: SymbolReader, findModule: FindModule): Resolution {
  const source = token.getSourceFile();
  const range = textRange(token, source);
  const text = source.text.slice(range.start, range.end);
  if (isSpecifier(token)) {
    const module = findModule(file, text);
    return module === undefined
      ? { kind: 'unknown', ...unresolvedImport(file, text) }
      : { kind: 'module', file: module };
  }
  const key = keyOf(token, text, reader);
  return key === undefined ? TEXT : resolveFurther(key, file, reader, findModule);
}

function unseen(resolution: Resolution): Resolution {
  return resolution.kind === 'declared' ? { ...resolution, unseen: true } : resolution;
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
  const byKey = new Map(declarations.map((each) => [`${each.file}:${each.range.start}`, each]));
  return [...byKey.values()].sort(byPlace);
}

// The checker sorts a union's arms by the order in which it met their types, which differs from run to run.
