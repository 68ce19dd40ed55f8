import type { FileChange, Outcome } from '../plan/file-change.ts';
import { inOrder, splice } from '../rewrite/splice.ts';
import { diffTexts, toHunk } from './hunks.ts';
import type { Hunk, Mark, Proven, ReportEdit, ReportFile, Row } from './model.ts';
import { TextLines } from './text-lines.ts';

/** One changed file: its hunks with every edit marked on both sides, and each edit with its proof. */
export function reportFile(change: FileChange, outcomes: readonly Outcome[]): ReportFile {
  const { file, kind, step, bom, before, after } = change;
  const proven = new Map(outcomes.flatMap((outcome) => provenBy(outcome)));
  const located = locateEdits(change);
  const edits = located.map(({ number, edit, at, now }) => ({
    number,
    at,
    now,
    before: (before ?? '').slice(edit.range.start, edit.range.end),
    after: edit.text,
    proven: edit.usages.flatMap((id) => proven.get(id) ?? []),
    supports:
      edit.usages.length > 0
        ? []
        : located
            .filter((other) => other.edit.group === edit.group && other.edit.usages.length > 0)
            .map((other) => other.number),
  }));
  const answered = new Set(located.flatMap(({ edit }) => edit.usages));
  const hunks = diffTexts(before ?? '', after ?? '').map(toHunk);
  const rows = hunks.flatMap((hunk) => hunk.rows);
  return {
    file,
    kind,
    step,
    before,
    after,
    bom,
    added: rows.filter((row) => row.kind === 'added').length,
    removed: rows.filter((row) => row.kind === 'removed').length,
    hunks: markHunks(hunks, change, located),
    edits,
    carried: [...proven].filter(([id]) => !answered.has(id)).map(([, one]) => one),
    review: outcomes.filter((outcome) => outcome.result === 'review').length,
  };
}

function provenBy({ usage, result }: Outcome): readonly (readonly [string, Proven])[] {
  if (result !== 'edited' || usage.verdict.kind !== 'proven') return [];
  return [[usage.id, { place: usage.place, text: usage.text, proof: usage.verdict.proof }]];
}

interface Located {
  readonly number: number;
  readonly edit: FileChange['edits'][number];
  readonly at: ReportEdit['at'];
  readonly now: ReportEdit['now'];
  /** Where the edit's text starts in the text after. */
  readonly nowStart: number;
}

/** The edits with their places before and after. Empty when they do not make up the whole change. */
function locateEdits({ before, after, edits }: FileChange): readonly Located[] {
  if (before === undefined || after === undefined || edits.length === 0 || splice(before, edits) !== after) return [];
  const oldLines = new TextLines(before);
  const newLines = new TextLines(after);
  let shift = 0;
  return inOrder(edits).map((edit, i) => {
    const nowStart = edit.range.start + shift;
    shift += edit.text.length - (edit.range.end - edit.range.start);
    return { number: i + 1, edit, at: oldLines.at(edit.range.start), now: newLines.at(nowStart), nowStart };
  });
}

function markHunks(
  hunks: readonly Hunk[],
  { before, after }: FileChange,
  located: readonly Located[],
): readonly Hunk[] {
  if (located.length === 0) return hunks;
  const removed = marksByLine(
    before ?? '',
    located.map(({ number, edit }) => ({ ...edit.range, edit: number })),
  );
  const added = marksByLine(
    after ?? '',
    located.map(({ number, edit, nowStart }) => ({ start: nowStart, end: nowStart + edit.text.length, edit: number })),
  );
  const marksOf = (row: Row): readonly Mark[] => {
    if (row.kind === 'removed') return removed.get(row.old!) ?? [];
    return row.kind === 'added' ? (added.get(row.new!) ?? []) : [];
  };
  return hunks.map((hunk) => ({ ...hunk, rows: hunk.rows.map((row) => ({ ...row, marks: marksOf(row) })) }));
}

/** Ranges of a text cut at line ends: line → marks. Empty pieces are left out. */
function marksByLine(text: string, ranges: readonly Mark[]): ReadonlyMap<number, readonly Mark[]> {
  const lines = new TextLines(text);
  const marks = new Map<number, Mark[]>();
  for (const { start, end, edit } of ranges) {
    const first = lines.at(start).line;
    for (let line = first; line === first || lines.startOf(line) < end; line++) {
      const lineStart = lines.startOf(line);
      const mark = {
        start: Math.max(start - lineStart, 0),
        end: Math.min(end - lineStart, lines.textOf(line).length),
        edit,
      };
      if (mark.start < mark.end) marks.set(line, [...(marks.get(line) ?? []), mark]);
    }
  }
  return marks;
}
