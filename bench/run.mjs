// Prints a table for each scenario: Reroute beside its peers on one target, in one run.
// `npm run bench -- --suite size,density,move,published --runs 3`; `--only jscodeshift` leaves out the other peers,
// `--files 2000` makes the first scenario smaller.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installPeers } from './install-peers.mjs';
import { measure } from './measure.mjs';
import { move, published, routers } from './scenarios.mjs';

const { values } = parseArgs({
  options: {
    suite: { type: 'string', default: 'routers' },
    files: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const runs = Number(values.runs);
const seed = Number(values.seed);
const repo = path.dirname(import.meta.dirname);

const SUITES = {
  routers: [() => routers({ files: Number(values.files), usages: 0.05, seed })],
  density: [0.01, 1].map((usages) => () => routers({ files: 10_000, usages, seed }, false)),
  size: [10_000, 40_000].map((files) => () => routers({ files, usages: 0.05, seed }, false)),
  move: [() => move({ importers: 3_000, seed })],
  published: ['three', 'rxjs', 'effect'].map((name) => () => published({ name })),
};

for (const suite of values.suite.split(',')) {
  if (!SUITES[suite]) throw new Error(`There is no suite ${suite}; there are ${Object.keys(SUITES).join(', ')}.`);
}
installPeers();
for (const suite of values.suite.split(',')) for (const scenario of SUITES[suite]) await time(scenario());

async function time({ title, make, contenders }) {
  const root = mkdtempSync(path.join(os.tmpdir(), 'reroute-bench-'));
  try {
    console.log(`\n## ${title}\n\n${make(root)}; median of ${runs} runs, where a run takes minutes one\n`);
    const chosen = contenders(root).filter(({ name }) => name.startsWith('reroute') || name.includes(values.only));
    const results = chosen.map(() => []);
    // One after the other in turn, so that a machine whose speed drifts treats all alike.
    for (let run = 0; run < runs; run++) {
      for (const [i, { name, command, once }] of chosen.entries()) {
        if (once && run > 0) continue;
        const result = await measure(command[0], command.slice(1), { cwd: repo, memory: once });
        // ast-grep says with 1 that it found something.
        if (result.code !== 0 && !(result.code === 1 && name.startsWith('ast-grep')))
          throw new Error(`${name} ended with ${result.code}:\n${result.output.slice(-4000)}`);
        results[i].push(result);
      }
    }
    const medians = results.map(median);
    const peaks = [];
    for (const [i, { command, once }] of chosen.entries())
      peaks.push(once ? results[i][0] : await measure(command[0], command.slice(1), { cwd: repo, memory: true }));
    console.log('| command | seconds | times reroute | peak memory, MB |\n|---|--:|--:|--:|');
    for (const [i, { name }] of chosen.entries()) {
      const { seconds } = medians[i];
      const { megabytes } = peaks[i];
      const memory = megabytes === undefined ? '–' : Math.round(megabytes);
      const ratio = seconds / medians[0].seconds;
      console.log(`| ${name} | ${seconds.toFixed(2)} | ${ratio.toFixed(ratio < 10 ? 1 : 0)} | ${memory} |`);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The middle one by time. */
function median(results) {
  return [...results].sort((a, b) => a.seconds - b.seconds)[Math.floor(results.length / 2)];
}
