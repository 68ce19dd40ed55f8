import MagicString from 'magic-string';
import { overlaps } from '../base/places.ts';
import type { Edit } from '../plan/file-change.ts';

/** The text with every edit made, all other characters as they were. Throws a fault when two edits overlap. */
export function splice(text: string, edits: readonly Edit[]): string {
  const sorted = inOrder(edits);
  const out = new MagicString(text);
  for (const [i, edit] of sorted.entries()) {
    const next = sorted[i + 1];
    if (next && overlaps(edit.range, next.range)) {
      throw new Error(
        `two edits overlap at ${next.range.start}: ${JSON.stringify(edit.text)} and ${JSON.stringify(next.text)}`,
      );
    }
    const { start, end } = edit.range;
    if (start === end) out.appendLeft(start, edit.text);
    else if (edit.text === '') out.remove(start, end);
    else out.update(start, end, edit.text);
  }
  return out.toString();
}

/** Edits by start; of two at the same start the insertion comes first, and insertions keep their order. */
export function inOrder(edits: readonly Edit[]): readonly Edit[] {
  return [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
