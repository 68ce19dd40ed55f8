import type { Hole, Parameter } from './migration.ts';
import type { Ancestor, SyntaxNode } from './syntax-tree.ts';
import { hasOwnThis, isFunction, type NameUse } from './template-names.ts';

/** A hole with its place in the template's tree. */
export interface HolePlace {
  readonly hole: Hole;
  /** The node that is replaced: the parameter's name, or `...name`. */
  readonly node: SyntaxNode;
  readonly ancestors: readonly Ancestor[];
}

/** The hole at a parameter's use, or in words why no argument can stand there. */
export function holeAt(use: NameUse, index: number, parameter: Parameter): HolePlace | string {
  const parent = use.ancestors.at(-1)!;
  if (isWritten(parent) || isPatternValue(use.ancestors)) return `assigns to its parameter '${use.name}'`;
  if (use.ancestors.some(({ node }) => hasOwnThis(node))) {
    return `uses its parameter '${use.name}' inside a function or class with a 'this' of its own; write an arrow function`;
  }
  const spread = parameter.rest && isListSpread(use.ancestors);
  const node = spread ? parent.node : use.node;
  const ancestors = spread ? use.ancestors.slice(0, -1) : use.ancestors;
  const deferred = ancestors.some(mayNotRun);
  return {
    hole: { start: node.start, end: node.end, parameter: index, deferred, shorthand: use.shorthand },
    node,
    ancestors,
  };
}

function isListSpread(ancestors: readonly Ancestor[]): boolean {
  const [above, parent] = ancestors.slice(-2);
  return parent?.node.type === 'SpreadElement' && above?.node.type !== 'ObjectExpression';
}

function isWritten({ node, key }: Ancestor): boolean {
  if (/^(?:UpdateExpression|ArrayPattern|RestElement)$/.test(node.type)) return true;
  return key === 'left' && /^(?:Assignment(?:Expression|Pattern)|For(?:In|Of)Statement)$/.test(node.type);
}

/** `({ key: x } = …)` */
function isPatternValue(ancestors: readonly Ancestor[]): boolean {
  const [above, parent] = ancestors.slice(-2);
  return above?.node.type === 'ObjectPattern' && parent?.node.type === 'ObjectProperty' && parent.key === 'value';
}

/** Whether what hangs there runs later than the expression, or perhaps never. */
function mayNotRun({ node, key }: Ancestor): boolean {
  if (isFunction(node)) return true;
  if (node.type === 'ConditionalExpression') return key !== 'test';
  if (node.type === 'LogicalExpression') return key === 'right';
  if (node.type === 'AssignmentExpression') return key === 'right' && /^(?:\?\?|\|\||&&)=$/.test(String(node.operator));
  if (node.type === 'OptionalCallExpression') return key === 'arguments';
  return node.type === 'OptionalMemberExpression' && key === 'property';
}
