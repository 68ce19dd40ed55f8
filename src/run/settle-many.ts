import path from 'node:path';
import { errnoOf } from './disk.ts';
import type { Intent } from './ledger-entry.ts';
import { type Area, discard, type Goal, place, type Settled, type Staged, stage } from './settle.ts';

/** What is told while many files are brought into a state. What a method throws ends it all. */
export interface SettleHost {
  /** A file is in its place, or was left alone; not yet durable. */
  settled(intent: Intent, settled: Settled): void;
  /** These files were moved and would survive a power cut. */
  durable(moved: readonly Intent[]): void;
  /** One file could not be moved; the others go on, unless this throws. */
  failed(intent: Intent, error: unknown): void;
  /** Makes room on a disk that is full; false when it cannot. */
  makeRoom?(): boolean;
}

/** How much stands beside its place at the same time. */
const MOST_FILES = 1024;
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Brings files into the state before or after their intents, in order. Some at a time are written beside their places,
 * then renamed, then their folders are flushed once: flushing is what takes the time.
 */
export function settleMany(area: Area, intents: Iterable<Intent>, goal: Goal, host: SettleHost): void {
  const ready: Staged[] = [];
  let bytes = 0;
  const flush = () => {
    bytes = 0;
    placeAll(area, ready, host);
  };
  try {
    for (const intent of intents) {
      try {
        const staged = stageWithRoom(area, intent, goal, flush, host);
        ready.push(staged);
        bytes += staged.kind === 'write' ? staged.bytes : 0;
      } catch (error) {
        host.failed(intent, error);
      }
      if (ready.length >= MOST_FILES || bytes >= MOST_BYTES) flush();
    }
    flush();
  } catch (error) {
    for (const staged of ready) discard(area, staged);
    throw error;
  }
}

/** A full disk may have room when what is ready takes the place of what it replaces. */
function stageWithRoom(area: Area, intent: Intent, goal: Goal, flush: () => void, host: SettleHost): Staged {
  try {
    return stage(area, intent, goal);
  } catch (error) {
    if (!isFull(error)) throw error;
  }
  flush();
  try {
    return stage(area, intent, goal);
  } catch (error) {
    if (!isFull(error) || !host.makeRoom?.()) throw error;
    return stage(area, intent, goal);
  }
}

function isFull(error: unknown): boolean {
  return errnoOf(error) === 'ENOSPC' || errnoOf(error) === 'EDQUOT';
}

/** Places what is ready, which is empty afterwards. */
function placeAll(area: Area, ready: Staged[], host: SettleHost): void {
  const touched = new Set<string>();
  const moved: Intent[] = [];
  for (let staged = ready.shift(); staged; staged = ready.shift()) {
    const { intent } = staged;
    try {
      const settled = place(area, staged, touched);
      if (settled.kind === 'moved') moved.push(intent);
      host.settled(intent, settled);
    } catch (error) {
      host.failed(intent, error);
    }
  }
  const failures = new Map<string, unknown>();
  for (const folder of touched) {
    try {
      area.disk.syncFolder(folder);
    } catch (error) {
      failures.set(folder, error);
    }
  }
  const isDurable = ({ file }: Intent) => {
    const folder = path.join(area.root, path.dirname(file));
    // A folder behind a link has another path: when any could not be flushed, none of those is taken to be.
    return failures.size === 0 || (touched.has(folder) && !failures.has(folder));
  };
  const [first] = failures.values();
  for (const intent of moved) if (!isDurable(intent)) host.failed(intent, first);
  const durable = moved.filter(isDurable);
  if (durable.length > 0) host.durable(durable);
}
