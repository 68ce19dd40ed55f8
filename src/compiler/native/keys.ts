import type { Declaration } from '../contract.ts';
import { constantUses } from './constant-keys.ts';
import { contextualMember, keyedMember } from './further.ts';
import { typeOfKeys } from './key-types.ts';
import { keyedReceiver } from './keyed-calls.ts';
import { type Further, memberOf } from './member-of.ts';
import { memberOfValue } from './receiver.ts';
import type { SymbolReader } from './symbol-reader.ts';
import {
  isElementAccessExpression,
  isIndexedAccessTypeNode,
  isLiteralTypeNode,
  isTypeReferenceNode,
  type Node,
  SyntaxKind,
  type Type,
} from './typescript.ts';
import { typeOfValue } from './value-types.ts';

/**
 * The members that a string names as a key: `router['add']`, `Router['add']`, `'add' in router`, `spyOn(router, 'add')`,
 * `Pick<Router, 'add'>`, `const key: keyof Router = 'add'`, `key === 'add'`, every type or function whose parameter is
 * constrained to `keyof` another, and a constant that is used as such keys only. `undefined` when the string is not a key.
 */
export function keyOf(token: Node, text: string, reader: SymbolReader): Further | undefined {
  const { parent } = token;
  if (isElementAccessExpression(parent) && parent.argumentExpression === token) {
    const member = memberOfValue(parent.expression, text, reader);
    const type = typeAt(parent.expression, reader);
    if (type === undefined || member === undefined || !('symbols' in member)) return member;
    return keyedMember(type, member, token, text, reader) ?? member;
  }
  if (parent.kind === SyntaxKind.ComputedPropertyName) return computedKey(parent, text, reader);
  if (isLiteralTypeNode(parent)) return keyInType(parent, text, reader);
  return (
    memberOfNode(keyedReceiver(token, reader), text, reader) ??
    knownMember(typeOfKeys(token, reader), text, reader) ??
    constantKey(token, text, reader)
  );
}

function typeAt(node: Node | undefined, reader: SymbolReader): Type | undefined {
  return node === undefined ? undefined : typeOfValue(node, reader);
}

function memberOfNode(node: Node | undefined, text: string, reader: SymbolReader): Further | undefined {
  const member = node === undefined ? undefined : memberOfValue(node, text, reader);
  return member === undefined || 'why' in member ? undefined : member;
}

/** A string that may be a key is none when the type has no such member. */
function knownMember(type: Type | undefined, text: string, reader: SymbolReader): Further | undefined {
  const member = type === undefined ? undefined : memberOf(type, text, reader);
  return member !== undefined && 'symbols' in member ? member : undefined;
}

/** `{ ['add']: local } = router`, `{ ['add']() {} }`, and the same in a class. */
function computedKey(name: Node, text: string, reader: SymbolReader): Further | undefined {
  const { checker } = reader.project;
  const holder = name.parent;
  if (holder.parent.kind === SyntaxKind.ObjectBindingPattern) {
    return memberOfNode(holder.parent, text, reader);
  }
  if (holder.parent.kind === SyntaxKind.ObjectLiteralExpression) {
    const contextual = contextualMember(holder.parent, text, reader);
    if (contextual !== undefined) return contextual;
  }
  const own = checker.getSymbolAtLocation(name);
  return own === undefined ? undefined : { symbols: [own] };
}

function keyInType(literal: Node, text: string, reader: SymbolReader): Further | undefined {
  let outermost = literal;
  while (outermost.parent.kind === SyntaxKind.UnionType || outermost.parent.kind === SyntaxKind.ParenthesizedType) {
    outermost = outermost.parent;
  }
  const object = isIndexedAccessTypeNode(outermost.parent)
    ? outermost.parent.objectType
    : keyedArgument(outermost, reader);
  const type = typeAt(object, reader);
  return type === undefined ? undefined : memberOf(type, text, reader);
}

/** Each use of a constant must be a key, and what it is a key of is what the constant's text names. */
function constantKey(token: Node, text: string, reader: SymbolReader): Further | undefined {
  const uses = constantUses(token, reader);
  if (uses === undefined || uses.length === 0) return undefined;
  const members = uses.map((use) => declarationsOf(keyOf(use, text, reader), reader));
  return members.every((each) => each.length > 0) ? { declarations: members.flat() } : undefined;
}

function declarationsOf(member: Further | undefined, reader: SymbolReader): readonly Declaration[] {
  if (member === undefined || 'why' in member) return [];
  return 'declarations' in member ? member.declarations : member.symbols.flatMap((each) => reader.declarations(each));
}

/** For `F<T, K>` where F declares `<A, B extends keyof A>` and `argument` is K: the node of T. */
function keyedArgument(argument: Node, reader: SymbolReader): Node | undefined {
  const reference = argument.parent as Node & { readonly typeArguments?: readonly Node[]; readonly expression?: Node };
  const name = isTypeReferenceNode(reference)
    ? reference.typeName
    : reference.kind === SyntaxKind.ExpressionWithTypeArguments
      ? reference.expression
      : undefined;
  const index = reference.typeArguments?.indexOf(argument) ?? -1;
  const symbol = name === undefined ? undefined : reader.project.checker.getSymbolAtLocation(name);
  if (symbol === undefined || index < 0) return undefined;
  for (const { node } of reader.read(symbol).facts) {
    const parameters = (node as { typeParameters?: readonly TypeParameterNode[] }).typeParameters;
    const constraint = parameters?.[index]?.constraint?.getText();
    const keyed = parameters?.findIndex((each) => constraint === `keyof ${each.name.getText()}`) ?? -1;
    if (keyed >= 0) return reference.typeArguments?.[keyed];
    // `Omit<T, K extends keyof any>` takes any key, and yet its keys are those of its first argument.
    if (name?.getText() === 'Omit' && index === 1) return reference.typeArguments?.[0];
  }
  return undefined;
}

type TypeParameterNode = Node & { readonly name: Node; readonly constraint?: Node };
