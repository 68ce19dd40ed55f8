import type { TextRange } from '../../src/base/places.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { SourceLayout } from './source-layout.ts';

/**
 * The ranges to delete so that some items leave a comma-separated list; comments and the layout of what stays are kept.
 * At least one item must stay.
 */
export function withoutItems(
  layout: SourceLayout,
  items: readonly SyntaxNode[],
  gone: ReadonlySet<SyntaxNode>,
): readonly TextRange[] {
  const commaAfter = (item: SyntaxNode) => {
    const at = layout.skipBlank(item.end);
    return layout.text[at] === ',' ? at : undefined;
  };
  const lastKept = items.findLastIndex((item) => !gone.has(item));
  const last = items.at(-1)!;
  const tail = { start: items[lastKept]!.end, end: last.end };
  const tailInOne = lastKept < items.length - 1 && commaAfter(last) === undefined && !layout.hasComment(tail);

  const ranges: TextRange[] = [];
  for (const [i, item] of items.entries()) {
    if (!gone.has(item) || (tailInOne && i > lastKept)) continue;
    const comma = commaAfter(item);
    const apart = comma !== undefined && layout.hasComment({ start: item.end, end: comma });
    const range = { start: item.start, end: comma === undefined || apart ? item.end : comma + 1 };
    const lines = layout.wholeLines(range);
    ranges.push(
      lines === range ? { ...range, end: range.end + /^[ \t]*/.exec(layout.text.slice(range.end))![0].length } : lines,
    );
    // The comment between a name and its comma stays, the comma does not.
    if (apart) ranges.push({ start: comma, end: comma + 1 });
  }
  if (tailInOne) ranges.push(tail);
  return ranges;
}

/** What to insert after the last item so that another one follows it: on a line of its own where the items have that. */
export function nextItem(
  layout: SourceLayout,
  items: readonly SyntaxNode[],
  text: string,
): { at: number; text: string } {
  const last = items.at(-1)!;
  const ownLine = /^\s*$/.test(layout.text.slice(layout.lineStart(last.start), last.start));
  return { at: last.end, text: ownLine ? `,${layout.eol}${layout.indentation(last.start)}${text}` : `, ${text}` };
}
