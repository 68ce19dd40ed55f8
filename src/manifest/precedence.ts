import type { Ancestor, SyntaxNode } from './syntax-tree.ts';
import { childOf } from './syntax-tree.ts';

/**
 * How tightly an expression holds together, loosest first: the order of the productions in ECMA-262's Expressions
 * chapter. TypeScript's `as` and `satisfies` stand with the relational operators.
 */
export const Tightness = {
  comma: 0,
  assignment: 1,
  conditional: 2,
  logicalOr: 3,
  logicalAnd: 4,
  bitOr: 5,
  bitXor: 6,
  bitAnd: 7,
  equality: 8,
  relational: 9,
  shift: 10,
  additive: 11,
  multiplicative: 12,
  exponent: 13,
  unary: 14,
  postfix: 15,
  /** `a.b`, `a()`: may be followed by `.c` or `()`. */
  call: 16,
  /** May stand between `new` and its arguments. */
  member: 17,
  primary: 18,
} as const;

const OPERATORS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    [
      ['logicalOr', '|| ??'],
      ['logicalAnd', '&&'],
      ['bitOr', '|'],
      ['bitXor', '^'],
      ['bitAnd', '&'],
      ['equality', '== != === !=='],
      ['relational', '< > <= >= in instanceof'],
      ['shift', '<< >> >>>'],
      ['additive', '+ -'],
      ['multiplicative', '* / %'],
      ['exponent', '**'],
    ] as const
  ).flatMap(([level, operators]) => operators.split(' ').map((operator) => [operator, Tightness[level]])),
);

const LOOSE: Readonly<Record<string, number>> = {
  SequenceExpression: Tightness.comma,
  AssignmentExpression: Tightness.assignment,
  ArrowFunctionExpression: Tightness.assignment,
  YieldExpression: Tightness.assignment,
  ConditionalExpression: Tightness.conditional,
  TSAsExpression: Tightness.relational,
  TSSatisfiesExpression: Tightness.relational,
  UnaryExpression: Tightness.unary,
  AwaitExpression: Tightness.unary,
  TSTypeAssertion: Tightness.unary,
  // What follows an optional chain would become part of what it skips: `(a?.b).c` is not `a?.b.c`.
  OptionalMemberExpression: Tightness.postfix,
  OptionalCallExpression: Tightness.postfix,
  TSInstantiationExpression: Tightness.postfix,
  CallExpression: Tightness.call,
  ImportExpression: Tightness.call,
  TaggedTemplateExpression: Tightness.call,
};

/** How tightly a whole expression holds together; `text` is what its offsets point into. */
export function tightnessOf(node: SyntaxNode, text: string): number {
  const hasOperator = node.type === 'BinaryExpression' || node.type === 'LogicalExpression';
  const loose = hasOperator ? OPERATORS[String(node.operator)] : LOOSE[node.type];
  if (loose !== undefined) return loose;
  if (node.type === 'UpdateExpression') return node.prefix === true ? Tightness.unary : Tightness.postfix;
  if (node.type === 'NewExpression') return text[node.end - 1] === ')' ? Tightness.call : Tightness.postfix;
  if (node.type === 'TSNonNullExpression')
    return Math.min(tightnessOf(childOf(node, 'expression'), text), Tightness.member);
  if (node.type === 'MemberExpression') return Math.min(tightnessOf(childOf(node, 'object'), text), Tightness.member);
  return Tightness.primary;
}

/** How tightly an expression must hold together to stand under a parent without parentheses. */
export function tightnessDemanded({ node, key }: Ancestor): number {
  switch (node.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return key === 'object' ? Tightness.call : Tightness.comma;
    case 'CallExpression':
    case 'OptionalCallExpression':
      return key === 'callee' ? Tightness.call : Tightness.assignment;
    case 'TaggedTemplateExpression':
      return Tightness.call;
    case 'NewExpression':
      return key === 'callee' ? Tightness.member : Tightness.assignment;
    case 'ClassExpression':
      return Tightness.call;
    case 'UnaryExpression':
    case 'AwaitExpression':
      return Tightness.unary;
    case 'ConditionalExpression':
      return key === 'test' ? Tightness.logicalOr : Tightness.assignment;
    case 'BinaryExpression':
    case 'LogicalExpression':
      return operandDemand(String(node.operator), key);
    case 'TemplateLiteral':
    case 'ParenthesizedExpression':
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'ExpressionStatement':
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'SwitchStatement':
      return Tightness.comma;
    case 'ObjectProperty':
      return key === 'key' ? Tightness.comma : Tightness.assignment;
    default:
      return Tightness.assignment;
  }
}

function operandDemand(operator: string, key: string): number {
  const own = OPERATORS[operator]!;
  // `**` groups to the right and takes no unary operator on its left.
  if (operator === '**') return key === 'left' ? Tightness.postfix : Tightness.exponent;
  return key === 'left' ? own : own + 1;
}

/** Whether `??` and `||` or `&&` would meet without parentheses, which is a syntax error. */
export function mixesCoalescing(inner: SyntaxNode, parent: SyntaxNode): boolean {
  if (inner.type !== 'LogicalExpression' || parent.type !== 'LogicalExpression') return false;
  return inner.operator !== parent.operator && (inner.operator === '??' || parent.operator === '??');
}
