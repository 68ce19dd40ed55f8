import type { Outcome } from '../../../src/plan/file-change.ts';
import type { RunRecord } from '../../../src/run/run-record.ts';

/** How edited places compare with those that an oracle expects. */
export interface Score {
  readonly precision: number;
  readonly recall: number;
  /** Edited, and not expected. */
  readonly unexpected: readonly string[];
  /** Expected, and not edited. */
  readonly missed: readonly string[];
}

/** The score of places, each `<file>:<offset>`; it is printed, under `title`. */
export function score(title: string, edited: ReadonlySet<string>, expected: ReadonlySet<string>): Score {
  const both = [...edited].filter((place) => expected.has(place)).length;
  const precision = edited.size === 0 ? 1 : both / edited.size;
  const recall = expected.size === 0 ? 1 : both / expected.size;
  console.info(
    `${title}: precision ${both}/${edited.size} = ${precision.toFixed(3)}, recall ${both}/${expected.size} = ${recall.toFixed(3)}`,
  );
  return {
    precision,
    recall,
    unexpected: [...edited].filter((place) => !expected.has(place)).sort(),
    missed: [...expected].filter((place) => !edited.has(place)).sort(),
  };
}

/**
 * Where `to` stands now instead of `from`: offsets into the text before. Throws when anything else differs, so that what
 * is measured is the files and not what a run says of them.
 */
export function renamedPlaces(before: string, after: string, from: string, to: string): readonly number[] {
  if (before.includes(to)) throw new Error(`"${to}" was there before`);
  const places: number[] = [];
  let read = 0;
  for (const [index, part] of after.split(to).entries()) {
    if (index > 0) {
      places.push(read);
      read += from.length;
    }
    if (before.slice(read, read + part.length) !== part) throw new Error(`something beside "${from}" differs: ${part}`);
    read += part.length;
  }
  if (read !== before.length || places.some((at) => before.slice(at, at + from.length) !== from)) {
    throw new Error(`something beside "${from}" differs`);
  }
  return places;
}

/** All outcomes of a run's records, by place. */
export function outcomesByPlace(records: readonly RunRecord[]): ReadonlyMap<string, Outcome> {
  return new Map(records.flatMap(({ outcomes }) => outcomes.map((outcome) => [outcome.usage.id, outcome] as const)));
}

/** How many of a text's names are this one, comments and strings included. */
export function countName(text: string, name: string): number {
  return [...text.matchAll(new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g'))].length;
}
