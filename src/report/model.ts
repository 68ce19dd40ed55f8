/** What a report says, whatever its format. Made by `build-report.ts`; every order in it is the same on every machine. */
import type { Place, Position } from '../base/places.ts';
import type { Account } from '../plan/file-change.ts';
import type { Retirement } from '../run/retire/judge.ts';
import type { CodemodAccount, GateResult, RunStatus } from '../run/run-record.ts';
import type { CountedNote } from '../survey/notes.ts';
import type { Proof } from '../survey/usage.ts';

export interface ReportModel {
  /** The version of Reroute that wrote the report. */
  readonly reroute: string;
  readonly migration: { readonly name: string; readonly hash: string };
  /** The target's absolute root. All other paths are relative to it. */
  readonly target: string;
  /** ISO 8601, UTC: of the first phase's start and the last one's end. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly dryRun: boolean;
  /** `failed` when one phase failed, `rolled-back` when all were undone, `nochange` when no phase changed anything. */
  readonly status: RunStatus;
  /** Distinct places over all phases; a place that a later phase saw again counts as the later phase says. */
  readonly account: Account;
  /** What stands in the target now (or would, in a dry run): phases that failed or were undone do not count. */
  readonly changed: ChangeCount;
  /** In the order in which they ran. */
  readonly phases: readonly ReportPhase[];
  /** The declarations that the edits were proven against; most edits first. */
  readonly proofs: readonly ProofGroup[];
  /** By reason; most places first. */
  readonly review: readonly ReviewGroup[];
  /** Documents, comments and strings that name what moved: for review too, and counted there, but apart. By place. */
  readonly mentions: readonly ReviewItem[];
  /** By the declaration that the places belong to; most places first. */
  readonly left: readonly LeftGroup[];
  /** By file. */
  readonly skipped: readonly ReportSkipped[];
  /** What is missing in the target, most places first, then what its configurations say that is read otherwise. */
  readonly notes: readonly CountedNote[];
  /** What the last phase that takes proxies away says of each, by path. Empty when there is no such phase. */
  readonly retirements: readonly Retirement[];
  /** Commands, in the order to run them, from the target's folder. Empty when there is nothing to undo. */
  readonly undo: readonly string[];
}

export interface ChangeCount {
  readonly files: number;
  readonly created: number;
  readonly modified: number;
  readonly deleted: number;
  /** Lines. */
  readonly added: number;
  readonly removed: number;
}

export interface ReportPhase {
  /** The run's id. */
  readonly run: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly dryRun: boolean;
  readonly startedAt: string;
  readonly milliseconds: number;
  /** As the run counted it. */
  readonly account: Account;
  readonly changed: ChangeCount;
  /** By path. */
  readonly files: readonly ReportFile[];
  readonly gates: readonly GateResult[];
  /** Of its foreign codemods. */
  readonly codemods: readonly CodemodAccount[];
}

export interface ReportFile {
  readonly file: string;
  readonly kind: 'create' | 'modify' | 'delete';
  readonly step: string;
  /** Texts without byte order mark, which `bom` says. `undefined` where the file is not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly bom: boolean;
  readonly added: number;
  readonly removed: number;
  readonly hunks: readonly Hunk[];
  /** By place. Empty for proxies and foreign codemods, which change the whole text. */
  readonly edits: readonly ReportEdit[];
  /** Edited places that no edit names, because the edit of another place carries them. */
  readonly carried: readonly Proven[];
  /** How many places of this file are for review. */
  readonly review: number;
}

export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly kind: 'context' | 'removed' | 'added';
  /** 1-based line numbers; absent on the side where the line is not. */
  readonly old?: number;
  readonly new?: number;
  /** Without its `\n`; a `\r` before it is kept. */
  readonly text: string;
  /** The file's last line, and no line end follows. */
  readonly open?: true;
  /** The characters that an edit replaced or wrote, by start. */
  readonly marks: readonly Mark[];
}

/** Half-open offsets into a row's text. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  /** {@link ReportEdit.number}. */
  readonly edit: number;
}

export interface ReportEdit {
  /** From 1, in its file. */
  readonly number: number;
  /** Where it stood, and where its text stands now. */
  readonly at: Position;
  readonly now: Position;
  readonly before: string;
  readonly after: string;
  /** The places that it answers. Empty for an edit that only supports others. */
  readonly proven: readonly Proven[];
  /** The edits (numbers) that a supporting edit belongs to. */
  readonly supports: readonly number[];
}

export interface Proven {
  readonly place: Place;
  readonly text: string;
  readonly proof: Proof;
}

export interface ProofGroup {
  readonly proof: Proof;
  readonly places: number;
  readonly files: number;
}

export interface ReviewGroup {
  readonly code: string;
  /** By place. */
  readonly items: readonly ReviewItem[];
}

export interface ReviewItem {
  readonly phase: string;
  /** Where it was found. */
  readonly place: Place;
  /** Where it stands after the run; the edits of its file may have moved it. */
  readonly now: Place;
  readonly text: string;
  readonly reason: string;
  readonly declarations: readonly Place[];
  /** Its line of code, when the file could be read and still has it there. */
  readonly line: string | undefined;
}

export interface LeftGroup {
  readonly code: string;
  readonly reason: string;
  /** What the places belong to. Empty when the reason is of another kind, a comment for example. */
  readonly declarations: readonly Place[];
  /** Where they stand after the run; by place. */
  readonly places: readonly Place[];
}

interface ReportSkipped {
  readonly file: string;
  readonly position: Position | undefined;
  readonly code: string;
  readonly reason: string;
  /** Of a crash on this file, which has the code `error`. */
  readonly stack: string | undefined;
}
