import type { ReportFile, Row } from '../model.ts';
import { highlight } from './highlight.ts';
import { codeLine, tokensByLine } from './line.ts';
import { html, type Markup } from './markup.ts';

const CLASSES = { context: 'c', removed: 'd', added: 'a' } as const;

/** The unified diff of one file as a table; the page's script makes the side-by-side one from it when asked. */
export function diffTable(file: ReportFile, proofId: (edit: number) => string): Markup {
  const rows = file.hunks.flatMap((hunk) => hunk.rows);
  const changed = rows.filter((row) => row.kind !== 'context');
  const lineEndsDiffer =
    changed.some((row) => row.text.endsWith('\r')) && changed.some((row) => !row.text.endsWith('\r'));
  const colours = {
    before: colour(file.file, file.before, rows.findLast((row) => row.new === undefined)?.old),
    after: colour(file.file, file.after, rows.findLast((row) => row.new !== undefined)?.new),
  };
  const line = (row: Row): Markup => {
    const tokens = (row.new === undefined ? colours.before[row.old! - 1] : colours.after[row.new - 1]) ?? [];
    const ends = [
      lineEndsDiffer && row.text.endsWith('\r') && html`<em class="end">CR</em>`,
      row.open && row.kind !== 'context' && html`<em class="end">no line end</em>`,
    ];
    return html`<tr class="${CLASSES[row.kind]}"><td data-n="${row.old}"></td><td data-n="${row.new}"></td><td>${codeLine(row, tokens, proofId)}${ends}</td></tr>
`;
  };
  const hunks = file.hunks.map(
    (
      hunk,
    ) => html`<tr class="h"><td colspan="3">${at(hunk.oldStart, hunk.oldLines)} → ${at(hunk.newStart, hunk.newLines)}</td></tr>
${hunk.rows.map(line)}`,
  );
  return html`<table class="diff u" aria-label="Changes of ${file.file}"><colgroup><col class="no"><col class="no"><col></colgroup><tbody>${hunks}</tbody></table>`;
}

/** The tokens of a text's first lines; nothing below the last line that is shown needs any. */
function colour(file: string, text = '', lines = 0): ReturnType<typeof tokensByLine> {
  const shown = text.split('\n', lines).join('\n');
  return tokensByLine(shown, highlight(file, shown));
}

function at(start: number, lines: number): string {
  if (lines === 0) return 'none';
  return lines === 1 ? `line ${start}` : `lines ${start}–${start + lines - 1}`;
}
