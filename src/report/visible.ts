/**
 * The text with control characters (line feeds and tabs stay) and bidirectional overrides spelled out as `\u{1b}`, so that
 * a file's name, a line of code or a gate's output can neither steer a terminal nor show code in another order than it runs.
 */
export function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (c) =>
    c === '\n' || c === '\t' ? c : `\\u{${c.codePointAt(0)!.toString(16)}}`,
  );
}
