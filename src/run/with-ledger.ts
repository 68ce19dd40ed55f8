import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { type Disk, errnoOf } from './disk.ts';
import { ignoreLedger, LEDGER_FOLDER, Ledger, makeLedgerFolder, readOnlyOr, releaseUnused } from './ledger.ts';
import { isInterrupted } from './ledger-run.ts';
import { acquireLock, type Lock } from './lock.ts';
import type { LockHolder } from './lock-holder.ts';
import { type Recovery, recover } from './recover.ts';

export interface LedgerOptions {
  readonly disk: Disk;
  /** The target's real path, from `openTarget`. */
  readonly root: string;
  /** What is being done, for whoever finds the lock: `reroute run production`. */
  readonly command: string;
  readonly now: Date;
  /** Told at once, before `body`: it may fail, and what was put right must be said all the same. */
  readonly onRecovered?: ((recovery: Recovery) => void) | undefined;
}

/** A ledger under the lock, in order again. */
export interface OpenLedger {
  readonly ledger: Ledger;
  /** What was put right of a run that was stopped in the middle. */
  readonly recovered: readonly Recovery[];
  /** A process that ended without giving back its lock. */
  readonly tookOver: LockHolder | undefined;
  /** Says who is writing right now, when the ledger was only read: a run under way is not an interrupted one. */
  readonly busy: RerouteError | undefined;
}

/**
 * What `body` returns, run with the target's ledger under its lock; interrupted runs are put right before. The lock is
 * given back whatever happens. Throws `TARGET_READ_ONLY`, `LOCK_HELD`, `LEDGER_DAMAGED`, `LEDGER_LEADS_OUT`, `UNDO_FAILED`.
 */
export async function withLedger<T>(options: LedgerOptions, body: (open: OpenLedger) => T | Promise<T>): Promise<T> {
  const { disk, root, now } = options;
  const { lock, isNew } = lockTarget(options);
  try {
    // Again: whoever had the lock before may have taken an unused ledger's folders away.
    makeLedgerFolder(disk, root);
    ignoreLedger(disk, root);
    const ledger = new Ledger(disk, root);
    const recovered = recover(disk, ledger, now);
    for (const recovery of recovered) options.onRecovered?.(recovery);
    return await body({ ledger, recovered, tookOver: lock.tookOver, busy: undefined });
  } finally {
    if (isNew) releaseUnused(disk, root, lock.release);
    else lock.release();
  }
}

/**
 * The ledger of a target for looking only, also when it has none yet. Writes nothing, unless a run was interrupted: that is
 * put right first, under the lock, as by {@link withLedger}. While another process is at work, the ledger as it is, and `busy`.
 */
export async function readLedger(options: LedgerOptions): Promise<OpenLedger> {
  const ledger = new Ledger(options.disk, options.root);
  const asItIs = { ledger, recovered: [], tookOver: undefined, busy: undefined };
  if (!ledger.runs().some(isInterrupted)) return asItIs;
  try {
    return await withLedger(options, (open) => open);
  } catch (error) {
    if (error instanceof RerouteError && error.code === 'LOCK_HELD') return { ...asItIs, busy: error };
    throw error;
  }
}

function lockTarget(options: LedgerOptions): { readonly lock: Lock; readonly isNew: boolean } {
  const { disk, root, command, now } = options;
  const isNew = makeLedgerFolder(disk, root);
  try {
    return { lock: acquireLock({ disk, folder: path.join(root, LEDGER_FOLDER), command, now }), isNew };
  } catch (error) {
    // Another command was refused just now and took the folder away.
    if (errnoOf(error) === 'ENOENT') return lockTarget(options);
    throw readOnlyOr(error, root);
  }
}
