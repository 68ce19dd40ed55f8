import type { FindModule } from './comment-places.ts';
import { placesOf } from './kept-values.ts';
import { type Members, memberOf } from './member-of.ts';
import { exportOf } from './structure.ts';
import { stubbedModule } from './stubs.ts';
import type { SymbolReader } from './symbol-reader.ts';
import {
  isCallExpression,
  isClassExpression,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteral,
  type NativeSymbol,
  type Node,
  SignatureKind,
  SymbolFlags,
  SyntaxKind,
  type Type,
} from './typescript.ts';
import type { Around } from './value-around.ts';

/**
 * What a name in the factory of a mock stands in for: of `vi.mock('./router', () => ({ Router: vi.fn(() => ({ add() {} })) }))`,
 * `Router` is the module's export and `add` a member of its instances, also where a constant of the file holds a part of
 * it. `undefined` outside of a factory, and for what the module does not have.
 */
export function mockedMember(
  node: Node,
  name: string,
  reader: SymbolReader,
  findModule: FindModule,
): Members | undefined {
  const holder = node.parent;
  if (!isObjectLiteralExpression(holder) && !isClassExpression(holder)) return undefined;
  if (!MAY_MOCK.test(node.getSourceFile().text)) return undefined;
  const exported = exportOfFactory(holder, name, reader, findModule);
  if (exported !== undefined) return { symbols: [exported.symbol], mocks: exported.mocks };
  const isOfClass = isClassExpression(holder) && !isStatic(node);
  const found = placesOf(holder, reader).map((place) => memberAt(place, name, isOfClass, reader, findModule));
  if (found.length === 0 || !found.every((each) => each !== undefined)) return undefined;
  return { symbols: found.flatMap(({ symbols }) => symbols), mocks: found.flatMap(({ mocks = [] }) => mocks) };
}

/** The members that something stands in for as the value of an export, or of what that makes. */
function memberAt(
  { value, returned, awaited }: Around,
  name: string,
  isOfClass: boolean,
  reader: SymbolReader,
  findModule: FindModule,
): Members | undefined {
  const property = value.parent;
  if (property === undefined || !isValueOf(property, value)) return undefined;
  const exported = exportOfFactory(property.parent, textOf(property.name), reader, findModule);
  if (exported === undefined) return undefined;
  const { symbol, mocks } = exported;
  const type = returned || isOfClass ? madeBy(symbol, awaited, reader) : reader.project.checker.getTypeOfSymbol(symbol);
  const member = type && memberOf(type, name, reader);
  return member !== undefined && 'symbols' in member ? { symbols: member.symbols, mocks } : undefined;
}

function isValueOf(property: Node, value: Node): property is Node & { readonly name: Node } {
  if (isShorthandPropertyAssignment(property)) return property.name === value;
  return isPropertyAssignment(property) && property.initializer === value;
}

interface Exported {
  readonly symbol: NativeSymbol;
  readonly mocks: readonly number[];
}

/** The export that a key of a mock's object stands in for, aliases followed. */
function exportOfFactory(
  object: Node,
  key: string,
  reader: SymbolReader,
  findModule: FindModule,
): Exported | undefined {
  if (!isObjectLiteralExpression(object)) return undefined;
  const found = placesOf(object, reader).map((place) => {
    const mock = mockAt(place, key, findModule);
    const symbol = mock?.file === undefined ? undefined : exportOf(mock.file, mock.name, reader);
    return symbol && { symbol, mocks: [mock!.specifier.getStart() + 1] };
  });
  const [first] = found;
  if (first === undefined || !found.every((each) => each?.symbol.id === first.symbol.id)) return undefined;
  return { symbol: first.symbol, mocks: found.flatMap((each) => each?.mocks ?? []) };
}

interface Mock {
  readonly specifier: Node;
  /** The module that is mocked. */
  readonly file: string | undefined;
  /** The export's name. */
  readonly name: string;
}

/** The mock in which a key of an object stands for an export: of what a factory returns, or of what is given as it is. */
function mockAt({ value, returned }: Around, key: string, findModule: FindModule): Mock | undefined {
  const { parent } = value;
  if (parent === undefined) return undefined;
  if (isCallExpression(parent) && parent.arguments[1] === value) {
    const callee = parent.expression.getText();
    if ((returned ? FACTORY_MOCK : OBJECT_MOCK).test(callee)) return mockBy(parent, key, findModule);
    return NODE_MOCK.test(callee) && key === 'defaultExport' ? mockBy(parent, 'default', findModule) : undefined;
  }
  if (returned || !isPropertyAssignment(parent)) return undefined;
  const stubbed = stubbedModule(parent, findModule);
  if (stubbed !== undefined) return { specifier: parent.name, file: stubbed.file, name: key };
  // `mock.module('…', { namedExports: { X } })` of node:test.
  const call = parent.parent.parent;
  if (textOf(parent.name) !== 'namedExports' || !isCallExpression(call) || call.arguments[1] !== parent.parent)
    return undefined;
  return NODE_MOCK.test(call.expression.getText()) ? mockBy(call, key, findModule) : undefined;
}

const MAY_MOCK = /\b(?:mock|doMock|setMock|unstable_mockModule|proxyquire|esmock)\b/;
const FACTORY_MOCK = /^(?:vi|vitest|jest)\.(?:mock|doMock|unstable_mockModule)$/;
const OBJECT_MOCK = /^jest\.setMock$/;
const NODE_MOCK = /(?:^|\.)mock\.module$/;

type CallNode = Node & { readonly arguments: readonly Node[] };

/** A mock by its call, which names the module first. */
function mockBy(call: CallNode, name: string, findModule: FindModule): Mock | undefined {
  const first = call.arguments[0]!;
  const named =
    isCallExpression(first) && first.expression.kind === SyntaxKind.ImportKeyword ? first.arguments[0] : first;
  if (named === undefined) return undefined;
  if (!isStringLiteral(named) && named.kind !== SyntaxKind.NoSubstitutionTemplateLiteral) return undefined;
  const text = (named as { readonly text?: string }).text ?? '';
  return { specifier: named, file: findModule(call.getSourceFile().fileName, text), name };
}

function isStatic(node: Node): boolean {
  const { modifiers = [] } = node as { modifiers?: readonly Node[] };
  return modifiers.some(({ kind }) => kind === SyntaxKind.StaticKeyword);
}

function textOf(name: Node): string {
  return isStringLiteral(name) ? name.text : name.getText();
}

/** What a class constructs, or a function returns; of a promise, what it resolves to. */
function madeBy(symbol: NativeSymbol, awaited: boolean, reader: SymbolReader): Type | undefined {
  const { checker } = reader.project;
  if (symbol.flags & SymbolFlags.Class) return checker.getDeclaredTypeOfSymbol(symbol);
  const type = checker.getTypeOfSymbol(symbol);
  // `module.exports = { Router }` hands a class on as a value.
  const [constructed] = type === undefined ? [] : checker.getSignaturesOfType(type, SignatureKind.Construct);
  if (constructed !== undefined) return checker.getReturnTypeOfSignature(constructed);
  const signature = type && checker.getSignaturesOfType(type, SignatureKind.Call)[0];
  const made = signature && checker.getReturnTypeOfSignature(signature);
  if (made === undefined || !awaited || made.getSymbol()?.name !== 'Promise') return made;
  return checker.getTypeArguments(made as Parameters<typeof checker.getTypeArguments>[0])[0];
}
