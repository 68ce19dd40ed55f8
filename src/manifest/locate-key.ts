import { parse } from '@babel/parser';
import { LineIndex, type Place } from '../base/places.ts';
import type { KeyPath } from './key-path.ts';
import { childOf, isNode, listOf, type SyntaxNode } from './syntax-tree.ts';

/**
 * The place of a key in a manifest's source, or of the last one on the way to it that is written out there.
 * `undefined` when the manifest is not one literal object (computed, spread, imported) or does not parse.
 */
export function locateKey(file: string, source: string, path: KeyPath): Place | undefined {
  let program: SyntaxNode;
  try {
    const tree = parse(source, { sourceType: 'module', plugins: ['typescript'], attachComment: false });
    program = tree.program as unknown as SyntaxNode;
  } catch {
    return undefined;
  }
  const top = manifestObject(program);
  if (!top) return undefined;
  let found = top;
  for (const key of path) {
    const literal = resolved(found.type === 'ObjectProperty' ? childOf(found, 'value') : found, program);
    const entry = entryOf(literal, key);
    if (!entry) break;
    found = entry;
  }
  const range = { start: found.start, end: found.end };
  return { file, range, ...new LineIndex(source).at(found.start) };
}

function manifestObject(program: SyntaxNode): SyntaxNode | undefined {
  for (const statement of listOf(program, 'body')) {
    if (statement?.type !== 'ExportDefaultDeclaration' || !isNode(statement.declaration)) continue;
    const given = resolved(statement.declaration, program);
    const argument = given.type === 'CallExpression' ? listOf(given, 'arguments')[0] : given;
    return argument ? resolved(argument, program) : undefined;
  }
  return undefined;
}

/** The literal behind `as const`, `satisfies`, parentheses, and a name that is declared at the top level. */
function resolved(node: SyntaxNode, program: SyntaxNode): SyntaxNode {
  if (isNode(node.expression)) return resolved(node.expression, program);
  if (node.type !== 'Identifier') return node;
  for (const statement of listOf(program, 'body')) {
    for (const declarator of statement?.type === 'VariableDeclaration' ? listOf(statement, 'declarations') : []) {
      const { id, init } = declarator as { id?: SyntaxNode; init?: SyntaxNode | null };
      if (id?.name === node.name && init && init.type !== 'Identifier') return resolved(init, program);
    }
  }
  return node;
}

function entryOf(literal: SyntaxNode, key: string | number): SyntaxNode | undefined {
  if (typeof key === 'number') return listOf(literal, 'elements')[key] ?? undefined;
  return listOf(literal, 'properties').findLast((property): property is SyntaxNode => {
    const name = property?.key as SyntaxNode | undefined;
    return (name?.type === 'Identifier' && !property?.computed ? name.name : name?.value) === key;
  }) as SyntaxNode | undefined;
}
