import { LineIndex, type Place } from '../../src/base/places.ts';
import type { Edit, FileChange, Outcome } from '../../src/plan/file-change.ts';
import { splice } from '../../src/rewrite/splice.ts';
import type { RunRecord } from '../../src/run/run-record.ts';
import type { SkippedFile } from '../../src/survey/skipped-file.ts';
import type { Proof, Reason, Usage } from '../../src/survey/usage.ts';

/** A file of a made-up target: what stands in it, and what happens to each found text, in order of appearance. */
export interface FileSpec {
  readonly file: string;
  readonly before: string | undefined;
  /** Only for files without places: proxies, deletions. Otherwise the places make it. */
  readonly after?: string | undefined;
  readonly bom?: boolean;
  readonly step?: string;
  readonly places?: readonly PlaceSpec[];
}

type PlaceSpec =
  /**
   * The next occurrence of `find` becomes `to`; `proof` left out: an edit that only supports the others. The found place is
   * `name`, with which `find` begins, when the edit covers more than it.
   */
  | {
      readonly find: string;
      readonly to: string;
      readonly proof?: Proof;
      readonly name?: string;
      readonly insert?: boolean;
    }
  | { readonly find: string; readonly review: Reason }
  | { readonly find: string; readonly left: Reason };

export interface RecordSpec extends Partial<RunRecord> {
  readonly files: readonly FileSpec[];
  readonly skipped?: readonly SkippedFile[];
}

/** A run as `run/` records it, its account counted from the places. */
export function makeRecord({ files, ...given }: RecordSpec): RunRecord {
  const made = files.map(makeFile);
  const outcomes = made.flatMap((one) => one.outcomes);
  const number = (result: Outcome['result']) => outcomes.filter((outcome) => outcome.result === result).length;
  return {
    id: '20261121T034512Z-production',
    migration: { name: 'message-router', hash: '3f9c1b7a20de' },
    target: '/srv/chat-backend',
    phase: 'production',
    startedAt: '2026-11-21T03:45:12.000Z',
    finishedAt: '2026-11-21T03:45:14.400Z',
    dryRun: false,
    status: 'done',
    changes: made.flatMap((one) => one.changes),
    outcomes,
    skipped: [],
    gates: [],
    account: { found: outcomes.length, edited: number('edited'), review: number('review'), left: number('left') },
    ...given,
  };
}

function makeFile(spec: FileSpec): { changes: readonly FileChange[]; outcomes: readonly Outcome[] } {
  const before = spec.before ?? '';
  const lines = new LineIndex(before);
  const edits: Edit[] = [];
  const outcomes: Outcome[] = [];
  let at = 0;
  for (const place of spec.places ?? []) {
    const start = before.indexOf(place.find, at);
    if (start === -1) throw new Error(`${spec.file} has no further ${place.find}`);
    const end = 'insert' in place && place.insert ? start : start + place.find.length;
    at = start + (end === start ? 0 : place.find.length);
    const where = { file: spec.file, range: { start, end }, ...lines.at(start) };
    const id = `${spec.file}:${start}`;
    if ('to' in place) {
      edits.push({ range: where.range, text: place.to, usages: place.proof ? [id] : [], group: 'rename' });
      const name = place.name ?? place.find;
      const found = { ...where, range: { start, end: start + name.length } };
      if (place.proof) outcomes.push({ usage: usageOf(id, found, name, place.proof), result: 'edited' });
    } else if ('review' in place) {
      outcomes.push({ usage: usageOf(id, where, place.find, place.review), result: 'review', reason: place.review });
    } else {
      outcomes.push({ usage: usageOf(id, where, place.find, place.left), result: 'left', reason: place.left });
    }
  }
  const after = 'after' in spec ? spec.after : splice(before, edits);
  if (spec.before === after) return { changes: [], outcomes };
  const kind = spec.before === undefined ? 'create' : after === undefined ? 'delete' : 'modify';
  const { file, bom = false, step = 'imports+members' } = spec;
  return { changes: [{ file, kind, before: spec.before, after, bom, edits, step }], outcomes };
}

function usageOf(id: string, place: Place, text: string, known: Proof | Reason): Usage {
  return {
    id,
    place,
    text,
    subject: { kind: 'specifier', module: { kind: 'path', path: place.file }, moves: [] },
    verdict: 'how' in known ? { kind: 'proven', proof: known, candidate: 0 } : { kind: 'unclear', reason: known },
  };
}

/** A place as a declaration has it; only file, line and column are read by a report. */
export function declared(file: string, line: number, column: number): Place {
  return { file, line, column, range: { start: 0, end: 0 } };
}
