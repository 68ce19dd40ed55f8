import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { QUEUE_STATES, type QueueRow, type QueueState } from '../fleet/queue/fleet-queue.ts';
import { clean } from '../report/visible.ts';
import { count } from '../report/words.ts';
import type { ExitCode, Session } from './session.ts';
import { writeInside } from './write-inside.ts';

const WORDS: Readonly<Record<QueueState, string>> = {
  waiting: 'waiting',
  working: 'working',
  done: 'done',
  nochange: 'no change',
  failed: 'failed',
  error: 'error',
};

/** Prints each target with its state, and how many are in each; writes the reports that workers pushed to `reports`. */
export function tellRows(session: Session, rows: readonly QueueRow[], reports: string | undefined): ExitCode {
  const { bold, dim } = session.palette;
  for (const row of rows) {
    const { answer, phase, starts, ...facts } = row;
    const { report, ...told } = answer ?? { report: undefined };
    session.print(
      `${word(session, row.state)}  ${clean(row.name)}  ${dim(clean(`${phase ?? 'all phases'}${row.dryRun ? ', dry run' : ''}${words(row)}`))}`,
    );
    const file = reports !== undefined && typeof report === 'string' ? place(row) : undefined;
    if (reports !== undefined && file !== undefined) {
      mkdirSync(reports, { recursive: true });
      writeInside(reports, file, report as string);
    }
    session.result({ ...facts, phase, starts, ...(answer && { answer: told }), ...(file !== undefined && { file }) });
  }
  const counts = QUEUE_STATES.map((state) => `${rows.filter((row) => row.state === state).length} ${WORDS[state]}`);
  session.print(`\n${bold(count(rows.length, 'target'))}  ${counts.join(', ')}`);
  return rows.every(({ state }) => state === 'done' || state === 'nochange') ? 0 : 1;
}

function word({ palette }: Session, state: QueueState): string {
  const { green, red, cyan, dim } = palette;
  const colour = { waiting: dim, working: cyan, done: green, nochange: dim, failed: red, error: red }[state];
  return colour(WORDS[state].padEnd(9));
}

function words({ answer, problem, starts }: QueueRow): string {
  const again = starts > 1 ? `, taken ${starts} times` : '';
  if (!answer) return `${problem ? `: ${problem}` : ''}${again}`;
  const { phases, error, seconds } = answer;
  const gate = phases.at(-1)?.gate;
  const sum = (key: 'files' | 'review') => phases.reduce((all, phase) => all + phase[key], 0);
  const what = error
    ? `${error.code}: ${error.message}`
    : gate !== undefined
      ? `gate ${gate}, rolled back`
      : `${count(sum('files'), 'file')}, ${sum('review')} for review`;
  return `: ${what}, ${seconds.toFixed(1)} s${again}`;
}

function place({ name, phase, dryRun }: QueueRow): string {
  return path.join(name, `${(phase ?? 'all').replace(/[^\w.-]/g, '-')}${dryRun ? '-dry-run' : ''}.json`);
}
