import type { Account, FileChange, Outcome } from '../plan/file-change.ts';
import type { Note } from '../survey/notes.ts';
import type { SkippedFile } from '../survey/skipped-file.ts';
import type { Retirement } from './retire/judge.ts';

/** All that is known of one run: one phase on one target. Kept in the ledger's folder and shown by `report/`. */
export interface RunRecord {
  /** Sortable: `20261121T034512Z-production`. */
  readonly id: string;
  readonly migration: { readonly name: string; readonly hash: string };
  /** The target's absolute root. */
  readonly target: string;
  readonly phase: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly dryRun: boolean;
  readonly status: RunStatus;
  readonly changes: readonly FileChange[];
  readonly outcomes: readonly Outcome[];
  readonly skipped: readonly SkippedFile[];
  readonly gates: readonly GateResult[];
  readonly account: Account;
  /** What a user should know of the target beside its places. Absent in records of older versions. */
  readonly notes?: readonly Note[];
  /** Of a phase that takes proxies away: what is said of each, by path. */
  readonly retirements?: readonly Retirement[];
  /** Of the phase's foreign codemods, in order. Absent when it has none. */
  readonly codemods?: readonly CodemodAccount[];
}

/** What a foreign codemod did, in jscodeshift's words: how many files it changed, gave back, skipped, failed on. */
export interface CodemodAccount {
  /** The transform, relative to the manifest. */
  readonly codemod: string;
  readonly ok: number;
  readonly nochange: number;
  readonly skip: number;
  readonly error: number;
  /** What it counted with `api.stats`. */
  readonly stats: readonly (readonly [name: string, quantity: number])[];
  /** What it said with `api.report`; the first 200. */
  readonly reports: readonly { readonly file: string; readonly text: string }[];
}

export type RunStatus =
  /** All written (or would be, in a dry run) and every gate passed. */
  | 'done'
  /** Nothing to change. */
  | 'nochange'
  /** A gate failed, and what was written stays because the user asked for it (`--keep`). */
  | 'kept'
  /** A gate failed and the phase was rolled back, or nothing had been written. */
  | 'failed'
  /** Undone by `rollback`. */
  | 'rolled-back';

export interface GateResult {
  /** `types`, `budget 5`, `clean`, or the command. */
  readonly gate: string;
  readonly passed: boolean;
  /** What the command printed, or the diagnostics; the last 64 KiB. */
  readonly output: string;
  readonly milliseconds: number;
}
