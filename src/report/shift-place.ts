import { LineIndex, type Place } from '../base/places.ts';
import type { FileChange } from '../plan/file-change.ts';
import { inOrder, splice } from '../rewrite/splice.ts';
import { diffTexts } from './hunks.ts';
import { TextLines } from './text-lines.ts';

/**
 * Where a place of the text before stands in the text after, so that a reader can go there once the file is written.
 * Through the edits when they make up the change, else through the lines that stayed. A place inside changed text moves
 * to its start; the place itself when the file was deleted.
 */
export function placeShift(change: FileChange): (place: Place) => Place {
  const { before, after, edits } = change;
  if (before === undefined || after === undefined || before === after) return (place) => place;
  const index = new LineIndex(after);
  const offsetAfter =
    edits.length > 0 && splice(before, edits) === after ? throughEdits(edits) : throughLines(before, after);
  return (place) => {
    const start = Math.min(offsetAfter(place.range.start), after.length);
    const length = place.range.end - place.range.start;
    return { file: place.file, range: { start, end: Math.min(start + length, after.length) }, ...index.at(start) };
  };
}

function throughEdits(edits: FileChange['edits']): (offset: number) => number {
  const sorted = inOrder(edits);
  return (offset) => {
    let shift = 0;
    for (const { range, text } of sorted) {
      if (range.start > offset) break;
      if (offset < range.end) return range.start + shift;
      shift += text.length - (range.end - range.start);
    }
    return offset + shift;
  };
}

function throughLines(before: string, after: string): (offset: number) => number {
  const hunks = diffTexts(before, after);
  const oldLines = new TextLines(before);
  const newLines = new TextLines(after);
  return (offset) => {
    const { line, column } = oldLines.at(offset);
    let shift = 0;
    for (const hunk of hunks) {
      if (hunk.oldStart > line) break;
      if (line < hunk.oldStart + hunk.oldLines) return lineInHunk(hunk, line, column, newLines);
      shift = hunk.newStart + hunk.newLines - (hunk.oldStart + hunk.oldLines);
    }
    return newLines.startOf(line + shift) + column - 1;
  };
}

type TextHunk = ReturnType<typeof diffTexts>[number];

function lineInHunk(hunk: TextHunk, wanted: number, column: number, newLines: TextLines): number {
  let oldLine = hunk.oldStart;
  let newLine = hunk.newStart;
  for (const row of hunk.lines) {
    if (row.startsWith('\\')) continue;
    if (!row.startsWith('+') && oldLine === wanted) {
      return newLines.startOf(newLine) + (row.startsWith(' ') ? column - 1 : 0);
    }
    if (!row.startsWith('+')) oldLine++;
    if (!row.startsWith('-')) newLine++;
  }
  return newLines.startOf(newLine);
}
