/** A node of Babel's tree, as far as the manifest's own readers look into it. Offsets are UTF-16, half-open. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A node above another, and the key under which the next one down hangs. Lists of children have one key. */
export interface Ancestor {
  readonly node: SyntaxNode;
  readonly key: string;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

export const NO_CHILDREN = new Set([
  'loc',
  'extra',
  'errors',
  'tokens',
  'leadingComments',
  'innerComments',
  'trailingComments',
]);

/** The children of a node with their keys, in the order of the tree's keys. Comments are none. */
export function* childrenOf(node: SyntaxNode): Generator<readonly [key: string, child: SyntaxNode]> {
  for (const key of Object.keys(node)) {
    if (NO_CHILDREN.has(key)) continue;
    const value = node[key];
    if (isNode(value)) yield [key, value];
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) yield [key, item];
  }
}

/** The node's child under a key; throws when there is none, which would be a fault. */
export function childOf(node: SyntaxNode, key: string): SyntaxNode {
  const value = node[key];
  if (!isNode(value)) throw new Error(`${node.type} has no ${key}`);
  return value;
}

/** The node's list under a key, holes of an array literal as `null`. */
export function listOf(node: SyntaxNode, key: string): readonly (SyntaxNode | null)[] {
  return (node[key] as readonly (SyntaxNode | null)[] | undefined) ?? [];
}

/** The expression inside any number of parentheses. */
export function withoutParentheses(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.type === 'ParenthesizedExpression') inner = childOf(inner, 'expression');
  return inner;
}
