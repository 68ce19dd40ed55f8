import type { Mapping } from '../../src/manifest/migration.ts';
import { isNode, type SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Reason } from '../../src/survey/usage.ts';
import type { ParsedFile } from './parse.ts';
import { quoted, reason } from './reasons.ts';
import { isWrapper } from './syntax-index.ts';

const PLAIN =
  /^(?:Identifier|ThisExpression|Super|StringLiteral|NumericLiteral|BooleanLiteral|NullLiteral|BigIntLiteral|RegExpLiteral|FunctionExpression|ArrowFunctionExpression)$/;

/** Whether it does not matter when, or how often, an expression is evaluated: a name, a literal, `this`, a function. */
function isPlain(node: SyntaxNode): boolean {
  if (isWrapper(node)) return isPlain(node.expression as SyntaxNode);
  if (node.type === 'TemplateLiteral') return (node.expressions as unknown[]).length === 0;
  if (node.type === 'UnaryExpression')
    return /^[-+!~]$|^void$/.test(String(node.operator)) && isNode(node.argument) && isPlain(node.argument);
  return PLAIN.test(node.type);
}

/** A name, or a literal that is no object: each evaluation gives the same, where the name is not written to. */
function isRepeatable(node: SyntaxNode, isWritten: (name: string) => boolean): boolean {
  if (isWrapper(node)) return isRepeatable(node.expression as SyntaxNode, isWritten);
  if (node.type === 'UnaryExpression') return isNode(node.argument) && isRepeatable(node.argument, isWritten);
  if (node.type === 'Identifier') return !isWritten(node.name as string);
  // Two functions, and two regular expressions, are not the same one.
  return !/^(?:RegExpLiteral|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

/** Why the arguments cannot be evaluated as the template would; `undefined` when nothing changes. */
export function evaluationObstacle(
  mapping: Mapping,
  args: readonly SyntaxNode[],
  order: readonly number[],
  file: ParsedFile,
): Reason | undefined {
  const tell = (argument: number, what: string) =>
    reason(
      'evaluation-order',
      `'${quoted(file.text.slice(args[argument]!.start, args[argument]!.end))}' would be ${what} by '${mapping.source.to}'`,
    );
  const rest = mapping.parameters!.findIndex((parameter) => parameter.rest);
  const deferred = new Set(mapping.to.holes.filter((hole) => hole.deferred).map((hole) => hole.parameter));
  for (const [i, arg] of args.entries()) {
    const uses = order.filter((argument) => argument === i).length;
    const isDeferred = deferred.has(rest >= 0 && i > rest ? rest : i);
    const isRepeated = uses > 1 || (uses === 1 && isDeferred);
    if (isPlain(arg) && (!isRepeated || isRepeatable(arg, (name) => file.index.isWritten(name)))) continue;
    if (uses === 0) return tell(i, 'dropped');
    if (uses > 1) return tell(i, 'evaluated twice');
    if (isDeferred) return tell(i, 'evaluated later, or perhaps never,');
    const place = order.indexOf(i);
    const passed = order.some((other, at) => (other > i && at < place) || (other < i && at > place));
    if (passed) return tell(i, 'evaluated in another order');
  }
  return undefined;
}
