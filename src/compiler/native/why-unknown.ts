import { memberOf } from './member-of.ts';
import type { SymbolReader, Unknown } from './symbol-reader.ts';
import {
  isBindingElement,
  isIdentifier,
  isPropertyAccessExpression,
  isQualifiedName,
  type NativeSymbol,
  type Node,
  SyntaxKind,
  TypeFlags,
} from './typescript.ts';

/** Why the checker has no symbol for a name, in words that end the sentence "not known: …". */
export function whyUnknown(name: Node, reader: SymbolReader): Unknown {
  const receiver = receiverOf(name);
  if (receiver === undefined) return { why: `no declaration of "${name.getText()}" is found` };
  const type = reader.project.checker.getTypeAtLocation(receiver);
  const untyped = type === undefined || type.isErrorType() || (type.flags & TypeFlags.Any) !== 0;
  if (untyped) return brokenOrigin(receiver, reader) ?? { why: 'the receiver is any' };
  const member = memberOf(type, name.getText(), reader);
  return 'why' in member ? member : { why: `no declaration of "${name.getText()}" is found` };
}

function receiverOf(name: Node): Node | undefined {
  const { parent } = name;
  if (isPropertyAccessExpression(parent) && parent.name === name) return parent.expression;
  if (isQualifiedName(parent) && parent.right === name) return parent.left;
  if (isBindingElement(parent) && (parent.propertyName ?? parent.name) === name) return parent.parent;
  return undefined;
}

/** The broken import that a value comes from, when a few steps lead there: its variable's type or first value. */
function brokenOrigin(receiver: Node, reader: SymbolReader): Unknown | undefined {
  let node: Node | undefined = receiver;
  for (let step = 0; node !== undefined && step < 5; step++) {
    const root = rootOf(node);
    const symbol: NativeSymbol | undefined =
      root === undefined ? undefined : reader.project.checker.getSymbolAtLocation(root);
    if (symbol === undefined) return undefined;
    const { facts, ...unknown } = reader.read(symbol);
    if (facts.length === 0) return unknown;
    node = originOf(facts[0]!.node);
  }
  return undefined;
}

function originOf(declaration: Node): Node | undefined {
  if (isBindingElement(declaration)) return originOf(declaration.parent.parent);
  const { type, initializer } = declaration as { type?: Node; initializer?: Node };
  return type ?? initializer;
}

/** The leftmost name of an expression or a type: `a` of `new a.B().c()`. */
function rootOf(node: Node): Node | undefined {
  let at: Node | undefined = node;
  while (at !== undefined && !isIdentifier(at)) {
    const inner: { expression?: Node; typeName?: Node; left?: Node; parent: Node } = at as never;
    if (at.kind === SyntaxKind.ObjectBindingPattern) at = originOf(at.parent);
    else at = inner.expression ?? inner.typeName ?? inner.left;
  }
  return at;
}
