import { runTarget } from '../fleet/run-target.ts';
import { fleetTask } from '../fleet/task.ts';
import type { FromWorker, ToWorker } from '../fleet/workers.ts';
import { buildReport } from '../report/build-report.ts';
import { version } from './help.ts';
import { progressWords } from './progress-line.ts';
import { textReader } from './read-text.ts';
import { reportPlace, writeReports } from './write-reports.ts';

/** The process that `fleet run` starts for its targets: one task after another, until nobody sends any. */
const stop = new AbortController();
// Ctrl-C reaches the whole group; the command itself says when to stop.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());

const tell = (message: FromWorker): void => void process.send?.(message, undefined, undefined, () => {});

process.on('message', async (message: ToWorker) => {
  if (message === 'stop') {
    stop.abort();
    return;
  }
  const result = await runTarget(fleetTask.parse(message.task), {
    now: () => new Date(),
    signal: stop.signal,
    onProgress: (event) => tell({ progress: progressWords(event) }),
    reportPlace: (first, several) => reportPlace(first.id, several),
    writeReport: (records, root) =>
      writeReports(buildReport(records, { version: version(), readText: textReader(root) })).html,
  });
  tell({ result });
});
