import { type Further, memberOf } from './further.ts';
import type { SymbolReader } from './symbol-reader.ts';
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIndexedAccessTypeNode,
  isLiteralTypeNode,
  isPropertyAccessExpression,
  isTypeReferenceNode,
  type Node,
  SyntaxKind,
} from './typescript.ts';

/**
 * The members that a string names as a key: `router['add']`, `Router['add']`, `'add' in router`, `spyOn(router, 'add')`,
 * `Pick<Router, 'add'>`, and every type or function whose parameter is constrained to `keyof` another. `undefined` when the string is not a key.
 */
export function keyOf(token: Node, text: string, reader: SymbolReader): Further | undefined {
  const { checker } = reader.project;
  const { parent } = token;
  if (isElementAccessExpression(parent) && parent.argumentExpression === token) {
    const type = checker.getTypeAtLocation(parent.expression);
    return type === undefined ? undefined : memberOf(type, text, reader);
  }
  const receiver = keyedReceiver(token, reader);
  if (receiver !== undefined) {
    const type = checker.getTypeAtLocation(receiver);
    const member = type === undefined ? undefined : memberOf(type, text, reader);
    return member !== undefined && 'symbols' in member ? member : undefined;
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

/** Functions of test libraries that take an object and the name of its member. */
const SPIES = new Set(['spyOn', 'replaceProperty', 'stub', 'spy']);

/** The object whose key a string is: of `'add' in router`, `spyOn(router, 'add')`, or `f(router, 'add')` by f's types. */
function keyedReceiver(token: Node, reader: SymbolReader): Node | undefined {
  const { parent } = token;
  if (isBinaryExpression(parent)) {
    return parent.operatorToken.kind === SyntaxKind.InKeyword && parent.left === token ? parent.right : undefined;
  }
  if (!isCallExpression(parent)) return undefined;
  const index = parent.arguments.indexOf(token as (typeof parent.arguments)[number]);
  if (index < 0) return undefined;
  const callee = isPropertyAccessExpression(parent.expression) ? parent.expression.name : parent.expression;
  if (index === 1 && SPIES.has(callee.getText())) return parent.arguments[0];
  const signature = reader.project.checker.getResolvedSignature(parent)?.declaration?.resolve(reader.project);
  const { parameters = [], typeParameters = [] } = (signature ?? {}) as SignatureNode;
  const type = parameters[index]?.type?.getText();
  const constraint = typeParameters.find((each) => each.name.getText() === type)?.constraint?.getText() ?? type;
  const keyed = parameters.findIndex(
    (each) => each.type !== undefined && constraint === `keyof ${each.type.getText()}`,
  );
  return keyed < 0 ? undefined : parent.arguments[keyed];
}

type SignatureNode = {
  readonly parameters?: readonly (Node & { readonly type?: Node })[];
  readonly typeParameters?: readonly TypeParameterNode[];
};

/** For `F<T, K>` where F declares `<A, B extends keyof A>` and `argument` is K: the node of T. */
function keyedArgument(argument: Node, reader: SymbolReader): Node | undefined {
  const reference = argument.parent;
  if (!isTypeReferenceNode(reference)) return undefined;
  const index = reference.typeArguments?.indexOf(argument as TypeNode) ?? -1;
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

type TypeNode = Parameters<SymbolReader['project']['checker']['getTypeFromTypeNode']>[0];
type TypeParameterNode = Node & { readonly name: Node; readonly constraint?: Node };
