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
 * Where names stand now instead of others (`names`: from → to): offsets into the text before. Throws when anything else
 * differs, so that what is measured is the files and not what a run says of them.
 */
export function renamedPlaces(
  before: string,
  after: string,
  names: Readonly<Record<string, string>>,
): readonly number[] {
  const places: number[] = [];
  let read = 0;
  const copy = (part: string) => {
    if (!before.startsWith(part, read)) throw new Error(`something beside the names differs at ${read}: ${part}`);
    read += part.length;
  };
  const news = Object.entries(names);
  for (const part of after.split(new RegExp(`(${news.map(([, to]) => to).join('|')})`))) {
    const from = news.find(([, to]) => to === part)?.[0];
    // A name that was there before is a part of the text like any other.
    if (from === undefined || before.startsWith(part, read)) copy(part);
    else {
      places.push(read);
      copy(from);
    }
  }
  if (read !== before.length) throw new Error(`something is gone at ${read}`);
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
