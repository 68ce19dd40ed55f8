import { parentPort } from 'node:worker_threads';
import type { ModuleFacts } from '../../codemods/lib/task.ts';
import { answerJob, type RewriteJob } from './rewrite-usages.ts';
import type { RewriteThreadAnswer, RewriteThreadTask } from './rewriters.ts';

// The thread of Rewriters. It reads no files and knows no compiler.
parentPort?.on('message', (task: RewriteThreadTask) => {
  parentPort?.postMessage(task.jobs.map((job) => answered(job, task)) satisfies RewriteThreadAnswer);
});

function answered(job: RewriteJob, { migration, layout, steps }: RewriteThreadTask): RewriteThreadAnswer[number] {
  let asked = false;
  const unknown = (): never => {
    asked = true;
    throw new Error('only the compiler knows');
  };
  const asks = { exportNames: unknown, isType: unknown, hasManualMock: unknown };
  const names = { namesOf: unknown, elsewhere: unknown, leadsTo: unknown };
  const modules: ModuleFacts | undefined = layout && { layout, ...asks, ...names };
  const answer = answerJob(job, { migration, ...(modules && { modules }) }, steps);
  if (asked) return undefined;
  if ('failure' in answer) return answer;
  const outcomes = answer.outcomes.map(({ usage, ...outcome }, i) => {
    const given = job.usages[i]!;
    return usage === given ? outcome : { ...outcome, verdict: usage.verdict };
  });
  return { edits: answer.edits, outcomes };
}
