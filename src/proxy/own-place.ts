import path from 'node:path';
import { LineIndex } from '../base/places.ts';
import { childrenOf, listOf, type SyntaxNode } from '../manifest/syntax-tree.ts';
import type { Outcome } from '../plan/file-change.ts';
import type { Reason } from '../survey/usage.ts';
import { dotted, literalOf } from './move-module.ts';
import { parseModule } from './parse-module.ts';

const WORDS = /__dirname|__filename|import\.meta|require\.context/;
const OWN = /^(?:__dirname|__filename|import\.meta\.(?:url|dirname|filename|glob|globEager)|require\.context)$/;

/**
 * For review: where a module that has moved asks for its own place, as `__dirname` does, and gets another one from now on.
 * A `new URL('./x', import.meta.url)` follows by itself. `from` is the path it had.
 */
export function ownPlaces(file: string, text: string, from: string): readonly Outcome[] {
  if (!WORDS.test(text)) return [];
  const found = new Map<number, Outcome>();
  const lines = new LineIndex(text);
  const visit = (node: SyntaxNode, parent: SyntaxNode | undefined): void => {
    if (OWN.test(dotted(node)) && !isKey(node, parent)) {
      // The name of `{ __dirname }` is there twice.
      if (!isBase(node, parent)) found.set(node.start, outcome(file, text, node, from, lines));
      return;
    }
    for (const [, child] of childrenOf(node)) visit(child, node);
  };
  visit(parseModule(file, text), undefined);
  return [...found.values()];
}

/** The second argument of `new URL(…, import.meta.url)`. */
function isBase(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (parent?.type !== 'NewExpression' || dotted(parent.callee as SyntaxNode) !== 'URL') return false;
  const [first, second] = listOf(parent, 'arguments');
  return second === node && literalOf(first) !== undefined;
}

/** `paths.__dirname` and `{ __dirname: 1 }` are names of something else. */
function isKey(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (node.type !== 'Identifier' || parent === undefined) return false;
  return (parent.property === node && parent.computed !== true) || (parent.key === node && parent.shorthand !== true);
}

function outcome(file: string, text: string, { start, end }: SyntaxNode, from: string, lines: LineIndex): Outcome {
  const [before, now] = [path.posix.dirname(from), path.posix.dirname(file)];
  const reason: Reason = {
    code: 'own-place',
    text: `asks for the module's own place, which was ${before} and is ${now}: what it finds from there has to be looked at`,
  };
  const range = { start, end };
  return {
    usage: {
      id: `${file}:${start}`,
      place: { file, range, ...lines.at(start) },
      text: text.slice(start, end),
      subject: { kind: 'outdated', by: from },
      verdict: { kind: 'unclear', reason },
    },
    result: 'review',
    reason,
  };
}
