/** A use of something deprecated that a test process saw: one line of what it writes for `reroute verify`. */
export interface SeenUse {
  readonly id: string;
  /** What to write instead. */
  readonly replacement: string;
  /** `file:///app/src/a.ts:12:3`, in the source where the test runner maps its stacks. */
  readonly site: string;
}

/** Names the folder into which test processes write what they saw, while `reroute verify` runs them. */
export const SEEN_FOLDER = 'REROUTE_VERIFY';

/** How uses are told, in tests and by `reroute verify`: where, what to write instead, and which id it is. */
export function describeSeen(place: string, { id, replacement }: Pick<SeenUse, 'id' | 'replacement'>): string {
  return `${place}  write ${replacement}\n    ${id}`;
}
