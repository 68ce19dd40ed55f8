import type { Clock } from '../core/types';

export type JobFunction = () => void | Promise<void>;

interface ScheduledJob {
  readonly name: string;
  readonly run: JobFunction;
  readonly every_ms: number;
  due_at: number;
}

/** Runs functions at intervals. Whoever owns the process calls `tick`. */
export class JobWorker {
  private readonly jobs: ScheduledJob[] = [];
  private runs = 0;
  private failures = 0;

  constructor(private readonly clock: Clock = Date.now) {}

  register_handler(name: string, run: JobFunction, every_ms = 60_000): void {
    this.jobs.push({ name, run, every_ms, due_at: this.clock() + every_ms });
  }

  /** The names of the jobs that ran. */
  async tick(): Promise<string[]> {
    const now = this.clock();
    const due = this.jobs.filter((job) => job.due_at <= now);
    for (const job of due) {
      job.due_at = now + job.every_ms;
      this.runs += 1;
      try {
        await job.run();
      } catch (error) {
        this.failures += 1;
        console.error(`Job ${job.name} failed`, error);
      }
    }
    return due.map((job) => job.name);
  }

  get_stats(): { readonly jobs: number; readonly runs: number; readonly failures: number } {
    return { jobs: this.jobs.length, runs: this.runs, failures: this.failures };
  }
}
