import type { RewriteTask } from '../../codemods/lib/task.ts';
import type { SourceText } from '../base/source-text.ts';
import type { FileChange, Outcome } from '../plan/file-change.ts';
import type { SkippedFile } from '../survey/skipped-file.ts';
import type { TargetView, Unreadable } from '../survey/target-view.ts';
import type { Usage } from '../survey/usage.ts';
import { failureIn } from './failure-in.ts';
import { type BuiltInSteps, type FileRewrite, rewriteFile } from './rewrite-file.ts';
import { splice } from './splice.ts';

export interface Rewrite {
  readonly changes: readonly FileChange[];
  /** One per usage, in order. */
  readonly outcomes: readonly Outcome[];
  readonly skipped: readonly SkippedFile[];
}

/** One file and what was found in it. */
export interface RewriteJob {
  readonly file: string;
  readonly source: SourceText | Unreadable;
  readonly usages: readonly Usage[];
}

/** What the codemods make of one file, or why they did not get through it. */
export type RewriteAnswer = FileRewrite | { readonly failure: SkippedFile };

export type About = Pick<RewriteTask, 'migration' | 'modules' | 'avoid'>;

/** The changes that answer the usages, file by file. Writes nothing. */
export function rewriteUsages(view: TargetView, about: About, usages: readonly Usage[], steps: BuiltInSteps): Rewrite {
  const jobs = rewriteJobs(view, usages);
  return collectRewrite(
    jobs,
    jobs.map((job) => answerJob(job, about, steps)),
    steps,
  );
}

/** The usages by file, in order, each file with its text. */
export function rewriteJobs(view: TargetView, usages: readonly Usage[]): readonly RewriteJob[] {
  const files = new Map<string, Usage[]>();
  for (const usage of usages) {
    const list = files.get(usage.place.file);
    if (list) list.push(usage);
    else files.set(usage.place.file, [usage]);
  }
  return [...files].map(([file, own]) => ({ file, source: view.read(file), usages: own }));
}

/** Never throws: a crash in one file stops no other. */
export function answerJob({ file, source, usages }: RewriteJob, about: About, steps: BuiltInSteps): RewriteAnswer {
  try {
    if (typeof source === 'string') throw new Error(`it was surveyed and is now ${source}`);
    return rewriteFile(file, source.text, usages, steps, about);
  } catch (error) {
    return { failure: failureIn(file, error) };
  }
}

/** The answers to all jobs, spliced. Usages of a file that failed go to review with what was thrown. */
export function collectRewrite(
  jobs: readonly RewriteJob[],
  answers: readonly RewriteAnswer[],
  steps: BuiltInSteps,
): Rewrite {
  const changes: FileChange[] = [];
  const outcomes: Outcome[] = [];
  const skipped: SkippedFile[] = [];
  const step = [steps.imports && 'imports', steps.members && 'members'].filter(Boolean).join('+');
  for (const [i, job] of jobs.entries()) {
    const answer = answers[i]!;
    const made = 'failure' in answer ? answer : spliced(job, answer, step);
    if ('failure' in made) {
      const { failure } = made;
      skipped.push(failure);
      outcomes.push(...job.usages.map((usage) => unfinished(usage, failure)));
      continue;
    }
    outcomes.push(...made.outcomes);
    if (made.change) changes.push(made.change);
  }
  return { changes, outcomes, skipped };
}

function spliced(
  { file, source }: RewriteJob,
  { edits, outcomes }: FileRewrite,
  step: string,
): { readonly change: FileChange | undefined; readonly outcomes: readonly Outcome[] } | { failure: SkippedFile } {
  const { text: before, bom } = source as SourceText;
  try {
    const after = splice(before, edits);
    const change: FileChange = { file, kind: 'modify', before, after, bom, edits, step };
    return { change: after === before ? undefined : change, outcomes };
  } catch (error) {
    return { failure: failureIn(file, error) };
  }
}

function unfinished(usage: Usage, failure: SkippedFile): Outcome {
  if (usage.verdict.kind === 'unrelated') return { usage, result: 'left', reason: usage.verdict.reason };
  return { usage, result: 'review', reason: failure.reason };
}
