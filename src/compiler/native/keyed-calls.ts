import { SPIES } from '../../base/spies.ts';
import type { SymbolReader } from './symbol-reader.ts';
import {
  isBinaryExpression,
  isCallExpression,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
} from './typescript.ts';

/** Functions of the language that take an object and the name of its member, as spies do. */
const REFLECTIONS =
  /^(?:Reflect\.(?:get|set|has|deleteProperty|defineProperty|getOwnPropertyDescriptor)|Object\.(?:defineProperty|getOwnPropertyDescriptor|hasOwn))$/;

/**
 * The object, or its type's node, whose key a string is: of `'add' in router`, `spyOn(router, 'add')`,
 * `Reflect.get(router, 'add')`, `router.hasOwnProperty('add')`, or `f(router, 'add')` and `f('add')` by f's types.
 */
export function keyedReceiver(token: Node, reader: SymbolReader): Node | undefined {
  const { parent } = token;
  if (isBinaryExpression(parent)) {
    return parent.operatorToken.kind === SyntaxKind.InKeyword && parent.left === token ? parent.right : undefined;
  }
  if (!isCallExpression(parent)) return undefined;
  const index = parent.arguments.indexOf(token as (typeof parent.arguments)[number]);
  if (index < 0) return undefined;
  const access = isPropertyAccessExpression(parent.expression) ? parent.expression : undefined;
  const callee = (access?.name ?? parent.expression).getText();
  if (index === 1 && (SPIES.has(callee) || REFLECTIONS.test(parent.expression.getText()))) return parent.arguments[0];
  if (index === 0 && callee === 'hasOwnProperty') return access?.expression;
  return receiverByTypes(index, parent, reader);
}

function receiverByTypes(
  index: number,
  call: Node & { readonly arguments: readonly Node[] },
  reader: SymbolReader,
): Node | undefined {
  const signature = reader.project.checker.getResolvedSignature(call)?.declaration?.resolve(reader.project);
  const { parameters = [], typeParameters = [] } = (signature ?? {}) as SignatureNode;
  const type = parameters[index]?.type;
  const own = typeParameters.find((each) => each.name.getText() === type?.getText());
  const keys = own?.constraint ?? type;
  if (keys === undefined || keys.kind !== SyntaxKind.TypeOperator || !keys.getText().startsWith('keyof ')) {
    return undefined;
  }
  const object = (keys as Node & { readonly type: Node }).type;
  const keyed = parameters.findIndex((each) => each.type?.getText() === object.getText());
  if (keyed >= 0) return call.arguments[keyed];
  // `<K extends keyof Router>(key: K)` says whose keys it takes.
  return typeParameters.some((each) => each.name.getText() === object.getText()) ? undefined : object;
}

type SignatureNode = {
  readonly parameters?: readonly (Node & { readonly type?: Node })[];
  readonly typeParameters?: readonly (Node & { readonly name: Node; readonly constraint?: Node })[];
};
