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

interface Named {
  readonly name: string;
  readonly text: string;
}

/** A list between braces as it stands in the file. */
interface NamedList {
  /** Offset of `{`. */
  readonly open: number;
  readonly items: readonly { readonly node: SyntaxNode; readonly name: string }[];
  /** Items that are taken out at the same time. */
  readonly gone: ReadonlySet<SyntaxNode>;
}

interface Insertion<T> {
  readonly at: number;
  readonly text: string;
  readonly item: T;
}

/**
 * The insertions by which items join a list: in order where the list is sorted, at its end otherwise; on lines of their
 * own where the items have that. Comments stay with the items that they follow or stand above.
 */
export function insertItems<T extends Named>(
  layout: SourceLayout,
  { open, items, gone }: NamedList,
  added: readonly T[],
): readonly Insertion<T>[] {
  if (gone.size > 0) {
    // Beside what is taken out only the start of an item that stays is safe.
    const { node } = items.find((item) => !gone.has(item.node))!;
    const next = isOnOwnLine(layout, node) ? layout.eol + layout.indentation(node.start) : ' ';
    return added.map((item) => ({ at: node.start, text: `${item.text},${next}`, item }));
  }
  const order = orderOf(items.map(({ name }) => name));
  const gapOf = ({ name }: T) => {
    const before = order ? items.findIndex((item) => order(item.name, name) > 0) : -1;
    return before < 0 ? items.length : before;
  };
  const nodes = items.map(({ node }) => node);
  const sorted = order ? added.toSorted((a, b) => order(a.name, b.name)) : added;
  return sorted.map((item) => ({ ...insertionAt(layout, open, nodes, gapOf(item), item.text), item }));
}

/** The order in which two names or more stand: by character, or regardless of case; `undefined` for none of these. */
function orderOf(names: readonly string[]): ((a: string, b: string) => number) | undefined {
  if (names.length < 2) return undefined;
  const plain = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const folded = (a: string, b: string) => plain(a.toLowerCase(), b.toLowerCase());
  return [plain, folded].find((order) => names.every((name, i) => i === 0 || order(names[i - 1]!, name) <= 0));
}

/** Where and how an item is written into the gap before the item of that index. */
function insertionAt(
  layout: SourceLayout,
  open: number,
  items: readonly SyntaxNode[],
  gap: number,
  item: string,
): { readonly at: number; readonly text: string } {
  const { text, eol } = layout;
  const before = items[gap - 1];
  const comma = before ? layout.skipBlank(before.end) : open;
  if (before && text[comma] !== ',') {
    const end = layout.find('}', before.end);
    // A comment after the last item would come to stand behind the new one.
    if (layout.hasComment({ start: before.end, end })) return insertionAt(layout, open, items, gap - 1, item);
    const next = isOnOwnLine(layout, before) ? eol + layout.indentation(before.start) : ' ';
    return { at: before.end, text: `,${next}${item}` };
  }
  const at = comma + 1;
  const end = layout.lineEnd(at);
  const beside = (before ?? items[0])!;
  if (isOnOwnLine(layout, beside) && /^\s*(?:\/\/.*|\/\*.*\*\/\s*)?$/.test(text.slice(at, end)))
    return { at: end, text: `${eol}${layout.indentation(beside.start)}${item},` };
  const tight = !before && !/\s/.test(text[at]!);
  return { at, text: tight ? `${item}, ` : ` ${item},` };
}

function isOnOwnLine(layout: SourceLayout, { start }: SyntaxNode): boolean {
  return /^\s*$/.test(layout.text.slice(layout.lineStart(start), start));
}
