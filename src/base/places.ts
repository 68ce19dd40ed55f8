/** A half-open range of UTF-16 offsets into a file's text; the text never includes a byte order mark. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A line and a column, both 1-based; the column counts UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A range in a file, with the line and column of its start so that it can be read by a person. */
export interface Place extends Position {
  /** Relative to the target's root, with `/` between segments. */
  readonly file: string;
  readonly range: TextRange;
}

/** `file:line:column`, the form that terminals and editors turn into links. */
export function formatPlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}

/** Orders ranges by file, then by start. Files by code units, so that no locale changes the order. */
export function byPlace(a: FileRange, b: FileRange): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.range.start - b.range.start;
}

type FileRange = Pick<Place, 'file' | 'range'>;

/** Finds lines and columns in one text; the line starts are computed once. Lines end in `\n`, `\r\n` or `\r`. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) this.#starts.push(i + 1);
    }
  }

  /** The position of an offset; offsets past the end count on in the last line. */
  at(offset: number): Position {
    return positionIn(this.#starts, offset);
  }
}

/** The position of an offset, given where each line starts; offsets past the end count on in the last line. */
export function positionIn(starts: readonly number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! + 1 };
}

/** Whether two half-open ranges share a character; an empty range inside another counts as shared. */
export function overlaps(a: TextRange, b: TextRange): boolean {
  return a.start < b.end && b.start < a.end;
}
