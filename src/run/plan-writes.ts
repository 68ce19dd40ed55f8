import { RerouteError } from '../base/errors.ts';
import { sha256 } from '../base/hashes.ts';
import { encode } from '../base/source-text.ts';
import type { FileChange } from '../plan/file-change.ts';
import { missingFolders } from './inside.ts';
import type { Intent } from './ledger-entry.ts';
import { difference, holds, observeReadable } from './observe.ts';
import type { Area } from './settle.ts';

/** What a run is going to do to one file. */
export interface PlannedWrite {
  readonly intent: Intent;
  /** The bytes before and after, where there is a file. */
  readonly before: Buffer | undefined;
  readonly after: Buffer | undefined;
  /** The file has a second name (hard link), which will keep the content before. */
  readonly hardLinked: boolean;
}

/** A file and what is wrong with it, in words that follow its path. */
export interface Finding {
  readonly file: string;
  readonly how: string;
}

/**
 * One write per change that changes something, in the changes' order, once every file is known to be exactly what its
 * change found. Throws `TARGET_CHANGED` with every file that is not, or `TARGET_LEADS_OUT`.
 */
export function planWrites(area: Area, run: string, changes: readonly FileChange[]): readonly PlannedWrite[] {
  const planned: PlannedWrite[] = [];
  const changed: Finding[] = [];
  const leadingOut: Finding[] = [];
  const files = new Set<string>();
  for (const change of changes) {
    const { file, kind, step } = change;
    if (files.has(file)) throw new Error(`two changes for ${file} in run ${run}`);
    files.add(file);
    const before = bytesOf(change, change.before);
    const after = bytesOf(change, change.after);
    if (before && after?.equals(before)) continue;
    const beforeHash = before ? sha256(before) : null;
    const afterHash = after ? sha256(after) : null;
    const seen = observeReadable(area.disk, area.root, file);
    if (!holds(seen, beforeHash)) {
      const list = seen.kind === 'blocked' && seen.leadsOut ? leadingOut : changed;
      list.push({ file, how: difference(seen, beforeHash) });
      continue;
    }
    const mode = seen.kind === 'file' ? seen.facts.mode : null;
    const folders = seen.kind === 'absent' ? [...missingFolders(seen.firstMissing, file)] : [];
    planned.push({
      intent: { type: 'intent', run, file, kind, beforeHash, afterHash, mode, folders, step },
      before,
      after,
      hardLinked: seen.kind === 'file' && seen.facts.names > 1,
    });
  }
  if (leadingOut.length > 0) throw leadsOut(leadingOut);
  if (changed.length > 0) throw targetChanged(changed);
  return planned;
}

function bytesOf(change: FileChange, text: string | undefined): Buffer | undefined {
  return text === undefined ? undefined : encode({ text, bom: change.bom });
}

function leadsOut(files: readonly Finding[]): RerouteError {
  return new RerouteError({
    code: 'TARGET_LEADS_OUT',
    message: `${count(files)} would be written outside the target. Nothing was written.`,
    where: { file: files[0]!.file },
    details: listed(files),
    next: 'Run Reroute on the folder that the link leads to, or take these files out of the phase.',
  });
}

function targetChanged(files: readonly Finding[]): RerouteError {
  return new RerouteError({
    code: 'TARGET_CHANGED',
    message: `${count(files)} changed since the run looked at the target. Nothing was written.`,
    where: { file: files[0]!.file },
    details: listed(files),
    next: 'Run the same command again: it looks at the target as it is now.',
  });
}

/** `src/a.ts was changed`, one a file. */
export function listed(files: readonly Finding[]): readonly string[] {
  return files.map(({ file, how }) => `${file} ${how}`);
}

/** `1 file`, `3 files`. */
export function count(files: readonly unknown[]): string {
  return files.length === 1 ? '1 file' : `${files.length} files`;
}
