const STRING_OR_COMMENT = /"(?:\\.|[^"\\])*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g;
const STRING_OR_TRAILING_COMMA = /"(?:\\.|[^"\\])*"|,(?=\s*[}\]])/g;

/**
 * The value of a JSON text with comments and trailing commas, as tsconfig files have them.
 * `undefined` when it is no such text; the compiler tells what is wrong with it.
 */
export function parseJsonc(text: string): unknown {
  const keepStrings = (match: string): string => (match.startsWith('"') ? match : '');
  try {
    return JSON.parse(text.replace(STRING_OR_COMMENT, keepStrings).replace(STRING_OR_TRAILING_COMMA, keepStrings));
  } catch {
    return undefined;
  }
}
