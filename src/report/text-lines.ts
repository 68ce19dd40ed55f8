import { type Position, positionIn } from '../base/places.ts';

/** A text's lines as git and a diff see them: they end in `\n` only, and a lone `\r` is a character like any other. */
export class TextLines {
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** Line and column, both 1-based, of an offset. */
  at(offset: number): Position {
    return positionIn(this.#starts, offset);
  }

  /** The offset at which a line starts; the text's length for a line past the end. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.#text.length;
  }

  /** The line's text without its line end. */
  textOf(line: number): string {
    return this.#text.slice(this.startOf(line), this.startOf(line + 1)).replace(/\r?\n$/, '');
  }
}
