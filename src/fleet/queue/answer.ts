import { existsSync, readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { FleetResult } from '../task.ts';

const count = z.int().nonnegative();
const line = z.string().max(4000);

/** What a worker pushes back: a {@link FleetResult} with numbers in the place of lists, and the report. */
export const fleetAnswer = z.object({
  state: z.enum(['done', 'nochange', 'failed', 'error']),
  phases: z.array(
    z.object({
      phase: line,
      run: line,
      status: line,
      found: count,
      edited: count,
      review: count,
      left: count,
      files: count,
      gate: line.optional(),
    }),
  ),
  commits: z.object({ branch: line.optional(), base: line, head: line }).optional(),
  error: z.object({ code: line, message: line, details: z.array(line), next: line.optional() }).optional(),
  seconds: z.number().nonnegative(),
  /** The report as JSON; or how many bytes it has, when that is too many. */
  report: z.union([z.string(), z.int()]).optional(),
});
export type FleetAnswer = z.infer<typeof fleetAnswer>;

/** A report with more bytes stays where it was made: what is in the queue is in Redis's memory. */
const REPORT_BYTES = 256 * 1024;

export function answerOf({ state, phases, commits, error, seconds, report }: FleetResult): FleetAnswer {
  const page = report?.replace(/\.html$/, '.json');
  const pushed = page !== undefined && existsSync(page) ? reportOf(page) : undefined;
  return {
    state,
    phases: phases.map((phase) => ({ ...phase, files: phase.files.length })),
    ...(commits && { commits }),
    ...(error && {
      error: { ...error, message: bounded(error.message), details: error.details.slice(0, 20).map(bounded) },
    }),
    seconds,
    ...(pushed !== undefined && { report: pushed }),
  };
}

function reportOf(file: string): string | number {
  const { size } = statSync(file);
  return size > REPORT_BYTES ? size : readFileSync(file, 'utf8');
}

function bounded(text: string): string {
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}
