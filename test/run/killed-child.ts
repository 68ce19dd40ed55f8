/** Applies and finishes a phase, and kills its own process ahead of the effect whose number it is given. */
import fs from 'node:fs';
import type { FileChange } from '../../src/plan/file-change.ts';
import { applyChanges } from '../../src/run/apply.ts';
import { finishRun } from '../../src/run/finish.ts';
import { withLedger } from '../../src/run/with-ledger.ts';
import { countedDisk, tear } from './counted-disk.ts';
import { HEADING, NOW, recordOf } from './sample-target.ts';

const [root, changesFile, stopAt] = process.argv.slice(2) as [string, string, string];
const changes = JSON.parse(fs.readFileSync(changesFile, 'utf8')) as FileChange[];
const disk = countedDisk((effect) => {
  if (effect.n !== Number(stopAt)) return;
  tear(effect);
  process.kill(process.pid, 'SIGKILL');
});
await withLedger({ disk, root, command: 'child', now: NOW }, ({ ledger }) => {
  applyChanges({ disk, ledger, heading: HEADING, changes });
  finishRun(disk, ledger, recordOf(HEADING, root, changes));
});
fs.writeSync(1, String(disk.effects()));
