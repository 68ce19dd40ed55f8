import type { TextRange } from '../../src/base/places.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { ParsedFile } from './parse.ts';

export interface CallSite {
  readonly file: ParsedFile;
  /** A call or `new` expression. */
  readonly call: SyntaxNode;
  /** Where what is mapped ends: the member's name, or the callee. The template's text applies from here on. */
  readonly headEnd: number;
  /** Whether something else is, or will be, edited in a range. */
  readonly isEdited: (range: TextRange) => boolean;
  /** Whether a range has edits that are not known yet, so that it cannot be put elsewhere. */
  readonly isPinned: (range: TextRange) => boolean;
  /** Whether an edit replaces the text on both sides of an offset. */
  readonly isReplaced: (offset: number) => boolean;
  /** Moves the lines that edits inside a range bring along further in. */
  readonly deepen: (range: TextRange, step: string) => void;
  /** Takes the edits inside a range back and gives its text as they would have made it. */
  readonly lift: (range: TextRange) => string;
}

export interface CallEdit {
  readonly range: TextRange;
  readonly text: string;
}
