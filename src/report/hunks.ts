import { type StructuredPatchHunk, structuredPatch } from 'diff';
import type { Hunk, Row } from './model.ts';

const CONTEXT = 3;
/** Above this many changed lines the shortest diff takes seconds to find; the changed middle is then shown as a whole. */
const MOST_EDITS = 2_000;
/** A file of so many lines that keeps less than this share was written anew: old and new are then easier read apart. */
const REWRITTEN = { lines: 20, kept: 0.35 };
const NO_LINE_END = '\\ No newline at end of file';

/** The hunks between two texts as the `diff` library has them, with three lines of context. Lines end in `\n` only, as for git. */
export function diffTexts(before: string, after: string): readonly StructuredPatchHunk[] {
  if (before === after) return [];
  const patch = structuredPatch('', '', before, after, undefined, undefined, {
    context: CONTEXT,
    maxEditLength: MOST_EDITS,
  });
  const [oldLines, newLines] = [linesOf(before), linesOf(after)];
  if (patch && !isRewritten(patch.hunks, oldLines.length, newLines.length)) return patch.hunks;
  return [replaceMiddle(oldLines, newLines)];
}

function isRewritten(hunks: readonly StructuredPatchHunk[], oldLines: number, newLines: number): boolean {
  const removed = hunks.reduce((sum, hunk) => sum + hunk.lines.filter((line) => line.startsWith('-')).length, 0);
  const longer = Math.max(oldLines, newLines);
  return Math.min(oldLines, newLines) >= REWRITTEN.lines && oldLines - removed < longer * REWRITTEN.kept;
}

/** The same hunks for reading: each row with its line numbers, no marks yet. */
export function toHunk(hunk: StructuredPatchHunk): Hunk {
  const rows: Row[] = [];
  let oldLine = hunk.oldStart;
  let newLine = hunk.newStart;
  for (const [i, line] of hunk.lines.entries()) {
    if (line.startsWith('\\')) continue;
    const open = hunk.lines[i + 1]?.startsWith('\\') ? ({ open: true } as const) : {};
    const text = line.slice(1);
    if (line.startsWith('-')) rows.push({ kind: 'removed', old: oldLine++, text, ...open, marks: [] });
    else if (line.startsWith('+')) rows.push({ kind: 'added', new: newLine++, text, ...open, marks: [] });
    else rows.push({ kind: 'context', old: oldLine++, new: newLine++, text, ...open, marks: [] });
  }
  const { oldStart, oldLines, newStart, newLines } = hunk;
  return { oldStart, oldLines, newStart, newLines, rows };
}

/** Lines with their `\n`; the last one has none when the text does not end in one. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function replaceMiddle(before: readonly string[], after: readonly string[]): StructuredPatchHunk {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const from = Math.max(0, head - CONTEXT);
  const oldEnd = before.length - tail;
  const newEnd = after.length - tail;
  const trailing = before.slice(oldEnd, oldEnd + CONTEXT);
  const lines = [
    ...marked(' ', before.slice(from, head)),
    ...marked('-', before.slice(head, oldEnd)),
    ...marked('+', after.slice(head, newEnd)),
    ...marked(' ', trailing),
  ];
  return {
    oldStart: from + 1,
    oldLines: oldEnd + trailing.length - from,
    newStart: from + 1,
    newLines: newEnd + trailing.length - from,
    lines,
  };
}

function marked(sign: ' ' | '-' | '+', lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => (line.endsWith('\n') ? [sign + line.slice(0, -1)] : [sign + line, NO_LINE_END]));
}
