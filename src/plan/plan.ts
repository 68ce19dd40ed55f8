import type { Place } from '../base/places.ts';
import type { Migration, Phase } from '../manifest/migration.ts';
import type { Account, Outcome } from '../rewrite/file-change.ts';
import type { SurfaceDifference } from '../survey/compare-surfaces.ts';
import type { SkippedFile } from '../survey/skipped-file.ts';

/** What a migration would do to one target, phase by phase. Rendered as `migration-plan.md`. */
export interface Plan {
  readonly migration: Migration;
  /** The target's folder name. */
  readonly target: string;
  /** In the manifest's order. */
  readonly implementations: readonly Implementation[];
  /** In the order in which they run. */
  readonly phases: readonly PlannedPhase[];
  /** Places that a person has to look at, by place. */
  readonly review: readonly Outcome[];
  /** Files with places to edit that no phase covers. */
  readonly unphased: readonly string[];
  readonly skipped: readonly SkippedFile[];
  /** Old import → new import, in the manifest's order. */
  readonly canonicalImports: readonly { readonly old: string; readonly new: string }[];
  readonly account: Account;
}

/** A deprecated export and how its surface differs from the canonical one's. */
export interface Implementation {
  /** `src/core/message_router.ts#MessageRouter`. */
  readonly deprecated: string;
  readonly canonical: string;
  readonly place: Place | undefined;
  readonly differences: readonly SurfaceDifference[];
  /** Files with a proven usage of its module, sorted. */
  readonly importers: readonly string[];
}

export interface PlannedPhase {
  readonly phase: Phase;
  readonly state: 'pending' | 'done' | 'rolled-back';
  readonly files: readonly PlannedFile[];
  readonly account: Account;
  /** Of its files, the tests that import a deprecated module. */
  readonly tests: readonly string[];
}

export interface PlannedFile {
  readonly file: string;
  readonly edited: number;
  readonly review: number;
}
