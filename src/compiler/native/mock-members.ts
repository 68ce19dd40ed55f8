import { placesOf } from './kept-values.ts';
import { type Members, memberOf } from './member-of.ts';
import { exportOf } from './structure.ts';
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
 * it. `undefined` outside of a factory, and for what the module does not have. `find` tells where a specifier of the file
 * leads.
 */
export function mockedMember(
  node: Node,
  name: string,
  reader: SymbolReader,
  find: (specifier: string) => string | undefined,
): Members | undefined {
  const holder = node.parent;
  if (!isObjectLiteralExpression(holder) && !isClassExpression(holder)) return undefined;
  if (!MAY_MOCK.test(node.getSourceFile().text)) return undefined;
  const exported = exportOfFactory(holder, name, reader, find);
  if (exported !== undefined) return { symbols: [exported] };
  const isOfClass = isClassExpression(holder) && !isStatic(node);
  const members = placesOf(holder, reader).map((place) => memberAt(place, name, isOfClass, reader, find));
  return members.length > 0 && members.every((each) => each !== undefined) ? { symbols: members.flat() } : undefined;
}

/** The members that something stands in for as the value of an export, or of what that makes. */
function memberAt(
  { value, returned, awaited }: Around,
  name: string,
  isOfClass: boolean,
  reader: SymbolReader,
  find: (specifier: string) => string | undefined,
): readonly NativeSymbol[] | undefined {
  const property = value.parent;
  if (property === undefined || !isValueOf(property, value)) return undefined;
  const symbol = exportOfFactory(property.parent, textOf(property.name), reader, find);
  if (symbol === undefined) return undefined;
  const type = returned || isOfClass ? madeBy(symbol, awaited, reader) : reader.project.checker.getTypeOfSymbol(symbol);
  const member = type && memberOf(type, name, reader);
  return member !== undefined && 'symbols' in member ? member.symbols : undefined;
}

function isValueOf(property: Node, value: Node): property is Node & { readonly name: Node } {
  if (isShorthandPropertyAssignment(property)) return property.name === value;
  return isPropertyAssignment(property) && property.initializer === value;
}

/** The export that a key of a mock's object stands in for, aliases followed. */
function exportOfFactory(
  object: Node,
  key: string,
  reader: SymbolReader,
  find: (specifier: string) => string | undefined,
): NativeSymbol | undefined {
  if (!isObjectLiteralExpression(object)) return undefined;
  const exports = placesOf(object, reader).map((place) => {
    const mock = mockAt(place, key);
    const specifier = mock && specifierOf(mock.call);
    const file = specifier === undefined ? undefined : find(specifier);
    return mock === undefined || file === undefined ? undefined : exportOf(file, mock.name, reader);
  });
  return exports.every((each) => each?.id === exports[0]?.id) ? exports[0] : undefined;
}

interface Mock {
  readonly call: CallNode;
  /** The export's name. */
  readonly name: string;
}

/** The mock in which a key of an object stands for an export: of what a factory returns, or of what is given as it is. */
function mockAt({ value, returned }: Around, key: string): Mock | undefined {
  const { parent } = value;
  if (parent === undefined) return undefined;
  if (isCallExpression(parent) && parent.arguments[1] === value) {
    const callee = parent.expression.getText();
    if ((returned ? FACTORY_MOCK : OBJECT_MOCK).test(callee)) return { call: parent, name: key };
    return NODE_MOCK.test(callee) && key === 'defaultExport' ? { call: parent, name: 'default' } : undefined;
  }
  // `mock.module('…', { namedExports: { X } })` of node:test.
  if (returned || !isPropertyAssignment(parent) || textOf(parent.name) !== 'namedExports') return undefined;
  const call = parent.parent.parent;
  if (!isCallExpression(call) || call.arguments[1] !== parent.parent) return undefined;
  return NODE_MOCK.test(call.expression.getText()) ? { call, name: key } : undefined;
}

const MAY_MOCK = /\b(?:mock|doMock|setMock|unstable_mockModule)\b/;
const FACTORY_MOCK = /^(?:vi|vitest|jest)\.(?:mock|doMock|unstable_mockModule)$/;
const OBJECT_MOCK = /^jest\.setMock$/;
const NODE_MOCK = /(?:^|\.)mock\.module$/;

type CallNode = Node & { readonly arguments: readonly Node[] };

function specifierOf(call: CallNode): string | undefined {
  const first = call.arguments[0]!;
  const named =
    isCallExpression(first) && first.expression.kind === SyntaxKind.ImportKeyword ? first.arguments[0] : first;
  return named !== undefined && (isStringLiteral(named) || named.kind === SyntaxKind.NoSubstitutionTemplateLiteral)
    ? (named as { readonly text?: string }).text
    : undefined;
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
