import { builtin, environment, nodeProcess, repeat } from './host.ts';
import { registry } from './registry.ts';
import { usage } from './usage.ts';

/** One line of a usage file: what was called since the line before of the same process. */
export interface UsageBeat {
  /** The format; this is 1. */
  readonly reroute: 1;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly started: string;
  readonly host: string;
  readonly pid: number;
  readonly build?: string;
  /** How many deprecated things the loaded proxies have. A beat without uses says that none was called. */
  readonly loaded: number;
  readonly uses: readonly {
    readonly id: string;
    readonly count: number;
    /** Sites that no line before has. */
    readonly sites: readonly string[];
    readonly truncated: boolean;
  }[];
}

const A_MINUTE = 60_000;

/**
 * Begins to append to `REROUTE_USAGE_FILE`, or to the file that is given: a {@link UsageBeat} a minute and one at the end
 * of the process. Once a process; nothing where there is no such file. A file that cannot be written is given up.
 */
export function writeUsageFile(file = environment('REROUTE_USAGE_FILE')): void {
  const all = registry();
  if (all.beat || !file) return;
  const fs = builtin<{ appendFileSync(file: string, text: string): void }>('fs');
  const host = builtin<{ hostname(): string }>('os')?.hostname() ?? '';
  const process = nodeProcess();
  if (!fs || !process) return;
  const written = new Map<string, { count: number; sites: number }>();
  all.beat = () => {
    try {
      fs.appendFileSync(file, `${JSON.stringify(beat(host, process.pid, written))}\n`);
    } catch {
      stop();
    }
  };
  const stop = repeat(all.beat, A_MINUTE);
  process.on('exit', all.beat);
}

function beat(host: string, pid: number, written: Map<string, { count: number; sites: number }>): UsageBeat {
  const { build, deprecations } = usage();
  const uses = deprecations.flatMap(({ id, count, sites, truncated }) => {
    const before = written.get(id) ?? { count: 0, sites: 0 };
    if (count === before.count) return [];
    written.set(id, { count, sites: sites.length });
    return [{ id, count: count - before.count, sites: sites.slice(before.sites).map(({ site }) => site), truncated }];
  });
  return {
    reroute: 1,
    at: new Date().toISOString(),
    started: new Date(registry().started).toISOString(),
    host,
    pid,
    ...(build === undefined ? {} : { build }),
    loaded: deprecations.length,
    uses,
  };
}
