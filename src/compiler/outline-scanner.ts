import type { TextRange } from '../base/places.ts';

/** Thrown where only a parser could tell what stands there. */
class Unclear extends Error {}

const BEFORE_EXPRESSION =
  /(?<![\w$.#])(?:await|case|delete|do|else|extends|in|instanceof|new|of|return|throw|typeof|void|yield)$/;
const CONDITION = /(?<![\w$.#])(?:if|while|for|with)\s*$/;
const CONSTANT = /(?<![\w$.])(?:const|let)\s+[\w$]+\s*=\s*(?:async\s*)?$/;
const TYPE_OPERATOR = /^(?:keyof|readonly)$/;
/** Operators before a name, names of types otherwise. */
const MAYBE_OPERATOR = /^(?:unique|typeof|asserts)$/;
const BEFORE_OTHER_TYPE = /^(?:new|abstract|infer|import)$/;
/** Longer than what the patterns above look back over. */
const LOOK_BACK = 120;

/**
 * Scans TypeScript just far enough to find function bodies: strings, templates, comments, regular expressions and
 * brackets. It gives up, rather than guess, where only a parser could tell.
 */
export class OutlineScanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * The insides of the bodies whose function declares its return type, outermost ones only, in order; `undefined` when
   * the text is not understood.
   */
  closedBodies(): readonly TextRange[] | undefined {
    const bodies: TextRange[] = [];
    try {
      if (this.#text.startsWith('#!')) this.#skipLine();
      this.#scan(bodies, false);
    } catch (error) {
      if (error instanceof Unclear) return undefined;
      throw error;
    }
    return bodies;
  }

  /** Scans to the end of the text, or past the brace that closes the one before; collects bodies where it is given a list. */
  #scan(bodies: TextRange[] | undefined, inside: boolean): void {
    const text = this.#text;
    const open: number[] = [];
    // The last character that counts, and where the parenthesis that it closes was opened.
    let last = -1;
    let opened = -1;
    const close = (bracket: number) => {
      opened = open.pop() ?? -1;
      if (text.charCodeAt(opened) !== bracket) throw new Unclear();
      last = this.#at++;
    };
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      switch (code) {
        case 0x20:
        case 0x09:
        case 0x0a:
        case 0x0d:
          this.#at++;
          break;
        case QUOTE:
        case APOSTROPHE:
          this.#skipString(code);
          last = this.#at - 1;
          break;
        case BACKTICK:
          this.#skipTemplate();
          last = this.#at - 1;
          break;
        case SLASH:
          if (this.#skipComment()) break;
          if (this.#dividesAfter(last, opened)) this.#at++;
          else this.#skipRegularExpression();
          last = this.#at - 1;
          break;
        case PARENTHESIS:
        case BRACKET:
          open.push(this.#at);
          last = this.#at++;
          break;
        case BRACE:
          if (bodies && this.#beginsStatements(last)) {
            // A body that the type is inferred from: what its inner functions assign may count, too.
            this.#at++;
            this.#scan(undefined, true);
            last = this.#at - 1;
            break;
          }
          open.push(this.#at);
          last = this.#at++;
          break;
        case BRACKET + 2:
          close(BRACKET);
          break;
        case BRACE + 2:
          if (open.length === 0 && inside) {
            this.#at++;
            return;
          }
          close(BRACE);
          break;
        case PARENTHESIS + 1: {
          close(PARENTHESIS);
          const start = bodies && this.#bodyAfter(opened);
          if (start === undefined) break;
          this.#at = start;
          this.#scan(undefined, true);
          last = this.#at - 1;
          this.#refuseTypeAfter();
          bodies?.push({ start, end: last });
          break;
        }
        default:
          last = this.#at++;
      }
    }
    if (inside || open.length > 0) throw new Unclear();
  }

  /** Whether a brace behind `last` opens the body of a function or of a statement, not a class or an object. */
  #beginsStatements(last: number): boolean {
    const code = this.#text.charCodeAt(last);
    return code === PARENTHESIS + 1 || (code === 0x3e && this.#text.charCodeAt(last - 1) === 0x3d);
  }

  /** Whether a slash divides what ends at `last`; it begins a regular expression otherwise. */
  #dividesAfter(last: number, opened: number): boolean {
    const text = this.#text;
    const code = text.charCodeAt(last);
    if (code === PARENTHESIS + 1) return !CONDITION.test(this.#before(opened));
    // Of a block or of an object; of a type's operand or of a negation.
    if (code === BRACE + 2 || code === 0x21) throw new Unclear();
    if (code === BRACKET + 2 || code === QUOTE || code === APOSTROPHE || code === BACKTICK || code === SLASH)
      return true;
    if (isNamePart(code)) return !BEFORE_EXPRESSION.test(this.#before(last + 1));
    const twice = (code === 0x2b || code === 0x2d) && text.charCodeAt(last - 1) === code;
    if (twice) throw new Unclear();
    return false;
  }

  /** A body that a type goes on behind was a type. */
  #refuseTypeAfter(): void {
    const sameLine = /^[^\S\n]*\[/.test(this.#text.slice(this.#at, this.#at + 20));
    const from = this.#at;
    this.#skipBlank();
    const next = this.#text.charCodeAt(this.#at);
    this.#at = from;
    if (sameLine || next === 0x7c || next === 0x26 || next === 0x3f || next === 0x2e) throw new Unclear();
  }

  #before(end: number): string {
    return this.#text.slice(Math.max(0, end - LOOK_BACK), end);
  }

  /** After the parameters that were opened there: where the body begins, behind its brace, if a declared type leads to one. */
  #bodyAfter(opened: number): number | undefined {
    const from = this.#at;
    const start = this.#bodyStart(opened);
    this.#at = from;
    return start;
  }

  #bodyStart(opened: number): number | undefined {
    if (!this.#take(COLON) || !this.#skipType()) return undefined;
    this.#skipBlank();
    if (this.#text.startsWith('=>', this.#at)) {
      // `a ? (b) : c => {`: only after `const f =` is it certain that these are parameters.
      if (!CONSTANT.test(this.#before(opened))) return undefined;
      this.#at += 2;
    }
    return this.#take(BRACE) ? this.#at : undefined;
  }

  /** Skips a type; returns whether one that this understands stood there. Conditional types are not understood. */
  #skipType(): boolean {
    this.#takeOperator();
    do if (!this.#skipOperand()) return false;
    while (this.#takeOperator());
    return true;
  }

  #takeOperator(): boolean {
    return this.#take(0x7c) || this.#take(0x26);
  }

  #skipOperand(): boolean {
    this.#skipBlank();
    const code = this.#text.charCodeAt(this.#at);
    if (code === QUOTE || code === APOSTROPHE) this.#skipString(code);
    else if (code === BACKTICK) this.#skipTemplate();
    else if (code === PARENTHESIS) {
      this.#skipBrackets();
      this.#skipBlank();
      if (this.#text.startsWith('=>', this.#at)) {
        this.#at += 2;
        return this.#skipType();
      }
    } else if (code === BRACKET || code === BRACE) this.#skipBrackets();
    else if (!this.#skipNamed()) return false;
    while (this.#take(BRACKET)) {
      this.#at--;
      this.#skipBrackets();
    }
    return true;
  }

  /** `-1`, `Name`, `a.b.Name<T>`, `keyof T`, `value is T`. */
  #skipNamed(): boolean {
    this.#take(0x2d);
    const word = this.#takeName();
    if (word === '' || BEFORE_OTHER_TYPE.test(word)) return false;
    if (TYPE_OPERATOR.test(word)) return this.#skipOperand();
    if (MAYBE_OPERATOR.test(word)) {
      this.#skipBlank();
      if (isNamePart(this.#text.charCodeAt(this.#at))) return this.#skipOperand();
    }
    while (this.#take(0x2e)) {
      this.#skipBlank();
      if (this.#takeName() === '') return false;
    }
    if (this.#take(0x3c)) {
      do if (!this.#skipType()) return false;
      while (this.#take(0x2c));
      if (!this.#take(0x3e)) return false;
    }
    this.#skipBlank();
    if (!/^is\b/.test(this.#text.slice(this.#at, this.#at + 3))) return true;
    this.#at += 2;
    return this.#skipType();
  }

  /** Past the bracket that closes the one here, in a type. */
  #skipBrackets(): void {
    let depth = 0;
    do {
      this.#skipBlank();
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE || code === APOSTROPHE) this.#skipString(code);
      else if (code === BACKTICK) this.#skipTemplate();
      else {
        if (code === PARENTHESIS || code === BRACKET || code === BRACE) depth++;
        else if (code === PARENTHESIS + 1 || code === BRACKET + 2 || code === BRACE + 2) depth--;
        // No type has a slash in it, or goes on to the end of the text.
        else if (code === SLASH || Number.isNaN(code)) throw new Unclear();
        this.#at++;
      }
    } while (depth > 0);
  }

  #take(code: number): boolean {
    this.#skipBlank();
    if (this.#text.charCodeAt(this.#at) !== code) return false;
    this.#at++;
    return true;
  }

  #takeName(): string {
    const start = this.#at;
    while (isNamePart(this.#text.charCodeAt(this.#at))) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  #skipBlank(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) this.#at++;
      else if (code !== SLASH || !this.#skipComment()) return;
    }
  }

  #skipComment(): boolean {
    const next = this.#text.charCodeAt(this.#at + 1);
    if (next === SLASH) this.#skipLine();
    else if (next === 0x2a) {
      const end = this.#text.indexOf('*/', this.#at + 2);
      if (end < 0) throw new Unclear();
      this.#at = end + 2;
    } else return false;
    return true;
  }

  #skipLine(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#text.length : end;
  }

  #skipString(quote: number): void {
    for (let at = this.#at + 1; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === quote) {
        this.#at = at + 1;
        return;
      }
      if (code === BACKSLASH) at++;
      else if (code === 0x0a) break;
    }
    throw new Unclear();
  }

  #skipTemplate(): void {
    this.#at++;
    while (this.#at < this.#text.length) {
      const code = this.#text.charCodeAt(this.#at++);
      if (code === BACKTICK) return;
      if (code === BACKSLASH) this.#at++;
      else if (code === 0x24 && this.#text.charCodeAt(this.#at) === BRACE) {
        this.#at++;
        this.#scan(undefined, true);
      }
    }
    throw new Unclear();
  }

  #skipRegularExpression(): void {
    let inClass = false;
    for (let at = this.#at + 1; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === BACKSLASH) at++;
      else if (code === 0x0a) break;
      else if (code === BRACKET) inClass = true;
      else if (code === BRACKET + 2) inClass = false;
      else if (code === SLASH && !inClass) {
        this.#at = at + 1;
        this.#takeName();
        return;
      }
    }
    throw new Unclear();
  }
}

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const PARENTHESIS = 0x28;
const SLASH = 0x2f;
const COLON = 0x3a;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const BACKTICK = 0x60;
const BRACE = 0x7b;

/** A letter, a digit, `_`, `$`, or anything beyond ASCII. */
function isNamePart(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x24 ||
    code > 0x7f
  );
}
