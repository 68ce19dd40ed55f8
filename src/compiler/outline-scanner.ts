import type { TextRange } from '../base/places.ts';
import { skipType } from './skip-type.ts';
import {
  APOSTROPHE,
  BACKTICK,
  BRACE,
  BRACKET,
  COLON,
  isNamePart,
  PARENTHESIS,
  QUOTE,
  SLASH,
  SourceCursor,
  Unclear,
} from './source-cursor.ts';

const BEFORE_EXPRESSION =
  /(?<![\w$.#])(?:await|case|delete|do|else|extends|in|instanceof|new|of|return|throw|typeof|void|yield)$/;
const CONDITION = /(?<![\w$.#])(?:if|while|for|with)\s*$/;
const CONSTANT = /(?<![\w$.])(?:const|let)\s+[\w$]+\s*=\s*(?:async\s*)?$/;
/** Longer than what the patterns above look back over. */
const LOOK_BACK = 120;

/**
 * Scans TypeScript just far enough to find function bodies: strings, templates, comments, regular expressions and
 * brackets. It gives up, rather than guess, where only a parser could tell.
 */
export class OutlineScanner {
  readonly #text: string;
  readonly #cursor: SourceCursor;

  constructor(text: string) {
    this.#text = text;
    this.#cursor = new SourceCursor(text, () => this.#scan(undefined, true));
  }

  /**
   * The insides of the bodies whose function declares its return type, outermost ones only, in order; `undefined` when
   * the text is not understood.
   */
  closedBodies(): readonly TextRange[] | undefined {
    const bodies: TextRange[] = [];
    try {
      if (this.#text.startsWith('#!')) this.#cursor.skipLine();
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
    const cursor = this.#cursor;
    const open: number[] = [];
    // The last character that counts, and where the parenthesis that it closes was opened.
    let last = -1;
    let opened = -1;
    while (cursor.at < text.length) {
      const code = text.charCodeAt(cursor.at);
      switch (code) {
        case 0x20:
        case 0x09:
        case 0x0a:
        case 0x0d:
          cursor.at++;
          continue;
        case PARENTHESIS:
        case BRACKET:
          open.push(cursor.at++);
          break;
        case BRACE:
          // A body that the type is inferred from: what its inner functions assign may count, too.
          if (bodies && this.#beginsStatements(last)) this.#skipBody(cursor.at + 1);
          else open.push(cursor.at++);
          break;
        case BRACKET + 2:
          opened = this.#close(open.pop());
          break;
        case BRACE + 2:
          if (open.length === 0 && inside) {
            cursor.at++;
            return;
          }
          opened = this.#close(open.pop());
          break;
        case PARENTHESIS + 1:
          opened = this.#close(open.pop());
          if (bodies) this.#takeBody(opened, bodies);
          break;
        case SLASH:
          if (cursor.skipComment()) continue;
          if (this.#dividesAfter(last, opened)) cursor.at++;
          else cursor.skipRegularExpression();
          break;
        case QUOTE:
        case APOSTROPHE:
          cursor.skipString(code);
          break;
        case BACKTICK:
          cursor.skipTemplate();
          break;
        default:
          last = cursor.at++;
          continue;
      }
      last = cursor.at - 1;
    }
    if (inside || open.length > 0) throw new Unclear();
  }

  /** Passes a closing bracket; returns where its opening one, which the caller took last, stands. */
  #close(opened = -1): number {
    const opening = this.#text.charCodeAt(opened);
    const closing = opening === PARENTHESIS ? opening + 1 : opening + 2;
    // Without an opening one, a number that is none.
    if (this.#cursor.code !== closing) throw new Unclear();
    this.#cursor.at++;
    return opened;
  }

  /** From behind a body's opening brace to behind its closing one. */
  #skipBody(start: number): void {
    this.#cursor.at = start;
    this.#scan(undefined, true);
  }

  /** Behind parameters: passes the body that follows them, and collects it, when a declared type leads to it. */
  #takeBody(opened: number, bodies: TextRange[]): void {
    const start = this.#bodyAfter(opened);
    if (start === undefined) return;
    this.#skipBody(start);
    this.#refuseTypeAfter();
    bodies.push({ start, end: this.#cursor.at - 1 });
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
    const sameLine = /^[^\S\n]*\[/.test(this.#text.slice(this.#cursor.at, this.#cursor.at + 20));
    const from = this.#cursor.at;
    this.#cursor.skipBlank();
    const next = this.#cursor.code;
    this.#cursor.at = from;
    if (sameLine || next === 0x7c || next === 0x26 || next === 0x3f || next === 0x2e) throw new Unclear();
  }

  #before(end: number): string {
    return this.#text.slice(Math.max(0, end - LOOK_BACK), end);
  }

  /** After the parameters that were opened there: where the body begins, behind its brace, if a declared type leads to one. */
  #bodyAfter(opened: number): number | undefined {
    const from = this.#cursor.at;
    const start = this.#bodyStart(opened);
    this.#cursor.at = from;
    return start;
  }

  #bodyStart(opened: number): number | undefined {
    if (!this.#cursor.take(COLON) || !skipType(this.#cursor)) return undefined;
    this.#cursor.skipBlank();
    if (this.#text.startsWith('=>', this.#cursor.at)) {
      // `a ? (b) : c => {`: only after `const f =` is it certain that these are parameters.
      if (!CONSTANT.test(this.#before(opened))) return undefined;
      this.#cursor.at += 2;
    }
    return this.#cursor.take(BRACE) ? this.#cursor.at : undefined;
  }
}
