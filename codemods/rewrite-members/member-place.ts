import type { TextRange } from '../../src/base/places.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { ParsedFile } from '../lib/parse.ts';

/** What a member's name does where it stands. */
export type MemberPlace =
  /** `o.name(…)`, `o?.name(…)`, `o['name'](…)`, `super.name(…)`. */
  | { readonly kind: 'call'; readonly call: SyntaxNode }
  /** `o.name` in any other use, a key, a declaration, a link in JSDoc: a word that can be replaced. */
  | { readonly kind: 'word'; readonly as: 'value' | 'declaration' }
  /** `{ name }`, in a pattern or an object literal: the key and a variable in one word. */
  | { readonly kind: 'shorthand' }
  | { readonly kind: 'unknown'; readonly what: string };

const DECLARATION =
  /^(?:Class(?:Method|Property|AccessorProperty)|TSDeclareMethod|TS(?:Property|Method)Signature|ObjectTypeProperty)$/;

/** The place of a name, or of a string that spells it. */
export function memberPlace(file: ParsedFile, range: TextRange): MemberPlace {
  if (file.layout.hasComment(range)) return { kind: 'word', as: 'value' };
  const nodes = file.index.at(range);
  const [node] = nodes;
  if (!node) return { kind: 'unknown', what: 'no name of the program' };
  const { parent, key } = file.index.positionOf(node);
  if (!parent) return { kind: 'unknown', what: 'no member' };
  const isString = node.type !== 'Identifier' && node.type !== 'JSXIdentifier';

  if (
    /^(?:Optional)?MemberExpression$/.test(parent.type) &&
    key === 'property' &&
    (isString || parent.computed !== true)
  ) {
    const { parent: call, key: callKey } = file.index.positionOf(parent);
    const isCall = call?.type === 'CallExpression' || call?.type === 'OptionalCallExpression';
    return isCall && callKey === 'callee' ? { kind: 'call', call } : { kind: 'word', as: 'value' };
  }
  if (parent.type === 'ObjectProperty') {
    const isKey = nodes.some((each) => file.index.positionOf(each).key === 'key');
    if (parent.shorthand === true) return { kind: 'shorthand' };
    if (isKey && (isString || parent.computed !== true)) return { kind: 'word', as: 'value' };
  }
  // `{ name = fallback }`: the key and the pattern's left side are one word.
  const keyed = nodes.map((each) => file.index.parent(each)).find((each) => each?.type === 'ObjectProperty');
  if (keyed?.shorthand === true) return { kind: 'shorthand' };
  if (key === 'key' && (isString || parent.computed !== true)) {
    if (DECLARATION.test(parent.type)) return { kind: 'word', as: 'declaration' };
    if (parent.type === 'ObjectMethod') return { kind: 'word', as: 'declaration' };
  }
  if (parent.type === 'TSQualifiedName' && key === 'right') return { kind: 'word', as: 'value' };
  if (parent.type === 'JSXAttribute' && key === 'name') return { kind: 'word', as: 'value' };
  // A string reaches a codemod when the compiler has proven it to be a key: `spyOn(router, 'name')`, `Pick<Router, 'name'>`.
  if (isString) return { kind: 'word', as: 'value' };
  if (parent.type === 'TSParameterProperty') return { kind: 'unknown', what: 'a parameter that is a property too' };
  return { kind: 'unknown', what: 'a name that is no member here' };
}
