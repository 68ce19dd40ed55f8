import { type ParserPlugin, parse } from '@babel/parser';
import { RerouteError } from '../base/errors.ts';
import type { SyntaxNode } from '../manifest/syntax-tree.ts';

/** The tree of a module's text; offsets are into the text. Throws `PROXY_SYNTAX` where it does not parse. */
export function parseModule(file: string, text: string): SyntaxNode {
  const plugins: ParserPlugin[] = ['decorators-legacy'];
  if (/\.[cm]?tsx?$/.test(file)) plugins.push('typescript');
  if (!/\.[cm]?ts$/.test(file)) plugins.push('jsx');
  try {
    const { program } = parse(text, {
      sourceType: 'unambiguous',
      allowReturnOutsideFunction: true,
      allowNewTargetOutsideFunction: true,
      attachComment: true,
      plugins,
    });
    return program as unknown as SyntaxNode;
  } catch (cause) {
    const { loc } = cause as { loc?: { line: number; column: number } };
    throw new RerouteError({
      code: 'PROXY_SYNTAX',
      message: `${file}${loc ? `:${loc.line}:${loc.column + 1}` : ''} does not parse, so no proxy can stand for it: ${(cause as Error).message}`,
      where: { file },
      next: 'Correct the file and run the command again.',
      cause,
    });
  }
}
