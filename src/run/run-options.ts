import type { Stopwatch } from '../base/stopwatch.ts';
import type { Migration } from '../manifest/migration.ts';
import type { Disk } from './disk.ts';
import type { Progress } from './progress.ts';
import type { Recovery } from './recover.ts';
import type { Evidence } from './retire/judge.ts';
import type { RunRecord } from './run-record.ts';
import type { SurfacesThread } from './surfaces-ahead.ts';

/** What a run is asked to do. */
export interface RunOptions {
  readonly migration: Migration;
  /** The target's folder, as the user named it. */
  readonly target: string;
  /** Names of phases; they run in the manifest's order. */
  readonly phases: readonly string[] | 'all';
  readonly dryRun: boolean;
  /** Run a phase although one before it is not done. */
  readonly anyway: boolean;
  /** Write files of a git repository although they have changes that are not committed. */
  readonly allowDirty?: boolean;
  /** Commit each phase that wrote something; the message names the report of the runs so far, which it gives. */
  readonly commit?: { readonly reportOf: (records: readonly RunRecord[]) => string };
  /** Leave a phase written although a gate failed after writing. */
  readonly keep?: boolean;
  /** Go on with an in-memory configuration where the target's does not parse. */
  readonly ignoreBadTsconfig: boolean;
  /** Do all in this thread: for who runs many targets at once. */
  readonly oneThread?: boolean;
  readonly signal?: AbortSignal;
  readonly now: () => Date;
  readonly onProgress?: (event: Progress) => void;
  /** Told, before anything else is done, of an earlier run that was stopped in the middle and put right. */
  readonly onRecovered?: (recovery: Recovery) => void;
  readonly disk?: Disk;
  /** For phases that take proxies away. Left out: no usage file, no other target. */
  readonly evidence?: Evidence;
  /** Started ahead, while the manifest was loaded; it is given back. */
  readonly surfacesThread?: SurfacesThread | undefined;
  /** Told of each stage: find, open, surfaces, prove, splice, check, write, gates. */
  readonly stopwatch?: Stopwatch;
}
