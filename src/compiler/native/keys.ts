import { type Further, memberOf } from './further.ts';
import type { SymbolReader } from './symbol-reader.ts';
import {
  isElementAccessExpression,
  isIndexedAccessTypeNode,
  isLiteralTypeNode,
  isTypeReferenceNode,
  type Node,
  SyntaxKind,
} from './typescript.ts';

/**
 * The members that a string names as a key: `router['add']`, `Router['add']`, `Pick<Router, 'add'>` and every type
 * whose parameter is constrained to `keyof` another. `undefined` when the string is not a key.
 */
export function keyOf(token: Node, text: string, reader: SymbolReader): Further | undefined {
  const { checker } = reader.project;
  const { parent } = token;
  if (isElementAccessExpression(parent) && parent.argumentExpression === token) {
    const type = checker.getTypeAtLocation(parent.expression);
    return type === undefined ? undefined : memberOf(type, text, reader);
  }
  if (!isLiteralTypeNode(parent)) return undefined;
  let outermost: Node = parent;
  while (outermost.parent.kind === SyntaxKind.UnionType || outermost.parent.kind === SyntaxKind.ParenthesizedType) {
    outermost = outermost.parent;
  }
  const object = isIndexedAccessTypeNode(outermost.parent)
    ? outermost.parent.objectType
    : keyedArgument(outermost, reader);
  const type = object === undefined ? undefined : checker.getTypeAtLocation(object);
  return type === undefined ? undefined : memberOf(type, text, reader);
}

/** For `F<T, K>` where F declares `<A, B extends keyof A>` and `argument` is K: the node of T. */
function keyedArgument(argument: Node, reader: SymbolReader): Node | undefined {
  const reference = argument.parent;
  if (!isTypeReferenceNode(reference)) return undefined;
  const index = reference.typeArguments?.findIndex((each) => each === argument) ?? -1;
  const symbol = reader.project.checker.getSymbolAtLocation(reference.typeName);
  if (symbol === undefined || index < 0) return undefined;
  for (const { node } of reader.read(symbol).facts) {
    const parameters = (node as { typeParameters?: readonly TypeParameterNode[] }).typeParameters;
    const constraint = parameters?.[index]?.constraint?.getText();
    const keyed = parameters?.findIndex((each) => constraint === `keyof ${each.name.getText()}`) ?? -1;
    if (keyed >= 0) return reference.typeArguments?.[keyed];
    // `Omit<T, K extends keyof any>` takes any key, and yet its keys are those of its first argument.
    if (reference.typeName.getText() === 'Omit' && index === 1) return reference.typeArguments?.[0];
  }
  return undefined;
}

type TypeParameterNode = Node & { readonly name: Node; readonly constraint?: Node };
