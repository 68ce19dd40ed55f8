import { z } from 'zod';

/** The target's name in the fleet; also that of its folder when it is cloned. */
export const targetName = z
  .string()
  .max(300)
  .regex(/^[\w@][\w@.+-]*(?:\/[\w@][\w@.+-]*)*$/, 'allowed: letters, digits, and @ . _ + - between slashes');

/** What is to be done on one target. Checked wherever it comes from another process. */
export const fleetTask = z.strictObject({
  name: targetName,
  /** The target's folder, absolute. */
  root: z.string().min(1),
  /** The manifest, absolute; left out: the one in the target. */
  manifest: z.string().min(1).optional(),
  /** The hash that the manifest has to have. */
  hash: z.string().min(1).optional(),
  /** Where a phase has nothing left to do, the run that did it is told: a task done twice gives the same result. */
  standing: z.boolean().optional(),
  /** One phase; left out: all of them. */
  phase: z.string().min(1).optional(),
  dryRun: z.boolean(),
  allowDirty: z.boolean(),
  commit: z.boolean(),
  /** The branch to make first. */
  branch: z.string().min(1).optional(),
});
export type FleetTask = z.infer<typeof fleetTask>;

/** What became of a target. Every target ends in exactly one of these states. */
export interface FleetResult {
  readonly name: string;
  readonly root: string;
  /** `failed`: a gate; `error`: it could not be run, and nothing was written. */
  readonly state: 'done' | 'nochange' | 'failed' | 'error';
  readonly phases: readonly FleetPhase[];
  /** What was put right of an earlier run that was stopped in the middle; one sentence each. */
  readonly recovered: readonly string[];
  /** What `--commit` made: the branch, and the commits before and after. */
  readonly commits?: { readonly branch: string | undefined; readonly base: string; readonly head: string };
  /** The page, absolute. */
  readonly report?: string;
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly details: readonly string[];
    readonly next?: string;
  };
  readonly seconds: number;
}

export interface FleetPhase {
  readonly phase: string;
  readonly run: string;
  readonly status: string;
  readonly found: number;
  readonly edited: number;
  readonly review: number;
  readonly left: number;
  /** Files that it changed, relative to the target. */
  readonly files: readonly string[];
  /** The first gate that failed. */
  readonly gate?: string;
}
