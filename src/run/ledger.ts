import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { type Disk, errnoOf, replaceFile } from './disk.ts';
import { decodeLedger, encodeLine, type LedgerEntry } from './ledger-entry.ts';
import { type LedgerRun, readRuns } from './ledger-run.ts';
import { ObjectStore } from './object-store.ts';

/** The ledger's folder in a target. */
export const LEDGER_FOLDER = '.reroute';

/**
 * What was done to a target, in order:
 *
 * ```
 * .reroute/
 *   ledger.jsonl      append-only; one append a line (ledger-entry.ts)
 *   objects/          contents before and after, whole files (object-store.ts)
 *   runs/<id>.json    each run's record (stored-record.ts)
 *   lock              who is at work (lock.ts)
 *   .gitignore        so that none of it is committed
 * ```
 *
 * Whoever appends must hold the lock.
 */
export class Ledger {
  /** The target's real path. */
  readonly root: string;
  readonly folder: string;
  readonly objects: ObjectStore;
  readonly #disk: Disk;
  readonly #file: string;
  readonly #entries: LedgerEntry[];
  #seq: number;
  #length: number;
  #runs: readonly LedgerRun[] | undefined;

  /** The ledger of a target, empty when there is none yet. Makes nothing. Throws `LEDGER_DAMAGED`, `LEDGER_LEADS_OUT`. */
  constructor(disk: Disk, root: string) {
    this.root = root;
    this.folder = path.join(root, LEDGER_FOLDER);
    this.objects = new ObjectStore(disk, path.join(this.folder, 'objects'));
    this.#disk = disk;
    this.#file = path.join(this.folder, 'ledger.jsonl');
    refuseLinks(disk, this.folder);
    const bytes = disk.stat(this.#file) ? disk.read(this.#file) : Buffer.alloc(0);
    const { entries, seq, length } = decodeLedger(bytes, this.#file);
    this.#entries = [...entries];
    this.#seq = seq;
    this.#length = length;
  }

  /** In the order in which they started. */
  runs(): readonly LedgerRun[] {
    this.#runs ??= readRuns(this.#entries);
    return this.#runs;
  }

  run(id: string): LedgerRun | undefined {
    return this.runs().find((run) => run.id === id);
  }

  /** The file of a run's record. */
  recordFile(id: string): string {
    return path.join(this.folder, 'runs', `${id}.json`);
  }

  /** An id that no run has: `20261121T034512Z-production`, with `-2`, … when that is taken. Sorts by time. */
  newRunId(phase: string, at: Date): string {
    const time = at.toISOString().replace(/\.\d+|[-:]/g, '');
    const id = `${time}-${phase.replace(/[^\w.-]+/g, '-').slice(0, 100)}`;
    const taken = new Set(this.runs().map((run) => run.id));
    let free = id;
    for (let n = 2; taken.has(free) || this.#disk.stat(this.recordFile(free)); n++) free = `${id}-${n}`;
    return free;
  }

  /** Adds entries, all or none; when it returns, they would survive a power cut. */
  append(entries: readonly LedgerEntry[]): void {
    const isNew = this.#trimToWhole();
    const line = encodeLine(this.#seq + 1, entries);
    this.#disk.append(this.#file, line);
    this.#disk.sync(this.#file);
    if (isNew) this.#disk.syncFolder(this.folder);
    this.#seq += 1;
    this.#length += line.length;
    for (const entry of entries) this.#entries.push(entry);
    this.#runs = undefined;
  }

  /** Cuts off what a torn or failed append left behind. Returns whether there is no file yet. */
  #trimToWhole(): boolean {
    const found = this.#disk.stat(this.#file);
    if (found && found.size > this.#length) this.#disk.truncate(this.#file, this.#length);
    return !found || this.#length === 0;
  }
}

/**
 * Makes the folders that a ledger needs, where they are missing. Returns whether there was no ledger's folder before.
 * Throws `TARGET_READ_ONLY`, `LEDGER_LEADS_OUT`.
 */
export function makeLedgerFolder(disk: Disk, root: string): boolean {
  const folder = path.join(root, LEDGER_FOLDER);
  refuseLinks(disk, folder);
  const isNew = disk.stat(folder) === undefined;
  try {
    for (const part of [folder, path.join(folder, 'objects'), path.join(folder, 'runs')]) {
      if (disk.stat(part)) continue;
      makeUnlessThere(disk, part);
      disk.syncFolder(path.dirname(part));
    }
  } catch (error) {
    throw readOnlyOr(error, root);
  }
  return isNew;
}

/**
 * Gives a lock back with `release`, and takes the ledger's folders away when nothing was ever noted in them, so that a
 * command that was refused leaves nothing. The folder that the lock stands in goes last, and stays when somebody else is in it.
 */
export function releaseUnused(disk: Disk, root: string, release: () => void): void {
  const folder = path.join(root, LEDGER_FOLDER);
  const within = (name: string) => path.join(folder, name);
  try {
    if (disk.stat(within('ledger.jsonl'))) return;
    for (const part of ['objects', 'runs']) disk.removeFolder(within(part));
    disk.unlink(within('.gitignore'));
    release();
    disk.removeFolder(folder);
  } catch {
    // What could not be removed is empty, or somebody's: the next command makes do with it.
  } finally {
    release();
  }
}

/** Keeps git from taking the ledger in. Call it under the lock. */
export function ignoreLedger(disk: Disk, root: string): void {
  const file = path.join(root, LEDGER_FOLDER, '.gitignore');
  const content = Buffer.from('*\n');
  if (disk.stat(file)?.size !== content.length) replaceFile(disk, file, content);
}

/** Two commands may make the folder at the same time, before one of them gets the lock. */
function makeUnlessThere(disk: Disk, folder: string): void {
  try {
    disk.makeFolder(folder);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
}

/** `TARGET_READ_ONLY` when the error says that nothing may be written; otherwise the error itself. */
export function readOnlyOr(error: unknown, root: string): unknown {
  const errno = errnoOf(error);
  if (errno !== 'EROFS' && errno !== 'EACCES' && errno !== 'EPERM') return error;
  return new RerouteError({
    code: 'TARGET_READ_ONLY',
    message: `Nothing can be written to the target ${root} (${errno}): its ledger belongs into ${LEDGER_FOLDER}.`,
    where: { file: path.join(root, LEDGER_FOLDER) },
    next: 'Make the folder writable, or look without writing: reroute run --dry-run',
    cause: error,
  });
}

/** A repository can bring a `.reroute` of its own: nothing in it may lead elsewhere. */
function refuseLinks(disk: Disk, folder: string): void {
  const parts = ['', 'ledger.jsonl', 'objects', 'runs', '.gitignore'].map((name) => path.join(folder, name));
  for (const [index, part] of parts.entries()) {
    const found = disk.stat(part);
    if (index === 0 && !found) return;
    const expected = index === 0 || part.endsWith('objects') || part.endsWith('runs') ? 'folder' : 'file';
    if (!found || found.kind === expected) continue;
    throw new RerouteError({
      code: 'LEDGER_LEADS_OUT',
      message: `${part} should be a ${expected} and is a ${found.kind}; Reroute did not make it.`,
      where: { file: part },
      next: `Look at it, and remove it when it is not yours: ${folder}`,
    });
  }
}
