import { z } from 'zod';
import { RerouteError } from '../base/errors.ts';
import { decode, encode } from '../base/source-text.ts';
import type { FileChange } from '../plan/file-change.ts';
import { type Disk, replaceFile } from './disk.ts';
import type { Ledger } from './ledger.ts';
import { runId, targetPath } from './ledger-entry.ts';
import { retirement } from './retire/judge.ts';
import type { RunRecord } from './run-record.ts';
import { parseShared, stringifyShared } from './shared-json.ts';
import { outcome, skippedFile, textRange } from './stored-outcome.ts';

const objectHash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();

const note = z.object({
  code: z.enum(['missing-package', 'missing-file', 'tsconfig-setting', 'hard-links']),
  subject: z.string(),
  text: z.string(),
  next: z.string().optional(),
});

const storedChange = z.object({
  file: targetPath,
  kind: z.enum(['create', 'modify', 'delete']),
  /** The objects with the file's bytes; `null`: no file. */
  before: objectHash.nullable(),
  after: objectHash.nullable(),
  bom: z.boolean(),
  edits: z.array(z.object({ range: textRange, text: z.string(), usages: z.array(z.string()), group: z.string() })),
  step: z.string(),
});

/** A run's record as it stands in `.reroute/runs`: the texts of its changes are objects of the ledger. */
export interface StoredRunRecord extends Omit<RunRecord, 'changes'> {
  readonly changes: readonly StoredChange[];
}

type StoredChange = z.infer<typeof storedChange>;

const codemodAccount = z.object({
  codemod: z.string(),
  ok: count,
  nochange: count,
  skip: count,
  error: count,
  stats: z.array(z.tuple([z.string(), z.number()])),
  reports: z.array(z.object({ file: z.string(), text: z.string() })),
});

/** What is checked when a record is read back. */
const storedRunRecord = z.object({
  id: runId,
  migration: z.object({ name: z.string(), hash: z.string() }),
  target: z.string(),
  phase: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  dryRun: z.literal(false),
  status: z.enum(['done', 'nochange', 'kept', 'failed', 'rolled-back']),
  changes: z.array(storedChange),
  outcomes: z.array(outcome),
  skipped: z.array(skippedFile),
  gates: z.array(z.object({ gate: z.string(), passed: z.boolean(), output: z.string(), milliseconds: z.number() })),
  account: z.object({ found: count, edited: count, review: count, left: count }),
  notes: z.array(note).optional(),
  retirements: z.array(retirement).optional(),
  codemods: z.array(codemodAccount).optional(),
});

/** Stores a record and its texts; when it returns, they would survive a power cut. */
export function storeRecord(disk: Disk, ledger: Ledger, record: RunRecord): void {
  const texts: Buffer[] = [];
  const changes = record.changes.map((change) => {
    const store = (text: string | undefined) =>
      text === undefined ? -1 : texts.push(encode({ text, bom: change.bom })) - 1;
    return { change, before: store(change.before), after: store(change.after) };
  });
  const hashes = ledger.objects.put(texts);
  const stored: StoredRunRecord = {
    ...record,
    changes: changes.map(({ change, before, after }) => ({
      ...change,
      edits: change.edits.map((edit) => ({ ...edit, usages: [...edit.usages] })),
      before: hashes[before] ?? null,
      after: hashes[after] ?? null,
    })),
  };
  replaceFile(disk, ledger.recordFile(record.id), Buffer.from(`${stringifyShared(stored)}\n`));
}

/** The record of a run without its texts; `undefined` when none was stored. Throws `RECORD_DAMAGED`. */
export function readRecord(disk: Disk, ledger: Ledger, id: string): StoredRunRecord | undefined {
  const file = ledger.recordFile(id);
  if (!disk.stat(file)) return undefined;
  let value: unknown;
  let problem: string | undefined;
  try {
    value = parseShared(disk.read(file).toString('utf8'));
    const checked = storedRunRecord.safeParse(value);
    problem = checked.success ? undefined : z.prettifyError(checked.error);
    if (checked.success && checked.data.id !== id) problem = `it is the record of run ${checked.data.id}`;
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  // The checked value itself, not zod's copy: in it, what is shared is one object.
  if (problem === undefined) return value as StoredRunRecord;
  throw new RerouteError({
    code: 'RECORD_DAMAGED',
    message: `The record of run ${id} cannot be read: ${problem.replaceAll('\n', ' ')}.`,
    where: { file },
    next: `Bring the file back from a backup, or remove it: only the report of this run needs it.`,
  });
}

/** The record with its texts. Throws `LEDGER_DAMAGED` when an object is missing. */
export function withTexts(ledger: Ledger, stored: StoredRunRecord): RunRecord {
  const textOf = (hash: string | null): string | undefined => {
    if (hash === null) return undefined;
    const source = decode(ledger.objects.read(hash));
    if (typeof source === 'object') return source.text;
    throw new Error(`object ${hash} of run ${stored.id} is ${source}`);
  };
  const changes: FileChange[] = stored.changes.map((change) => ({
    ...change,
    before: textOf(change.before),
    after: textOf(change.after),
  }));
  return { ...stored, changes };
}
