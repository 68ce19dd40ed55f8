import {
  APOSTROPHE,
  BACKTICK,
  BRACE,
  BRACKET,
  isNamePart,
  PARENTHESIS,
  QUOTE,
  SLASH,
  type SourceCursor,
  Unclear,
} from './source-cursor.ts';

const TYPE_OPERATOR = /^(?:keyof|readonly)$/;
/** Operators before a name, names of types otherwise. */
const MAYBE_OPERATOR = /^(?:unique|typeof|asserts)$/;
const BEFORE_OTHER_TYPE = /^(?:new|abstract|infer|import)$/;

/** Skips a type; returns whether one that this understands stood there. Conditional types are not understood. */
export function skipType(cursor: SourceCursor): boolean {
  takeOperator(cursor);
  do if (!skipOperand(cursor)) return false;
  while (takeOperator(cursor));
  return true;
}

function takeOperator(cursor: SourceCursor): boolean {
  return cursor.take(0x7c) || cursor.take(0x26);
}

function skipOperand(cursor: SourceCursor): boolean {
  cursor.skipBlank();
  const code = cursor.code;
  if (code === QUOTE || code === APOSTROPHE) cursor.skipString(code);
  else if (code === BACKTICK) cursor.skipTemplate();
  else if (code === PARENTHESIS) {
    skipBrackets(cursor);
    cursor.skipBlank();
    if (cursor.text.startsWith('=>', cursor.at)) {
      cursor.at += 2;
      return skipType(cursor);
    }
  } else if (code === BRACKET || code === BRACE) skipBrackets(cursor);
  else if (!skipNamed(cursor)) return false;
  while (cursor.take(BRACKET)) {
    cursor.at--;
    skipBrackets(cursor);
  }
  return true;
}

/** `-1`, `Name`, `a.b.Name<T>`, `keyof T`, `value is T`. */
function skipNamed(cursor: SourceCursor): boolean {
  cursor.take(0x2d);
  const word = cursor.takeName();
  if (word === '' || BEFORE_OTHER_TYPE.test(word)) return false;
  if (TYPE_OPERATOR.test(word)) return skipOperand(cursor);
  if (MAYBE_OPERATOR.test(word)) {
    cursor.skipBlank();
    if (isNamePart(cursor.code)) return skipOperand(cursor);
  }
  while (cursor.take(0x2e)) {
    cursor.skipBlank();
    if (cursor.takeName() === '') return false;
  }
  if (cursor.take(0x3c)) {
    do if (!skipType(cursor)) return false;
    while (cursor.take(0x2c));
    if (!cursor.take(0x3e)) return false;
  }
  cursor.skipBlank();
  if (!/^is\b/.test(cursor.text.slice(cursor.at, cursor.at + 3))) return true;
  cursor.at += 2;
  return skipType(cursor);
}

/** Past the bracket that closes the one here, in a type. */
function skipBrackets(cursor: SourceCursor): void {
  let depth = 0;
  do {
    cursor.skipBlank();
    const code = cursor.code;
    if (code === QUOTE || code === APOSTROPHE) cursor.skipString(code);
    else if (code === BACKTICK) cursor.skipTemplate();
    else {
      if (code === PARENTHESIS || code === BRACKET || code === BRACE) depth++;
      else if (code === PARENTHESIS + 1 || code === BRACKET + 2 || code === BRACE + 2) depth--;
      // No type has a slash in it, or goes on to the end of the text.
      else if (code === SLASH || Number.isNaN(code)) throw new Unclear();
      cursor.at++;
    }
  } while (depth > 0);
}
