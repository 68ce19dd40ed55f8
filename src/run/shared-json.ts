/**
 * JSON for values in which the same object stands in many places, as a migration's moves do in every usage: each such
 * object is written once, into a table, and is one object again when read. Maps are kept. No circles.
 */
interface SharedJson {
  readonly shared: readonly unknown[];
  readonly value: unknown;
}

const REF = '$ref';
const MAP = '$map';

/** The value as JSON text; {@link parseShared} gives it back. Properties that are `undefined` are left out. */
export function stringifyShared(value: unknown): string {
  const counts = new Map<object, number>();
  count(value, counts);
  const table: unknown[] = [];
  const indexes = new Map<object, number>();
  const pack = (item: unknown): unknown => {
    if (typeof item !== 'object' || item === null) return item;
    if (counts.get(item) === 1) return packBody(item);
    let index = indexes.get(item);
    if (index === undefined) {
      index = table.push(undefined) - 1;
      indexes.set(item, index);
      table[index] = packBody(item);
    }
    return { [REF]: index };
  };
  const packBody = (item: object): unknown => {
    if (Array.isArray(item)) return item.map(pack);
    if (item instanceof Map) return { [MAP]: [...item].map(([key, held]) => [key, pack(held)]) };
    return Object.fromEntries(Object.entries(item).map(([key, held]) => [key, pack(held)]));
  };
  const packed = pack(value);
  return JSON.stringify({ shared: table, value: packed } satisfies SharedJson);
}

function count(value: unknown, counts: Map<object, number>): void {
  if (typeof value !== 'object' || value === null) return;
  const seen = counts.get(value) ?? 0;
  counts.set(value, seen + 1);
  if (seen > 0) return;
  for (const held of value instanceof Map ? value.values() : Object.values(value)) count(held, counts);
}

/** The value that {@link stringifyShared} wrote. Throws `SyntaxError` when the text is something else. */
export function parseShared(text: string): unknown {
  const read = JSON.parse(text) as Partial<SharedJson> | null;
  const table = read?.shared;
  if (!Array.isArray(table)) throw new SyntaxError('no table of shared objects');
  const unpacked = new Map<number, unknown>();
  const underway = new Set<number>();
  const unpack = (item: unknown): unknown => {
    if (typeof item !== 'object' || item === null) return item;
    if (Array.isArray(item)) return item.map(unpack);
    if (REF in item) return unpackShared(item[REF]);
    if (MAP in item && Array.isArray(item[MAP])) return new Map(item[MAP].map((pair) => [pair[0], unpack(pair[1])]));
    return Object.fromEntries(Object.entries(item).map(([key, held]) => [key, unpack(held)]));
  };
  const unpackShared = (index: unknown): unknown => {
    if (typeof index !== 'number' || !(index in table) || underway.has(index)) {
      throw new SyntaxError(`no shared object ${index}`);
    }
    if (!unpacked.has(index)) {
      underway.add(index);
      unpacked.set(index, unpack(table[index]));
      underway.delete(index);
    }
    return unpacked.get(index);
  };
  return unpack(read?.value);
}
