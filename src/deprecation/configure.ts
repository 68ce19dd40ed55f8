import type { Policy } from './pattern.ts';
import { rulesOf } from './policy.ts';
import { registry } from './registry.ts';
import { writeUsageFile } from './usage-file.ts';

/** What an application (never a library) says of all deprecations in its process. */
export interface Configuration {
  /** By pattern of ids, the first that fits counts; those of a later call come before those of an earlier one. */
  readonly policy?: Readonly<Record<string, Policy>>;
  /** Looks at the call site of every call, not of a sample; for tests. */
  readonly everyCall?: boolean;
  /** What this build is, for {@link usage} and the usage file. */
  readonly build?: string;
  /** Where to append what is used; left out: what `REROUTE_USAGE_FILE` says. Once a process. */
  readonly usageFile?: string;
}

/** Changes what is given and nothing else. Throws on a policy that there is not. */
export function configure({ policy, everyCall, build, usageFile }: Configuration): void {
  const all = registry();
  if (policy) all.rules = [...rulesOf(policy), ...all.rules];
  all.everyCall = everyCall ?? all.everyCall;
  all.build = build ?? all.build;
  // Also what the environment names: where no proxy is loaded any more, heartbeats are to go on.
  writeUsageFile(usageFile);
  // The next call of each has to see it.
  for (const entry of all.entries.values()) entry.next = 0;
}
