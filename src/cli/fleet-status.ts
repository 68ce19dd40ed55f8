import { RerouteError } from '../base/errors.ts';
import type { FleetTarget } from '../fleet/fleet-file.ts';
import { findManifest, loadManifest } from '../manifest/load.ts';
import { nodeDisk } from '../run/disk.ts';
import { type PhaseState, phaseStates } from '../run/history.ts';
import { readRecord } from '../run/stored-record.ts';
import { openTarget } from '../run/target.ts';
import { readLedger } from '../run/with-ledger.ts';
import type { ExitCode, Session } from './session.ts';

interface FleetCell extends PhaseState {
  /** Places for review in its newest run. */
  readonly review: number | undefined;
}

/** One target and how far it is. */
export interface FleetRow {
  readonly name: string;
  readonly root: string;
  readonly phases: readonly FleetCell[];
  /** Why nothing is known of it. */
  readonly problem: string | undefined;
}

/** What a target's ledger says. Never throws for what is wrong with the target. */
export async function readRow(
  session: Session,
  { name, root }: FleetTarget,
  manifest: string | undefined,
): Promise<FleetRow> {
  try {
    const target = openTarget(nodeDisk, root);
    const migration = await loadManifest(findManifest(target, manifest));
    const { ledger } = await readLedger({
      disk: nodeDisk,
      root: target,
      command: 'reroute fleet status',
      now: session.now(),
      onRecovered: ({ sentence }) => session.notice(`${name}: ${sentence}`),
    });
    const phases = phaseStates(ledger, migration).map((state) => ({
      ...state,
      review: state.run === undefined ? undefined : readRecord(nodeDisk, ledger, state.run)?.account.review,
    }));
    return { name, root, phases, problem: undefined };
  } catch (error) {
    if (!(error instanceof RerouteError)) throw error;
    return { name, root, phases: [], problem: error.message };
  }
}

/** Prints phases × targets. 1 while one is not done. */
export function tellStatus(session: Session, rows: readonly FleetRow[]): ExitCode {
  const { bold, dim, red } = session.palette;
  const names = [...new Set(rows.flatMap(({ phases }) => phases.map(({ phase }) => phase)))];
  const width = Math.max(6, ...rows.map(({ name }) => name.length));
  const cells = rows.map(({ phases }) =>
    names.map((name) =>
      cellText(
        session,
        phases.find(({ phase }) => phase === name),
      ),
    ),
  );
  const widths = names.map((name, i) => Math.max(name.length, ...cells.map((row) => row[i]!.length)));
  session.print(bold(`${'target'.padEnd(width)}  ${names.map((name, i) => name.padEnd(widths[i]!)).join('  ')}`));
  for (const [i, { name, problem }] of rows.entries()) {
    const texts = cells[i]!.map((text, at) => text.padEnd(widths[at]!));
    session.print(`${name.padEnd(width)}  ${problem === undefined ? texts.join('  ') : red(problem)}`);
  }
  const isDone = ({ phases, problem }: FleetRow) =>
    problem === undefined && phases.every(({ state }) => state === 'done');
  const done = rows.filter(isDone).length;
  session.print(dim(`\n${done} of ${rows.length} done`));
  for (const row of rows) session.result({ ...row });
  return done === rows.length ? 0 : 1;
}

/** `done 12 files, 3 review, 4 d`. */
function cellText({ now }: Session, cell: FleetCell | undefined): string {
  if (!cell) return '–';
  const { state, files, review, at } = cell;
  if (state === 'pending') return 'pending';
  const words = state === 'rolled-back' ? 'rolled back' : state === 'kept' ? 'gate failed' : 'done';
  const facts = [
    `${files} ${files === 1 ? 'file' : 'files'}`,
    ...(review ? [`${review} review`] : []),
    ...(at ? [age(at, now())] : []),
  ];
  return `${words} ${facts.join(', ')}`;
}

function age(at: string, now: Date): string {
  const hours = Math.max(0, Math.floor((now.getTime() - Date.parse(at)) / 3_600_000));
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}
