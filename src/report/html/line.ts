import type { Mark, Row } from '../model.ts';
import type { Token } from './highlight.ts';
import { html, type Markup } from './markup.ts';

/** A row's code with its colours, each mark a link to the proof of its edit. `tokens` are offsets into the row. */
export function codeLine(row: Row, tokens: readonly Token[], proofId: (edit: number) => string): Markup {
  const pieces: Markup[] = [];
  let at = 0;
  for (const mark of row.marks) {
    pieces.push(coloured(row.text, at, mark.start, tokens));
    const inner = coloured(row.text, mark.start, mark.end, tokens);
    pieces.push(link(mark, row, inner, proofId));
    at = mark.end;
  }
  pieces.push(coloured(row.text, at, row.text.replace(/\r$/, '').length, tokens));
  return html`${pieces}`;
}

/** The new text is in the order of the Tab key; the old one beside it would only double the stops. */
function link(mark: Mark, row: Row, inner: Markup, proofId: (edit: number) => string): Markup {
  const id = proofId(mark.edit);
  return row.kind === 'added'
    ? html`<a class="m" href="#${id}">${inner}</a>`
    : html`<a class="m" href="#${id}" tabindex="-1">${inner}</a>`;
}

function coloured(text: string, from: number, to: number, tokens: readonly Token[]): Markup {
  const pieces: Markup[] = [];
  let at = from;
  for (const token of tokens) {
    const start = Math.max(token.start, at);
    const end = Math.min(token.end, to);
    if (start >= end) continue;
    pieces.push(html`${text.slice(at, start)}<i class="${token.kind[0]}">${text.slice(start, end)}</i>`);
    at = end;
  }
  if (at < to) pieces.push(html`${text.slice(at, to)}`);
  return html`${pieces}`;
}

/** The tokens of each line, as offsets into it; lines end in `\n`, as in a diff. */
export function tokensByLine(text: string, tokens: readonly Token[]): readonly (readonly Token[])[] {
  const lines: Token[][] = [];
  let start = 0;
  let first = 0;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    while (first < tokens.length && tokens[first]!.end <= start) first++;
    const here: Token[] = [];
    for (let i = first; i < tokens.length && tokens[i]!.start < end; i++) {
      const token = tokens[i]!;
      here.push({
        kind: token.kind,
        start: Math.max(token.start, start) - start,
        end: Math.min(token.end, end) - start,
      });
    }
    lines.push(here);
    start = end + 1;
  }
  return lines;
}
