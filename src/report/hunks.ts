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
  const [oldLines, newLines] = [linesOf(before), linesOf(after)];
  const hunks = middleHunks(before, after, oldLines.length) ?? hunksOf(before, after);
  if (!hunks || isRewritten(hunks, oldLines.length, newLines.length)) return [replaceMiddle(oldLines, newLines)];
  return hunks;
}

function hunksOf(before: string, after: string): readonly StructuredPatchHunk[] | undefined {
  return structuredPatch('', '', before, after, undefined, undefined, { context: CONTEXT, maxEditLength: MOST_EDITS })
    ?.hunks;
}

/**
 * The hunks, looked for only between the lines that both texts begin and end with: most edits touch a few lines of a
 * file. `undefined` when a hunk lacks context there, which lines that repeat can bring about.
 */
function middleHunks(before: string, after: string, count: number): readonly StructuredPatchHunk[] | undefined {
  const head = sameHead(before, after);
  const tail = sameTail(before, after, head.end);
  const middle = (text: string) => text.slice(head.end, text.length - tail);
  const hunks = hunksOf(middle(before), middle(after))?.map((hunk) => ({
    ...hunk,
    oldStart: hunk.oldStart + head.lines,
    newStart: hunk.newStart + head.lines,
  }));
  return hunks?.every((hunk) => hasContext(hunk, count)) ? hunks : undefined;
}

/** Whether a hunk has all the context that it can have in a file of so many lines. */
function hasContext({ oldStart, oldLines, lines }: StructuredPatchHunk, count: number): boolean {
  const rows = lines.filter((line) => !line.startsWith('\\'));
  const isContext = (line: string | undefined) => line?.startsWith(' ') ?? false;
  const leads = rows.slice(0, CONTEXT).every(isContext);
  const trails = rows.slice(-CONTEXT).every(isContext);
  return (leads || oldStart === 1) && (trails || oldStart - 1 + oldLines === count);
}

/** The lines that both texts begin with, the last few left out so that they can be context. */
function sameHead(a: string, b: string): { readonly end: number; readonly lines: number } {
  let [end, lines] = [0, 0];
  const starts: number[] = [];
  for (;;) {
    const next = a.indexOf('\n', end) + 1;
    if (next === 0 || !b.startsWith(a.slice(end, next), end)) break;
    starts.push(end);
    end = next;
    lines++;
  }
  const kept = Math.max(0, lines - CONTEXT);
  return { end: starts[kept] ?? end, lines: kept };
}

/** How many characters the lines have that both texts end with, the first few left out so that they can be context. */
function sameTail(a: string, b: string, head: number): number {
  const shorter = Math.min(a.length, b.length) - head;
  let same = 0;
  while (same < shorter && a.charCodeAt(a.length - 1 - same) === b.charCodeAt(b.length - 1 - same)) same++;
  let at = a.length - same;
  for (let line = 0; line <= CONTEXT; line++) {
    at = a.indexOf('\n', at) + 1;
    if (at === 0) return 0;
  }
  return a.length - at;
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
