import type { TextRange } from '../../src/base/places.ts';
import { overlaps } from '../../src/base/places.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';

/** How a file is written: its line ends, quotes and semicolons, and where its comments are. */
export class SourceLayout {
  readonly text: string;
  readonly eol: string;
  readonly #comments: readonly TextRange[];

  constructor(text: string, comments: readonly { readonly start?: number | null; readonly end?: number | null }[]) {
    this.text = text;
    this.eol = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
    this.#comments = comments.map(({ start, end }) => ({ start: start!, end: end! }));
  }

  hasComment(range: TextRange): boolean {
    return this.#comments.some((comment) => overlaps(comment, range));
  }

  /** Where the character stands next, from an offset on and outside of comments; -1 when it does not. */
  find(character: string, from: number): number {
    let at = this.text.indexOf(character, from);
    for (let comment = this.#commentAt(at); at >= 0 && comment; comment = this.#commentAt(at)) {
      at = this.text.indexOf(character, comment.end);
    }
    return at;
  }

  #commentAt(offset: number): TextRange | undefined {
    return this.#comments.find(({ start, end }) => start <= offset && offset < end);
  }

  /** The first offset from `from` on that is neither blank nor in a comment. */
  skipBlank(from: number): number {
    let at = from;
    for (;;) {
      const comment = this.#commentAt(at);
      if (comment) at = comment.end;
      else if (at < this.text.length && /\s/.test(this.text[at]!)) at++;
      else return at;
    }
  }

  lineStart(offset: number): number {
    let at = offset;
    while (at > 0 && !isLineEnd(this.text[at - 1]!)) at--;
    return at;
  }

  /** The end of the offset's line, before its line end. */
  lineEnd(offset: number): number {
    let at = offset;
    while (at < this.text.length && !isLineEnd(this.text[at]!)) at++;
    return at;
  }

  indentation(offset: number): string {
    return /^[ \t]*/.exec(this.text.slice(this.lineStart(offset), offset))![0];
  }

  /** The range with its whole line, line end included, when nothing else stands on it; else the range. */
  wholeLines(range: TextRange): TextRange {
    const start = this.lineStart(range.start);
    const end = this.lineEnd(range.end);
    const alone = /^\s*$/.test(this.text.slice(start, range.start)) && /^\s*$/.test(this.text.slice(range.end, end));
    if (!alone) return range;
    if (this.text.startsWith('\r\n', end)) return { start, end: end + 2 };
    return { start, end: Math.min(end + 1, this.text.length) };
  }

  /** Where a statement that follows this one may begin: after a comment on the same line, before other code on it. */
  afterStatement(statement: SyntaxNode): number {
    const end = this.lineEnd(statement.end);
    const rest = this.text.slice(statement.end, end);
    return /^\s*(?:\/\/.*|\/\*.*\*\/\s*)?$/.test(rest) ? end : statement.end;
  }

  /** The quote of a string as it is written, `'` for anything else. */
  quoteOf(literal: SyntaxNode | undefined): string {
    const quote = literal && this.text[literal.start];
    return quote === '"' || quote === "'" ? quote : "'";
  }

  /** `;` when the statement ends in one. */
  semicolonOf(statement: SyntaxNode | undefined): string {
    return !statement || this.text[statement.end - 1] === ';' ? ';' : '';
  }
}

function isLineEnd(character: string): boolean {
  return character === '\n' || character === '\r';
}
