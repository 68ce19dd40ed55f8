import type { Migration } from '../manifest/migration.ts';
import { buildReport } from '../report/build-report.ts';
import type { ReportModel } from '../report/model.ts';
import { renderText } from '../report/text.ts';
import { nodeDisk } from '../run/disk.ts';
import { phaseStates } from '../run/history.ts';
import { Ledger } from '../run/ledger.ts';
import type { RunResult } from '../run/run.ts';
import { textReader } from './read-text.ts';
import type { Session } from './session.ts';
import { targetArgument } from './targets.ts';
import { type ReportFiles, writeReports } from './write-reports.ts';

/** Writes and prints the report of one target, and what to do `next`. Returns whether it has findings: a failed phase, or files that do not parse. */
export function tellRun(
  session: Session,
  migration: Migration,
  { root, records, recovered }: RunResult,
  next = nextCommand,
): boolean {
  session.progress.say('writing the report');
  const model = buildReport(records, { version: session.version, readText: textReader(root) });
  const files = writeReports(model);
  const target = targetArgument(session, root);
  session.print(renderText(model, { palette: session.palette, detail: 'summary', undoTarget: target }));
  session.print(ending(session, model, files, next(migration, model, target)));
  session.result({ ...summaryOf(model), recovered, reports: files });
  return (
    model.status === 'failed' || model.status === 'kept' || model.skipped.some(({ code }) => !UNREADABLE.has(code))
  );
}

/** Files without a text are no finding; those that do not parse are. */
const UNREADABLE: ReadonlySet<string> = new Set(['binary', 'not-utf-8', 'too-long', 'gone']);

function ending({ palette }: Session, model: ReportModel, files: ReportFiles, next: string | undefined): string {
  const { bold, cyan, dim } = palette;
  const place = model.dryRun
    ? 'in a temporary folder; nothing was written to the target'
    : `${files.patch ? '.md, .json and .patch' : '.md and .json'} beside it`;
  const lines = [`${bold('Report')}  ${cyan(files.html)}`, `        ${dim(place)}`];
  if (next) lines.push(`${bold('Next')}    ${next}`);
  return lines.join('\n');
}

function nextCommand(migration: Migration, model: ReportModel, target: string): string | undefined {
  const last = model.phases.at(-1)!;
  if (model.status === 'kept')
    return `correct what the gate says, then: reroute run ${last.name}${target}   (or undo it: reroute rollback ${last.name}${target})`;
  if (model.status === 'failed') return `correct what the gate says, then: reroute run ${last.name}${target}`;
  if (model.dryRun) return `reroute run ${model.phases.length > 1 ? '--all' : last.name}${target}`;
  const states = phaseStates(new Ledger(nodeDisk, model.target), migration);
  const open = states.find(({ state }) => state !== 'done');
  return open && `reroute run ${open.phase}${target}`;
}

/** What `--json` says of a run; the whole report is in its own file. */
function summaryOf({ phases, proofs: _proofs, left, ...model }: ReportModel): Readonly<Record<string, unknown>> {
  return {
    ...model,
    left: left.map(({ places, ...group }) => ({ ...group, places: places.length })),
    phases: phases.map(({ files, ...phase }) => ({
      ...phase,
      files: files.map(({ file, kind, added, removed, review }) => ({ file, kind, added, removed, review })),
    })),
  };
}
