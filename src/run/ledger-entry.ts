import { z } from 'zod';
import { RerouteError } from '../base/errors.ts';
import { sha256 } from '../base/hashes.ts';
import { isPlainPath } from './inside.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const at = z.iso.datetime();
/** A run's id is a file name in `.reroute/runs`. */
export const runId = z.string().regex(/^[0-9A-Za-z][\w.-]{0,199}$/);
export const targetPath = z.string().refine(isPlainPath, 'not a path inside the target');

const runStart = z.object({
  type: z.literal('run-start'),
  run: runId,
  phase: z.string(),
  /** The migration's name and hash. */
  migration: z.string(),
  hash: z.string(),
  at,
  files: z.int().nonnegative(),
});

const intent = z.object({
  type: z.literal('intent'),
  run: runId,
  file: targetPath,
  kind: z.enum(['create', 'modify', 'delete']),
  /** The object with the content before; `null`: there was no file. */
  beforeHash: hash.nullable(),
  /** The object with the content after; `null`: the file goes away. */
  afterHash: hash.nullable(),
  /** The permission bits before; `null`: there was no file. */
  mode: z.int().min(0).max(0o777).nullable(),
  /** Folders that are made for the file, outermost first. */
  folders: z.array(targetPath),
  /** The step of the change: `proxies`, `imports`, … */
  step: z.string(),
});

/** What the ledger says, one thing at a time. Read back from disk, so everything in it is checked. */
const ledgerEntry = z.discriminatedUnion('type', [
  runStart,
  intent,
  /** The file is as the intent says, and would be after a power cut. */
  z.object({ type: z.literal('outcome'), run: runId, file: targetPath }),
  z.object({ type: z.literal('run-done'), run: runId, status: z.enum(['done', 'nochange', 'kept', 'failed']) }),
  z.object({ type: z.literal('run-undo-start'), run: runId, at }),
  z.object({ type: z.literal('undo-outcome'), run: runId, file: targetPath }),
  /** The undoing failed, and the files are again as the run left them. */
  z.object({ type: z.literal('run-undo-stopped'), run: runId }),
  z.object({ type: z.literal('run-undone'), run: runId, at }),
]);

export type LedgerEntry = z.infer<typeof ledgerEntry>;
export type RunStart = z.infer<typeof runStart>;
export type Intent = z.infer<typeof intent>;

/** One append: entries that are in the ledger together or not at all. */
const batch = z.object({ seq: z.int().positive(), entries: z.array(ledgerEntry).min(1) });

const SUM_DIGITS = 16;
const PREFIX = '{"sum":"';

/**
 * The line for one append, with its line end: `{"sum":"<16 hex>","seq":7,"entries":[…]}`. The sum is over the bytes
 * after it. All entries of an append are one line, so a torn write can only make the last line unreadable.
 */
export function encodeLine(seq: number, entries: readonly LedgerEntry[]): Buffer {
  const rest = JSON.stringify({ seq, entries }).slice(1);
  return Buffer.from(`${PREFIX}${sha256(rest).slice(0, SUM_DIGITS)}",${rest}\n`);
}

export interface DecodedLedger {
  readonly entries: readonly LedgerEntry[];
  /** The number of the last whole line; 0 for none. */
  readonly seq: number;
  /** Bytes up to the end of the last whole line; what follows is a torn append. */
  readonly length: number;
}

/** The entries of a ledger. A last line that is not whole never happened. Throws `LEDGER_DAMAGED` for any other. */
export function decodeLedger(bytes: Buffer, file: string): DecodedLedger {
  const entries: LedgerEntry[] = [];
  let seq = 0;
  let length = 0;
  while (length < bytes.length) {
    const end = bytes.indexOf(10, length);
    const line = end < 0 ? undefined : decodeLine(bytes.toString('utf8', length, end));
    if (line === undefined) {
      const last = end < 0 || end === bytes.length - 1;
      if (last) break;
      throw damaged(file, seq + 1, 'its checksum does not fit');
    }
    const read = batch.safeParse(line);
    if (!read.success) throw damaged(file, seq + 1, z.prettifyError(read.error).replaceAll('\n', ' '));
    if (read.data.seq !== seq + 1) throw damaged(file, seq + 1, `its number is ${read.data.seq}`);
    // One by one: a phase may have more entries than a call takes arguments.
    for (const entry of read.data.entries) entries.push(entry);
    seq = read.data.seq;
    length = end + 1;
  }
  return { entries, seq, length };
}

/** The line's value, or `undefined` when the checksum does not fit. */
function decodeLine(line: string): unknown {
  const sum = line.slice(PREFIX.length, PREFIX.length + SUM_DIGITS);
  const rest = line.slice(PREFIX.length + SUM_DIGITS + 2);
  if (!line.startsWith(PREFIX) || sha256(rest).slice(0, SUM_DIGITS) !== sum) return undefined;
  return JSON.parse(`{${rest}`);
}

function damaged(file: string, line: number, found: string): RerouteError {
  return new RerouteError({
    code: 'LEDGER_DAMAGED',
    message: `Line ${line} of the ledger cannot be read: ${found}.`,
    where: { file },
    next: 'Bring the file back from a backup. Without it nothing can be rolled back; to start anew, move the folder .reroute away.',
  });
}
