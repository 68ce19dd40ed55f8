import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { nearestName } from '../manifest/nearest-name.ts';
import { buildReport } from '../report/build-report.ts';
import { renderText } from '../report/text.ts';
import { nodeDisk } from '../run/disk.ts';
import { runRecords } from '../run/history.ts';
import type { Ledger } from '../run/ledger.ts';
import type { RunRecord } from '../run/run-record.ts';
import { readLedger } from '../run/with-ledger.ts';
import type { Command } from './command.ts';
import { UsageError } from './errors.ts';
import { type CommonArguments, TARGETS } from './options.ts';
import { textReader } from './read-text.ts';
import { namedTargets } from './targets.ts';
import { writeNamed } from './write-inside.ts';
import { FORMATS } from './write-reports.ts';

interface ReportArguments extends CommonArguments {
  readonly targets: string[] | undefined;
  readonly run: string | undefined;
  readonly all: boolean | undefined;
  readonly format: keyof typeof FORMATS | undefined;
  readonly out: string | undefined;
}

export const reportCommand: Command<ReportArguments> = {
  command: 'report [targets..]',
  describe: 'Show a run again: every edit with its proof, what is left to review',
  builder: (yargs) =>
    yargs
      .positional('targets', TARGETS)
      .option('run', {
        type: 'string',
        requiresArg: true,
        describe: 'The id of a run; the latest when left out',
        group: 'Input:',
      })
      .option('all', {
        type: 'boolean',
        describe: 'All runs that stand in the target, as one report',
        group: 'Input:',
        conflicts: 'run',
      })
      .option('format', {
        choices: Object.keys(FORMATS) as (keyof typeof FORMATS)[],
        describe: 'text when left out; json with --json',
        group: 'Output:',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'A file to write it to, instead of stdout',
        group: 'Output:',
      })
      .example('$0 report', 'the latest run, in full')
      .example('$0 report --format html --out report.html', 'the page for a reviewer')
      .example('$0 report --format patch | git apply -R', 'undo by patch, where the ledger is not at hand'),
  run: async (session, args) => {
    const targets = namedTargets(session, args.targets);
    if (targets.length > 1)
      throw new UsageError('A report is of one target; run the command once for each.', 'reroute report --help');
    const [root] = targets as [string];
    const { ledger } = await readLedger({
      disk: nodeDisk,
      root,
      command: 'reroute report',
      now: session.now(),
      onRecovered: ({ sentence }) => session.notice(sentence),
    });
    const model = buildReport(wantedRecords(ledger, args), { version: session.version, readText: textReader(root) });
    const format = args.format ?? (args.json ? 'json' : 'text');
    const text =
      format === 'text' && args.out === undefined
        ? renderText(model, { palette: session.palette, detail: 'full' })
        : FORMATS[format](model);
    if (args.out === undefined) {
      session.printRaw(text);
      return 0;
    }
    const file = path.resolve(session.cwd, args.out);
    writeNamed(file, text);
    session.print(`Wrote ${file}`);
    session.result({ target: root, format, file });
    return 0;
  },
};

function wantedRecords(ledger: Ledger, { run, all }: ReportArguments): readonly RunRecord[] {
  const ids = ledger.runs().map(({ id }) => id);
  const records = all
    ? runRecords(nodeDisk, ledger).filter(({ status }) => status !== 'failed' && status !== 'rolled-back')
    : latest(ledger, run === undefined ? ids.toReversed() : [run]);
  if (records.length > 0) return records;
  if (run !== undefined) {
    throw new RerouteError({
      code: 'REPORT_UNKNOWN_RUN',
      message: `This target has no run "${run}" with a record.`,
      where: { file: ledger.folder },
      details: ids.slice(-10),
      next: ids.length > 0 ? `reroute report --run ${nearestName(run, ids) ?? ids.at(-1)}` : 'reroute run <phase>',
    });
  }
  throw new RerouteError({
    code: 'REPORT_NO_RUN',
    message:
      ids.length > 0
        ? 'No run stands in this target: all failed or were rolled back.'
        : 'Nothing has run in this target yet.',
    where: { file: ledger.folder },
    next: ids.length > 0 ? `reroute report --run ${ids.at(-1)}` : 'reroute run <phase>',
  });
}

/** The first run of these that has a record: one that was stopped in the middle has none. */
function latest(ledger: Ledger, ids: readonly string[]): readonly RunRecord[] {
  for (const id of ids) {
    const records = runRecords(nodeDisk, ledger, id);
    if (records.length > 0) return records;
  }
  return [];
}
