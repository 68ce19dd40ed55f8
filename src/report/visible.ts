/**
 * The text with control characters (line feeds and tabs stay) and bidirectional overrides spelled out as `\u{1b}`, so that
 * a file's name, a line of code or a gate's output can neither steer a terminal nor show code in another order than it runs.
 */
export function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (c) =>
    c === '\n' || c === '\t' ? c : `\\u{${c.codePointAt(0)!.toString(16)}}`,
  );
}

/** As {@link clean}, but for the emphasis that a palette adds; a last guard for what is printed to a terminal. */
export function cleanButEmphasis(text: string): string {
  return text
    .split(EMPHASIS)
    .map((part, index) => (index % 2 === 0 ? clean(part) : part))
    .join('');
}

/** Bold, dim, a colour, and their ends. Source: ECMA-48, 8.3.117 (SGR). */
const EMPHASIS = new RegExp(`(${String.fromCodePoint(27)}\\[(?:1|2|22|3[1-79])m)`);
