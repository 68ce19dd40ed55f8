import type { TextRange } from '../base/places.ts';
import { listOf, type SyntaxNode, withoutParentheses } from './syntax-tree.ts';

/** What an item of a list becomes when the argument that it stands for is absent. */
export type Absence =
  /** Nothing is absent. */
  | 'present'
  /** It goes when nothing after it stays: an optional parameter. */
  | 'trailing'
  /** It goes wherever it stands: a rest parameter without arguments. */
  | 'anywhere';

const LISTS: Readonly<Record<string, string>> = {
  CallExpression: 'arguments',
  OptionalCallExpression: 'arguments',
  NewExpression: 'arguments',
  ArrayExpression: 'elements',
  ObjectExpression: 'properties',
};

/**
 * The ranges to take out of a list, commas included, for the arguments that are absent; empty for a node without a
 * list. A property of an object literal goes wherever it stands, an element of an array never makes others move.
 */
export function gapsOf(node: SyntaxNode, absence: (item: SyntaxNode) => Absence): readonly TextRange[] {
  const key = LISTS[node.type];
  const items = key ? listOf(node, key) : [];
  if (!key || items.length === 0 || items.some((item) => !item)) return [];
  const list = items as readonly SyntaxNode[];
  const gone = goneItems(node.type, list, absence);
  if (gone.every(Boolean)) return [{ start: list[0]!.start, end: node.end - 1 }];

  const ranges: TextRange[] = [];
  for (let first = 0; first < list.length; first++) {
    if (!gone[first]) continue;
    let last = first;
    while (gone[last + 1]) last++;
    const next = list[last + 1];
    ranges.push(
      next ? { start: list[first]!.start, end: next.start } : { start: list[first - 1]!.end, end: list[last]!.end },
    );
    first = last;
  }
  return ranges;
}

function goneItems(
  type: string,
  list: readonly SyntaxNode[],
  absence: (item: SyntaxNode) => Absence,
): readonly boolean[] {
  if (type === 'ObjectExpression')
    return list.map((item) => {
      const value = plainValue(item);
      return value !== undefined && absence(value) !== 'present';
    });
  let trailing = type !== 'ArrayExpression';
  const backwards = list.toReversed().map((item) => {
    const how = absence(withoutParentheses(item));
    if (how === 'present') trailing = false;
    return how === 'anywhere' || (how === 'trailing' && trailing);
  });
  return backwards.toReversed();
}

/** The value of a plain property; `undefined` for what has to stay: methods, spreads and computed keys. */
function plainValue(property: SyntaxNode): SyntaxNode | undefined {
  return property.type === 'ObjectProperty' && property.computed !== true
    ? withoutParentheses(property.value as SyntaxNode)
    : undefined;
}
