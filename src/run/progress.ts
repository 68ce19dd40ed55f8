/** What a run is doing, for a progress line. Counts are of files, but for `splice`, which counts places. */
export interface Progress {
  readonly phase: string;
  readonly stage: 'survey' | 'prove' | 'splice' | 'check' | 'write' | 'gate';
  readonly done?: number;
  readonly total?: number;
  /** The command of a gate. */
  readonly detail?: string;
}
