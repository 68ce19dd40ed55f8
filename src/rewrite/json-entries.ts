import { parseExpression } from '@babel/parser';

interface Entry {
  readonly key: string;
  readonly value: unknown;
  readonly node: JsonNode;
  readonly start: number;
  readonly end: number;
}

interface Section {
  readonly start: number;
  readonly end: number;
  readonly entries: readonly Entry[];
}

/** The texts of a JSON object's section: key → value. Empty when there is no such section. Throws when it does not parse. */
export function entriesOf(json: string, section: string): ReadonlyMap<string, unknown> {
  return new Map(sectionOf(json, section)?.entries.map(({ key, value }) => [key, value]) ?? []);
}

/**
 * The text with one more entry in a section: at its place when the keys are sorted, else after `beside`, else at the end.
 * A section that is not there comes last.
 */
export function addEntry(json: string, section: string, key: string, value: string, beside?: string): string {
  const found = sectionOf(json, section);
  if (!found || found.entries.length === 0) return addSection(json, section, found, { [key]: value });
  const { entries } = found;
  const written = `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  const compare = orderOf(entries.map((entry) => entry.key));
  const index = compare
    ? entries.findIndex((entry) => compare(key, entry.key) < 0)
    : beside === undefined
      ? -1
      : entries.findIndex((entry) => entry.key === beside) + 1;
  // The white space before the first entry is that before each one.
  const gap = json.slice(found.start + 1, entries[0]!.start);
  const between = entries[1] ? json.slice(entries[0]!.end + 1, entries[1].start).replace(/^\s*,/, '') : gap || ' ';
  if (index === 0) return splice(json, entries[0]!.start, entries[0]!.start, `${written},${between}`);
  const before = index < 0 ? entries.at(-1)! : entries[index - 1]!;
  return splice(json, before.end, before.end, `,${between}${written}`);
}

function addSection(json: string, section: string, empty: Section | undefined, content: object): string {
  const root = objectOf(parseExpression(json));
  const [first] = root?.entries ?? [];
  if (!root || !first) return json;
  // The white space before the first key: none, a space, or a line end with the indentation of each.
  const gap = json.slice(root.start + 1, first.start);
  const indent = /\n([ \t]*)$/.exec(gap)?.[1];
  const eol = /\r?\n/.exec(gap)?.[0] ?? '\n';
  const object = indent === undefined ? JSON.stringify(content) : JSON.stringify(content, undefined, indent || 2);
  const text = object.replaceAll('\n', eol + (indent ?? ''));
  if (empty) return splice(json, empty.start, empty.end, text);
  const last = root.entries.at(-1)!;
  return splice(json, last.end, last.end, `,${gap || ' '}${JSON.stringify(section)}: ${text}`);
}

/** The text without an entry of a section. */
export function removeEntry(json: string, section: string, key: string): string {
  const found = sectionOf(json, section);
  const index = found?.entries.findIndex((entry) => entry.key === key) ?? -1;
  if (!found || index < 0) return json;
  const { entries } = found;
  if (entries.length === 1) return splice(json, found.start + 1, found.end - 1, '');
  return index === 0
    ? splice(json, entries[0]!.start, entries[1]!.start, '')
    : splice(json, entries[index - 1]!.end, entries[index]!.end, '');
}

function sectionOf(json: string, section: string): Section | undefined {
  const root = objectOf(parseExpression(json));
  const node = root?.entries.find(({ key }) => key === section)?.node;
  return node && objectOf(node);
}

interface JsonNode {
  readonly type: string;
  readonly start?: number | null;
  readonly end?: number | null;
}

function objectOf(node: JsonNode): Section | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  const { properties } = node as unknown as {
    readonly properties: readonly (JsonNode & { key: { value?: unknown }; value: JsonNode & { value?: unknown } })[];
  };
  return {
    start: node.start!,
    end: node.end!,
    entries: properties.map((property) => ({
      key: String(property.key.value),
      value: property.value.value,
      node: property.value,
      start: property.start!,
      end: property.end!,
    })),
  };
}

type Compare = (a: string, b: string) => number;

/** The order that the keys are in: npm sorts as words, others by code units. `undefined`: none. */
function orderOf(keys: readonly string[]): Compare | undefined {
  const orders: readonly Compare[] = [(a, b) => a.localeCompare(b, 'en'), (a, b) => (a < b ? -1 : a > b ? 1 : 0)];
  return orders.find((compare) => keys.every((key, i) => i === 0 || compare(keys[i - 1]!, key) <= 0));
}

function splice(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}
