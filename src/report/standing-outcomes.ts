import type { Place } from '../base/places.ts';
import type { Outcome } from '../plan/file-change.ts';
import type { RunRecord } from '../run/run-record.ts';
import { placeShift } from './shift-place.ts';

/** One distinct place and what became of it in the end. */
export interface Standing {
  readonly phase: string;
  readonly outcome: Outcome;
  /** Where it stands after the last phase that wrote its file. */
  readonly now: Place;
}

/**
 * What became of each place over several phases. A later phase reads earlier files again, for edits that had to wait;
 * where it finds a place that an earlier one did not edit, what the later one says holds and the place counts once.
 */
export function standingOutcomes(records: readonly RunRecord[]): readonly Standing[] {
  let standing: readonly Standing[] = [];
  for (const record of records) {
    const seen = new Set(record.outcomes.map(({ usage }) => keyOf(usage.place, usage.text)));
    const isRestated = ({ outcome, now }: Standing) =>
      outcome.result !== 'edited' &&
      // A dry run may read each phase's files as they are on disk, unmoved by the phases before.
      (seen.has(keyOf(now, outcome.usage.text)) ||
        (record.dryRun && seen.has(keyOf(outcome.usage.place, outcome.usage.text))));
    const shifts = new Map(record.changes.map((change) => [change.file, placeShift(change)]));
    const written = !record.dryRun && record.status === 'done';
    const move = (place: Place) => (written ? (shifts.get(place.file)?.(place) ?? place) : place);
    standing = [
      ...standing.filter((one) => !isRestated(one)).map((one) => ({ ...one, now: move(one.now) })),
      ...record.outcomes.map((outcome) => ({ phase: record.phase, outcome, now: move(outcome.usage.place) })),
    ];
  }
  return standing;
}

function keyOf(place: Place, text: string): string {
  return `${place.file}:${place.range.start}:${text}`;
}
