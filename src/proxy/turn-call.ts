import type { Mapping } from '../manifest/migration.ts';
import { childOf, childrenOf, isNode, listOf, type SyntaxNode } from '../manifest/syntax-tree.ts';
import { parseModule } from './parse-module.ts';

/** A mapping read the other way round: what the deprecated member would be called with. */
export interface TurnedCall {
  /** The canonical member that is called. */
  readonly member: string;
  /** A function of its arguments, as JavaScript; `undefined`: the mapping makes something of them that nobody can undo. */
  readonly turned: string | undefined;
}

const SAME = '(...given) => given';

/**
 * How a call of the canonical member is said to the deprecated one. `undefined` when no such call stands for it: the
 * mapping goes on with what the canonical member gave.
 */
export function turnCall(mapping: Mapping): TurnedCall | undefined {
  const { parameters, to } = mapping;
  if (mapping.of !== 'member') return undefined;
  if (!parameters) return { member: to.text, turned: SAME };
  const call = callOf(to.text);
  if (!call) return undefined;
  const list = listOf(call, 'arguments').map((each) => each!);
  const places = new Map<string, string>();
  let isKnown = true;
  const visit = (node: SyntaxNode, at: string): void => {
    const name = nameOf(node);
    if (name !== undefined && parameters.some((each) => each.name === name && !each.rest)) {
      if (!places.has(name)) places.set(name, at);
    } else if (node.type === 'ObjectExpression') {
      for (const property of listOf(node, 'properties')) {
        const key = property?.type === 'ObjectProperty' && property.computed !== true ? keyOf(property) : undefined;
        if (key !== undefined) visit(childOf(property!, 'value'), `${at}?.${key}`);
        else if (property && uses(property, parameters)) isKnown = false;
      }
    } else if (uses(node, parameters)) isKnown = false;
  };
  list.forEach((node, index) => {
    const spread = node.type === 'SpreadElement' ? nameOf(node.argument) : undefined;
    const rest = parameters.find((each) => each.rest);
    if (spread !== undefined && spread === rest?.name && index === list.length - 1) places.set(spread, `...${spread}`);
    else visit(node, `given${index + 1}`);
  });
  if (!isKnown || parameters.some(({ name }) => !places.has(name))) return { member: to.member, turned: undefined };
  const taken = list.map((node, index) =>
    node.type === 'SpreadElement' ? `...${nameOf(node.argument)}` : `given${index + 1}`,
  );
  const passed = parameters.map(({ name }) => places.get(name)!);
  const isSame = taken.length === passed.length && passed.every((each, index) => each === taken[index]);
  return { member: to.member, turned: isSame ? SAME : `(${taken.join(', ')}) => [${passed.join(', ')}]` };
}

/** `addHandler(…)` and nothing after it. */
function callOf(text: string): SyntaxNode | undefined {
  const [statement] = listOf(parseModule('mapping.js', `$.${text};`), 'body');
  const call = statement?.type === 'ExpressionStatement' ? childOf(statement, 'expression') : undefined;
  if (call?.type !== 'CallExpression') return undefined;
  const callee = childOf(call, 'callee');
  return callee.type === 'MemberExpression' && nameOf(callee.object) === '$' ? call : undefined;
}

function uses(node: SyntaxNode, parameters: NonNullable<Mapping['parameters']>): boolean {
  const name = nameOf(node);
  if (name !== undefined) return parameters.some((each) => each.name === name);
  for (const [, child] of childrenOf(node)) if (uses(child, parameters)) return true;
  return false;
}

function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Identifier' ? String(node.name) : undefined;
}

function keyOf(property: SyntaxNode): string | undefined {
  return nameOf(property.key);
}
