/** Thrown where only a parser could tell what stands there. */
export class Unclear extends Error {}

export const QUOTE = 0x22;
export const APOSTROPHE = 0x27;
export const PARENTHESIS = 0x28;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
export const BACKTICK = 0x60;
export const BRACE = 0x7b;

/** A place in a TypeScript text that goes on token by token. Whatever has no end throws {@link Unclear}. */
export class SourceCursor {
  readonly text: string;
  /** The offset of the next character. */
  at = 0;
  readonly #skipHole: () => void;

  /** `skipHole` skips the code in a template's hole, from behind its opening brace to behind its closing one. */
  constructor(text: string, skipHole: () => void) {
    this.text = text;
    this.#skipHole = skipHole;
  }

  /** The code of the next character; `NaN` at the end. */
  get code(): number {
    return this.text.charCodeAt(this.at);
  }

  /** Passes the character, if it is next; blanks and comments before it in any case. */
  take(code: number): boolean {
    this.skipBlank();
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at++;
    return true;
  }

  /** Passes the name that begins here; empty when none does. */
  takeName(): string {
    const start = this.at;
    while (isNamePart(this.text.charCodeAt(this.at))) this.at++;
    return this.text.slice(start, this.at);
  }

  skipBlank(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) this.at++;
      else if (code !== SLASH || !this.skipComment()) return;
    }
  }

  /** Whether a comment began here, which is passed then. */
  skipComment(): boolean {
    const next = this.text.charCodeAt(this.at + 1);
    if (next === SLASH) this.skipLine();
    else if (next === 0x2a) {
      const end = this.text.indexOf('*/', this.at + 2);
      if (end < 0) throw new Unclear();
      this.at = end + 2;
    } else return false;
    return true;
  }

  skipLine(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
  }

  skipString(quote: number): void {
    for (let at = this.at + 1; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === quote) {
        this.at = at + 1;
        return;
      }
      if (code === BACKSLASH) at++;
      else if (code === 0x0a) break;
    }
    throw new Unclear();
  }

  skipTemplate(): void {
    this.at++;
    while (this.at < this.text.length) {
      const code = this.text.charCodeAt(this.at++);
      if (code === BACKTICK) return;
      if (code === BACKSLASH) this.at++;
      else if (code === 0x24 && this.text.charCodeAt(this.at) === BRACE) {
        this.at++;
        this.#skipHole();
      }
    }
    throw new Unclear();
  }

  skipRegularExpression(): void {
    let inClass = false;
    for (let at = this.at + 1; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === BACKSLASH) at++;
      else if (code === 0x0a) break;
      else if (code === BRACKET) inClass = true;
      else if (code === BRACKET + 2) inClass = false;
      else if (code === SLASH && !inClass) {
        this.at = at + 1;
        this.takeName();
        return;
      }
    }
    throw new Unclear();
  }
}

/** A letter, a digit, `_`, `$`, or anything beyond ASCII. */
export function isNamePart(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x24 ||
    code > 0x7f
  );
}
