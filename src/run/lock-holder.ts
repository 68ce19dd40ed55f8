import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { z } from 'zod';

/** Who holds a lock. */
const lockHolder = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** ISO 8601, UTC. */
  since: z.iso.datetime(),
  command: z.string(),
  /** When the process was born, in the kernel's own count; `null` where it cannot be told. */
  born: z.string().nullable(),
  /** Unlike that of any other holding. */
  token: z.uuid(),
});

export type LockHolder = z.infer<typeof lockHolder>;

/** This process as a holder. */
export function thisProcess(command: string, now: Date): LockHolder {
  const born = processBirth(process.pid) ?? null;
  return { pid: process.pid, host: os.hostname(), since: now.toISOString(), command, born, token: randomUUID() };
}

/** What is in a lock file; `undefined` when it is not (yet) a whole lock. */
export function parseHolder(text: string): LockHolder | undefined {
  try {
    return lockHolder.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * Whether the holder is certainly gone: a process of this host that has ended, or whose number another process has by
 * now, as after a power cut. Of a process on another host nothing is certain.
 */
export function isGone(holder: LockHolder): boolean {
  if (holder.host !== os.hostname()) return false;
  if (processIsGone(holder.pid)) return true;
  const born = processBirth(holder.pid);
  return born !== undefined && holder.born !== null && born !== holder.born;
}

/** Whether no process of this host has that number. */
export function processIsGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  return processBirth(pid) === 'dead';
}

/**
 * The boot and the start time of a process, `dead` when it has ended and was not yet reaped, `undefined` where the
 * system does not tell. Source: proc(5), fields 3 (state) and 22 (starttime, ticks since boot) of /proc/pid/stat.
 */
function processBirth(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may contain spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return 'dead';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}
