import type { FileChange, Outcome } from '../plan/file-change.ts';
import { accountFor } from '../rewrite/account.ts';
import type { RunRecord, RunStatus } from '../run/run-record.ts';
import { countNote } from '../survey/notes.ts';
import { compare, groupLeft, groupProofs, groupReview } from './group-outcomes.ts';
import { reportFile } from './locate-edits.ts';
import type { ChangeCount, ReportFile, ReportModel, ReportPhase } from './model.ts';
import { netChanges } from './net-changes.ts';
import { type Standing, standingOutcomes } from './standing-outcomes.ts';
import { TextLines } from './text-lines.ts';

export interface ReportContext {
  /** The version of Reroute. */
  readonly version: string;
  /** The text of a target's file as it is now, without byte order mark; `undefined` when it cannot be read. */
  readonly readText?: (file: string) => string | undefined;
}

/**
 * The report of one or more phases that ran on one target, in the order in which they ran. Throws a fault when a record's
 * account does not come out (found = edited + review + left), when there is no record, or when targets differ.
 */
export function buildReport(records: readonly RunRecord[], context: ReportContext): ReportModel {
  const [first] = records;
  const last = records.at(-1);
  if (!first || !last) throw new Error('a report needs at least one run');
  const stranger = records.find((record) => record.target !== first.target);
  if (stranger)
    throw new Error(`one report is of one target, but the runs are of ${first.target} and ${stranger.target}`);
  for (const record of records) assertAccount(record);

  const diffed = new Map<FileChange, ReportFile>();
  const phases = records.map((record) => reportPhase(record, diffed));
  const standing = standingOutcomes(records);
  const inTarget = records.filter(isInTarget);
  const review = groupReview(standing, lineReader(records, context));
  return {
    reroute: context.version,
    migration: { name: last.migration.name, hash: last.migration.hash },
    target: first.target,
    startedAt: first.startedAt,
    finishedAt: last.finishedAt,
    dryRun: records.every((record) => record.dryRun),
    status: overallStatus(records),
    account: accountFor(
      standing.map((one) => one.outcome),
      records.length === 1 ? first.account.found : standing.length,
    ),
    changed: countFiles(
      netChanges(inTarget).map((change) => diffed.get(change) ?? reportFile({ ...change, edits: [] }, [])),
    ),
    phases,
    proofs: groupProofs(standing),
    review: review.filter(({ code }) => code !== 'mention'),
    mentions: review.find(({ code }) => code === 'mention')?.items ?? [],
    left: groupLeft(standing),
    skipped: skippedFiles(records),
    notes: notesOf(records, standing),
    retirements: inTarget.findLast(({ retirements }) => retirements !== undefined)?.retirements ?? [],
    undo: inTarget
      .filter((record) => !record.dryRun && record.changes.length > 0)
      .map((record) => `reroute rollback ${record.phase}`)
      .reverse(),
  };
}

function assertAccount({ id, account, outcomes }: RunRecord): void {
  const counted = accountFor(outcomes, account.found);
  for (const result of ['edited', 'review', 'left'] as const) {
    if (counted[result] === account[result]) continue;
    throw new Error(`run ${id} says ${account[result]} ${result}, but ${counted[result]} of its places are`);
  }
}

/** Whether a run's changes stand in the target, or would if it were no dry run. */
export function isInTarget(record: { readonly status: RunStatus }): boolean {
  return record.status === 'done' || record.status === 'nochange' || record.status === 'kept';
}

function overallStatus(records: readonly RunRecord[]): RunStatus {
  const has = (status: RunStatus) => records.some((record) => record.status === status);
  if (has('failed')) return 'failed';
  if (has('kept')) return 'kept';
  if (has('done')) return 'done';
  return has('nochange') ? 'nochange' : 'rolled-back';
}

/** Each file's report is also put into `diffed`, since finding its hunks is the costly part. */
function reportPhase(record: RunRecord, diffed: Map<FileChange, ReportFile>): ReportPhase {
  const byFile = new Map<string, Outcome[]>();
  for (const outcome of record.outcomes) {
    const { file } = outcome.usage.place;
    const known = byFile.get(file);
    if (known) known.push(outcome);
    else byFile.set(file, [outcome]);
  }
  const files = record.changes
    .map((change) => {
      const file = reportFile(change, byFile.get(change.file) ?? []);
      diffed.set(change, file);
      return file;
    })
    .sort((a, b) => compare(a.file, b.file));
  return {
    run: record.id,
    name: record.phase,
    status: record.status,
    dryRun: record.dryRun,
    startedAt: record.startedAt,
    milliseconds: Date.parse(record.finishedAt) - Date.parse(record.startedAt),
    account: record.account,
    changed: countFiles(files),
    files,
    gates: record.gates,
    codemods: record.codemods ?? [],
  };
}

function countFiles(files: readonly { kind: FileChange['kind']; added: number; removed: number }[]): ChangeCount {
  const of = (kind: FileChange['kind']) => files.filter((file) => file.kind === kind).length;
  const sum = (side: 'added' | 'removed') => files.reduce((total, file) => total + file[side], 0);
  return {
    files: files.length,
    created: of('create'),
    modified: of('modify'),
    deleted: of('delete'),
    added: sum('added'),
    removed: sum('removed'),
  };
}

function skippedFiles(records: readonly RunRecord[]): ReportModel['skipped'] {
  const byFile = new Map(records.flatMap((record) => record.skipped).map((skipped) => [skipped.file, skipped]));
  return [...byFile.values()]
    .map(({ file, position, reason, stack }) => ({ file, position, code: reason.code, reason: reason.text, stack }))
    .sort((a, b) => compare(a.file, b.file));
}

/** Each note once, with the places that are still for review because of it; that something is missing which none waits for is no news. */
function notesOf(records: readonly RunRecord[], standing: readonly Standing[]): ReportModel['notes'] {
  const all = records.flatMap(({ notes = [] }) => notes);
  const distinct = [...new Map(all.map((note) => [`${note.code} ${note.subject}`, note])).values()];
  const review = standing.flatMap(({ outcome: { usage, result, reason } }) =>
    result === 'review' ? [{ file: usage.place.file, reason }] : [],
  );
  return distinct
    .map((note) => countNote(note, review))
    .filter(({ code, places }) => !code.startsWith('missing-') || places > 0)
    .sort((a, b) => b.places - a.places);
}

/** Gives a place's line of code: from the texts that the runs changed, else from the target if it still has it there. */
function lineReader(records: readonly RunRecord[], { readText }: ReportContext): (one: Standing) => string | undefined {
  const before = new Map<string, TextLines | undefined>();
  const texts = new Map<string, string | undefined>();
  for (const record of records) {
    for (const change of record.changes) texts.set(`${record.phase}:${change.file}`, change.before);
  }
  return ({ phase, outcome: { usage } }) => {
    const { file, range } = usage.place;
    const key = texts.has(`${phase}:${file}`) ? `${phase}:${file}` : file;
    if (!texts.has(key)) texts.set(key, readText?.(file));
    const text = texts.get(key);
    if (text?.slice(range.start, range.end) !== usage.text) return undefined;
    if (!before.has(key)) before.set(key, new TextLines(text));
    const lines = before.get(key)!;
    return lines.textOf(lines.at(range.start).line).trim();
  };
}
