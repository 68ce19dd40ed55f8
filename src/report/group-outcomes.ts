import { byPlace, formatPlace } from '../base/places.ts';
import type { LeftGroup, ProofGroup, ReviewGroup, ReviewItem } from './model.ts';
import type { Standing } from './standing-outcomes.ts';

/** The places for review by reason code; `lineOf` gives a place's line of code, or `undefined` when it is not known. */
export function groupReview(
  standing: readonly Standing[],
  lineOf: (one: Standing) => string | undefined,
): readonly ReviewGroup[] {
  const groups = collect(
    standing.filter(({ outcome }) => outcome.result === 'review'),
    (one) => one.outcome.reason?.code ?? 'unknown',
  );
  return groups.map(({ key, members }) => ({
    code: key,
    items: members.map((one): ReviewItem => {
      const { usage, reason } = one.outcome;
      return {
        phase: one.phase,
        place: usage.place,
        now: one.now,
        text: usage.text,
        reason: reason?.text ?? '',
        declarations: reason?.declarations ?? [],
        line: lineOf(one),
      };
    }),
  }));
}

/** The places left alone, by the declarations that they belong to; by code and text when they belong to none. */
export function groupLeft(standing: readonly Standing[]): readonly LeftGroup[] {
  const groups = collect(
    standing.filter(({ outcome }) => outcome.result === 'left'),
    ({ outcome: { reason } }) => {
      const declarations = (reason?.declarations ?? []).map(formatPlace).join(' ');
      return declarations === '' ? `${reason?.code} ${reason?.text}` : `${reason?.code} @ ${declarations}`;
    },
  );
  return groups.map(({ members }) => {
    const reason = members[0]!.outcome.reason;
    return {
      code: reason?.code ?? 'unknown',
      reason: reason?.text ?? '',
      declarations: reason?.declarations ?? [],
      places: members.map((one) => one.now),
    };
  });
}

/** The declarations that the edited places were proven against. */
export function groupProofs(standing: readonly Standing[]): readonly ProofGroup[] {
  const edited = standing.filter(
    ({ outcome }) => outcome.result === 'edited' && outcome.usage.verdict.kind === 'proven',
  );
  const groups = collect(edited, (one) => {
    const proof = proofOf(one);
    return `${proof.name} ${proof.how} ${formatPlace(proof.declaration)}`;
  });
  return groups.map(({ members }) => ({
    proof: proofOf(members[0]!),
    places: members.length,
    files: new Set(members.map(({ outcome }) => outcome.usage.place.file)).size,
  }));
}

function proofOf({ outcome }: Standing) {
  const { verdict } = outcome.usage;
  if (verdict.kind !== 'proven') throw new Error(`an edit of ${formatPlace(outcome.usage.place)} has no proof`);
  return verdict.proof;
}

/** Groups by key, largest first, then by key; members by place. */
function collect(standing: readonly Standing[], keyOf: (one: Standing) => string) {
  const groups = new Map<string, Standing[]>();
  for (const one of standing) {
    const key = keyOf(one);
    const members = groups.get(key);
    if (members) members.push(one);
    else groups.set(key, [one]);
  }
  return [...groups]
    .map(([key, members]) => ({ key, members: members.sort((a, b) => byPlace(a.now, b.now)) }))
    .sort((a, b) => b.members.length - a.members.length || compare(a.key, b.key));
}

/** By code units, so that no locale changes the order. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
