import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { packageOf } from '../../base/baseline.ts';
import { RerouteError } from '../../base/errors.ts';

/** One line of a usage file, as `reroute/deprecation` writes it. */
const usageBeat = z.object({
  reroute: z.literal(1),
  at: z.iso.datetime(),
  started: z.string(),
  host: z.string(),
  pid: z.number(),
  build: z.string().optional(),
  uses: z.array(z.object({ id: z.string(), count: z.number(), sites: z.array(z.string()) })),
});

type UsageBeat = z.infer<typeof usageBeat>;

/** Who called something deprecated, and when this was last told. */
export interface Caller {
  /** `file:///app/src/a.js:12:3`. */
  readonly site: string;
  readonly package?: string;
  readonly build?: string;
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

interface UsageHits {
  readonly count: number;
  /** The latest first. */
  readonly callers: readonly Caller[];
}

/** What the usage files say of a window of whole days, UTC, that ends with today. */
export interface UsageEvidence {
  readonly files: number;
  /** `2026-11-07`: the first day, and the last that has to have a heartbeat, which is yesterday. */
  readonly from: string;
  readonly to: string;
  readonly days: number;
  /** Days of the window on which no process said that it is there. */
  readonly silent: readonly string[];
  /** Calls since the first day, by id. */
  readonly hits: ReadonlyMap<string, UsageHits>;
  /** Lines that cannot be read: of another format, or cut off. */
  readonly unreadable: number;
}

const A_DAY = 86_400_000;

/**
 * Reads usage files, each line by line. A call counts when it was told in the window, whatever the process was; who called
 * is known from all lines of that process. Throws `USAGE_FILE_UNREADABLE` for a file that is not there or has no line of
 * a usage file.
 */
export async function readUsageFiles(
  files: readonly string[],
  { now, days }: { readonly now: Date; readonly days: number },
): Promise<UsageEvidence> {
  const today = Math.floor(now.getTime() / A_DAY) * A_DAY;
  const window = Array.from({ length: days }, (_, n) => dayOf(today - (days - n) * A_DAY));
  const collector = new Collector(window[0]!);
  for (const file of files) await collector.read(file);
  return {
    files: files.length,
    from: window[0]!,
    to: window.at(-1)!,
    days,
    silent: window.filter((day) => !collector.days.has(day)),
    hits: collector.hits(),
    unreadable: collector.unreadable,
  };
}

class Collector {
  readonly days = new Set<string>();
  unreadable = 0;
  readonly #from: string;
  /** By process, then by id: the sites that it told. */
  readonly #sites = new Map<string, Set<string>>();
  readonly #counts = new Map<string, number>();
  /** By id, then by who it is. */
  readonly #callers = new Map<string, Map<string, Caller>>();

  constructor(from: string) {
    this.#from = from;
  }

  async read(file: string): Promise<void> {
    let known = 0;
    try {
      for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: 5000 })) {
        if (line.trim() === '') continue;
        const beat = beatOf(line);
        if (beat) {
          known++;
          this.#add(beat);
        } else this.unreadable++;
      }
    } catch (cause) {
      throw unreadable(file, cause instanceof Error ? cause.message : String(cause), cause);
    }
    if (known === 0) throw unreadable(file, 'it has no line that a usage file has');
  }

  hits(): ReadonlyMap<string, UsageHits> {
    return new Map(
      [...this.#counts].map(([id, count]) => {
        const callers = [...this.#callers.get(id)!.values()];
        return [id, { count, callers: callers.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)) }];
      }),
    );
  }

  #add(beat: UsageBeat): void {
    const inWindow = beat.at.slice(0, 10) >= this.#from;
    if (inWindow) this.days.add(beat.at.slice(0, 10));
    for (const { id, count, sites } of beat.uses) {
      const key = JSON.stringify([beat.host, beat.pid, beat.started, id]);
      const told = this.#sites.get(key) ?? new Set();
      this.#sites.set(key, told);
      for (const site of sites) told.add(site);
      if (!inWindow) continue;
      this.#counts.set(id, (this.#counts.get(id) ?? 0) + count);
      this.#call(id, beat, told.size === 0 ? ['an unknown place'] : [...told]);
    }
  }

  #call(id: string, { at, host, build }: UsageBeat, sites: readonly string[]): void {
    const callers = this.#callers.get(id) ?? new Map<string, Caller>();
    this.#callers.set(id, callers);
    for (const site of sites) {
      const key = JSON.stringify([site, host, build]);
      const owner = packageOf(site);
      const before = callers.get(key);
      if (before && before.at >= at) continue;
      callers.set(key, { site, host, at, ...(owner && { package: owner }), ...(build !== undefined && { build }) });
    }
  }
}

function beatOf(line: string): UsageBeat | undefined {
  try {
    return usageBeat.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function unreadable(file: string, why: string, cause?: unknown): RerouteError {
  return new RerouteError({
    code: 'USAGE_FILE_UNREADABLE',
    message: `The usage file cannot be used: ${why}.`,
    where: { file },
    next: 'Hand in files that REROUTE_USAGE_FILE wrote: reroute retire --usage "usage/*.ndjson"',
    cause,
  });
}
