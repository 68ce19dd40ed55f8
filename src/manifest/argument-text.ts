import { type ParserPlugin, parseExpression } from '@babel/parser';
import { tightnessOf } from './precedence.ts';
import type { SyntaxNode } from './syntax-tree.ts';

/** An argument's text, safe to put somewhere else. */
export interface ArgumentText {
  /** Trimmed; with a line break after a line comment that would swallow what follows. */
  readonly text: string;
  /** `undefined` for a spread, and when no dialect parses it. */
  readonly node: SyntaxNode | undefined;
  /** See {@link tightnessOf}; 0 when it did not parse, so that it gets parentheses wherever they could matter. */
  readonly tightness: number;
}

const DIALECTS: readonly ParserPlugin[][] = [['typescript'], ['typescript', 'jsx'], ['flow', 'jsx']];

/** What has to be known of an argument, in the dialect of the target's file that it comes from: TypeScript, JSX or Flow. */
export function readArgument(raw: string): ArgumentText {
  const text = raw.trim();
  for (const plugins of DIALECTS) {
    try {
      const node = parseExpression(text, {
        plugins,
        sourceType: 'module',
        errorRecovery: true,
        createParenthesizedExpressions: true,
        allowAwaitOutsideFunction: true,
        allowYieldOutsideFunction: true,
        allowSuperOutsideMethod: true,
        allowNewTargetOutsideFunction: true,
      });
      const endsInLineComment = node.comments?.some(({ type, end }) => type === 'CommentLine' && end === text.length);
      const tree = node as unknown as SyntaxNode;
      return { text: endsInLineComment ? `${text}\n` : text, node: tree, tightness: tightnessOf(tree, text) };
    } catch {
      // The next dialect may know it.
    }
  }
  return { text, node: undefined, tightness: 0 };
}
