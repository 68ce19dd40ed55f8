import { keyedType } from './key-types.ts';
import { type Further, type Members, memberOf } from './member-of.ts';
import { memberOfValue } from './receiver.ts';
import type { SymbolReader } from './symbol-reader.ts';
import {
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isJsxAttribute,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSourceFile,
  type Node,
  SyntaxKind,
  type Type,
  TypeFlags,
} from './typescript.ts';
import { classNamedBy, typeOfValue } from './value-types.ts';

/**
 * What a declaring name refers to beside what it declares; `undefined` when it only declares.
 *
 * `const { add } = router` declares a variable and refers to the router's `add`; so does the shorthand. In an object
 * literal with a contextual type, `add() {}` is that type's `add`. The checker gives the declared symbol for these.
 */
export function askFurther(node: Node, name: string, reader: SymbolReader): Further | undefined {
  if (isBindingElement(node)) {
    if (node.propertyName !== undefined || node.dotDotDotToken !== undefined) return undefined;
    return memberOfValue(node.parent, name, reader);
  }
  if (isSourceFile(node)) return undefined;
  if (isJsxAttribute(node)) return contextualMember(node.parent, name, reader);
  if (!isObjectLiteralExpression(node.parent)) return undefined;
  const source = destructured(node.parent, reader);
  if (source !== undefined) return memberOf(source, name, reader);
  return (
    assignedMember(node.parent, name, reader) ??
    contextualMember(node.parent, name, reader) ??
    shorthandValue(node, reader)
  );
}

export function contextualMember(expression: Node, name: string, reader: SymbolReader): Further | undefined {
  const contextual = reader.project.checker.getContextualType(expression as Parameters<ContextualType>[0]);
  const isKnown = contextual !== undefined && (contextual.flags & UNKNOWN) === 0;
  const given = isKnown || contextual?.isErrorType() ? contextual : assertedType(expression, reader);
  const type = given?.isErrorType() ? annotatedClass(expression, reader) : given;
  if (type === undefined) return given && { why: 'the type that it is given is not found' };
  const member = memberOf(type, name, reader);
  return 'symbols' in member ? (keyedMember(type, member, expression, name, reader) ?? member) : undefined;
}

/**
 * The member of T that a property of `Record<keyof T, …>` is named for: it has no declaration of its own.
 * `undefined` when `member` has one, or when T is not known.
 */
export function keyedMember(
  type: Type,
  member: Members,
  near: Node,
  name: string,
  reader: SymbolReader,
): Further | undefined {
  if (member.symbols.some((symbol) => symbol.declarations.length > 0)) return undefined;
  // `Record<keyof T, …>` keeps its type arguments, also inside `Partial` and the like.
  for (let keys: Type | undefined = type, depth = 0; keys !== undefined && depth < 4; depth++) {
    keys = keys.getAliasTypeArguments()[0];
    const keyed = keys === undefined ? undefined : keyedType(keys, near.getSourceFile(), reader);
    if (keyed !== undefined) return memberOf(keyed, name, reader);
  }
  return undefined;
}
type ContextualType = SymbolReader['project']['checker']['getContextualType'];

/** The class that JSDoc names as the type of a literal, as a value: see {@link classNamedBy}. */
function annotatedClass(literal: Node, reader: SymbolReader): Type | undefined {
  let annotation: Node | undefined;
  let outer = literal.parent;
  for (; ASSERTIONS.has(outer.kind); outer = outer.parent) annotation = (outer as { type?: Node }).type ?? annotation;
  annotation ??= (outer as { type?: Node }).type;
  return annotation === undefined ? undefined : classNamedBy(annotation, reader);
}

/** The type that a literal is given at once, past others: Router for `{ … } as unknown as Router`. */
function assertedType(expression: Node, reader: SymbolReader): Type | undefined {
  let outermost = expression;
  let isAsserted = false;
  for (; ASSERTIONS.has(outermost.parent.kind); outermost = outermost.parent)
    isAsserted ||= outermost.parent.kind !== SyntaxKind.ParenthesizedExpression;
  // Parentheses alone give it no type but its own.
  return isAsserted ? reader.project.checker.getTypeAtLocation(outermost) : undefined;
}

const UNKNOWN = TypeFlags.Any | TypeFlags.Unknown;

const ASSERTIONS = new Set<SyntaxKind>([
  SyntaxKind.AsExpression,
  SyntaxKind.TypeAssertionExpression,
  SyntaxKind.SatisfiesExpression,
  SyntaxKind.ParenthesizedExpression,
]);

/** `Object.assign(Router.prototype, { add() {} })`. */
function assignedMember(literal: Node, name: string, reader: SymbolReader): Further | undefined {
  const call = literal.parent;
  if (!isCallExpression(call) || call.expression.getText() !== 'Object.assign') return undefined;
  const [target] = call.arguments;
  const member = target === undefined || target === literal ? undefined : memberOfValue(target, name, reader);
  return member === undefined || 'why' in member ? undefined : member;
}

function shorthandValue(node: Node, reader: SymbolReader): Further | undefined {
  if (!isShorthandPropertyAssignment(node)) return undefined;
  const value = reader.project.checker.getShorthandAssignmentValueSymbol(node);
  return value === undefined ? undefined : { symbols: [value] };
}

/** The type that an object literal takes apart when it stands on the left of an assignment. */
function destructured(literal: Node, reader: SymbolReader): Type | undefined {
  const { checker } = reader.project;
  const { parent } = literal;
  if (isBinaryExpression(parent) && parent.left === literal && parent.operatorToken.kind === SyntaxKind.EqualsToken) {
    return typeOfValue(parent.right, reader);
  }
  if (!isPropertyAssignment(parent) || !isObjectLiteralExpression(parent.parent)) return undefined;
  const outer = destructured(parent.parent, reader);
  if (outer === undefined) return undefined;
  const member = checker.getPropertyOfType(outer, parent.name.getText());
  return member === undefined ? undefined : checker.getTypeOfSymbol(member);
}
