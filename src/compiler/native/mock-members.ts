import { type Further, memberOf } from './member-of.ts';
import { exportOf } from './structure.ts';
import type { SymbolReader } from './symbol-reader.ts';
import {
  isCallExpression,
  isClassExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSourceFile,
  isStringLiteral,
  type NativeSymbol,
  type Node,
  SignatureKind,
  SymbolFlags,
  SyntaxKind,
  type Type,
} from './typescript.ts';

/**
 * What a name in the factory of a mock stands in for: of `vi.mock('./router', () => ({ Router: vi.fn(() => ({ add() {} })) }))`,
 * `Router` is the module's export and `add` a member of its instances. `undefined` outside of a factory, and for what
 * the module does not have. `find` tells where a specifier of the file leads.
 */
export function mockedMember(
  node: Node,
  name: string,
  reader: SymbolReader,
  find: (specifier: string) => string | undefined,
): Further | undefined {
  const holder = node.parent;
  if (!isObjectLiteralExpression(holder) && !isClassExpression(holder)) return undefined;
  const exported = exportOfFactory(holder, name, reader, find);
  if (exported !== undefined) return { symbols: [exported] };
  const { value, returned, awaited } = valueAround(holder);
  const property = value.parent;
  if (property === undefined || !isPropertyAssignment(property) || property.initializer !== value) return undefined;
  const symbol = exportOfFactory(property.parent, textOf(property.name), reader, find);
  if (symbol === undefined) return undefined;
  const isInstance = returned || (isClassExpression(holder) && !isStatic(node));
  const type = isInstance ? madeBy(symbol, awaited, reader) : reader.project.checker.getTypeOfSymbol(symbol);
  const member = type && memberOf(type, name, reader);
  return member !== undefined && 'symbols' in member ? member : undefined;
}

/** The export that a key of a mock's object stands in for, aliases followed. */
function exportOfFactory(
  object: Node,
  key: string,
  reader: SymbolReader,
  find: (specifier: string) => string | undefined,
): NativeSymbol | undefined {
  if (!isObjectLiteralExpression(object)) return undefined;
  const mock = mockOf(object, key);
  const specifier = mock && specifierOf(mock.call);
  const file = specifier === undefined ? undefined : find(specifier);
  return mock === undefined || file === undefined ? undefined : exportOf(file, mock.name, reader);
}

interface Mock {
  readonly call: CallNode;
  /** The export's name. */
  readonly name: string;
}

/** The mock in which a key of an object stands for an export: of what a factory returns, or of what is given as it is. */
function mockOf(object: Node, key: string): Mock | undefined {
  const { value, returned } = valueAround(object);
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

interface Around {
  /** The outermost expression that gives the value: itself, a function that returns it, `vi.fn(…)` of such. */
  readonly value: Node;
  readonly returned: boolean;
  readonly awaited: boolean;
}

function valueAround(inner: Node): Around {
  let value = inner;
  let returned = false;
  let awaited = false;
  for (;;) {
    const { parent } = value;
    if (parent === undefined || isSourceFile(parent)) return { value, returned, awaited };
    const made = returningFunction(value);
    if (isWrapper(parent)) value = parent;
    else if (made !== undefined && !returned) {
      awaited ||=
        (made as { modifiers?: readonly Node[] }).modifiers?.some(({ kind }) => kind === SyntaxKind.AsyncKeyword) ??
        false;
      returned = true;
      value = made;
    } else if (isPropertyAccessExpression(parent) && parent.expression === value && /^mock/.test(parent.name.text)) {
      value = parent.parent;
    } else {
      const method =
        isCallExpression(parent) && parent.arguments[0] === value ? mockMethod(parent.expression) : undefined;
      const gives = method !== undefined && /^mock(?:Return|Resolved)Value(?:Once)?$/.test(method);
      if (method === undefined || gives === returned) return { value, returned, awaited };
      returned = true;
      awaited ||= /Resolved/.test(method);
      value = parent;
    }
  }
}

/** The function that returns the value: `() => value`, `function () { return value; }`. */
function returningFunction(value: Node): Node | undefined {
  const { parent } = value;
  if (parent.kind === SyntaxKind.ArrowFunction) return (parent as { body?: Node }).body === value ? parent : undefined;
  if (parent.kind !== SyntaxKind.ReturnStatement) return undefined;
  let outer = parent.parent;
  while (outer.kind === SyntaxKind.Block || outer.kind === SyntaxKind.IfStatement) outer = outer.parent;
  return outer.kind === SyntaxKind.ArrowFunction || outer.kind === SyntaxKind.FunctionExpression ? outer : undefined;
}

/** `fn`, `mockImplementation` and their like: a test library's way to make a function of its first argument. */
function mockMethod(callee: Node): string | undefined {
  if (!isPropertyAccessExpression(callee)) return undefined;
  const name = callee.name.text;
  if (name === 'fn') return isIdentifier(callee.expression) ? name : undefined;
  return /^mock(?:Implementation|ReturnValue|ResolvedValue)(?:Once)?$/.test(name) ? name : undefined;
}

function isWrapper({ kind }: Node): boolean {
  return (
    kind === SyntaxKind.ParenthesizedExpression ||
    kind === SyntaxKind.AsExpression ||
    kind === SyntaxKind.SatisfiesExpression ||
    kind === SyntaxKind.NonNullExpression
  );
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
