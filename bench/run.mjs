// Prints a table: Reroute beside its peers on one generated target, in one run. `npm run bench -- --files 2000 --runs 3`;
// `--only jscodeshift` leaves out the other peers.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeTarget } from './make-target.mjs';
import { measure } from './measure.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const files = Number(values.files);
const runs = Number(values.runs);
const here = import.meta.dirname;
const repo = path.dirname(here);
const root = mkdtempSync(path.join(os.tmpdir(), 'reroute-bench-'));

function jscodeshift(...options) {
  const transform = path.join(here, 'peers/jscodeshift-transform.cjs');
  const fixed = ['-d', '-s', '-t', transform, '--extensions=ts', '--parser=ts', `--root=${root}`];
  return [path.join(repo, 'node_modules/.bin/jscodeshift'), ...fixed, ...options, path.join(root, 'src')];
}

/** The middle one by time, so that memory and time are of the same run. */
function median(results) {
  return [...results].sort((a, b) => a.seconds - b.seconds)[Math.floor(results.length / 2)];
}

try {
  const counts = makeTarget(root, { files, usages: 0.05, decoys: 0.05, seed: Number(values.seed) });
  console.log(
    `${files} files, ${counts.usages} with usages, ${counts.decoys} with decoys, seed ${values.seed}; median of ${runs} runs (ts-morph: one)\n`,
  );
  const contenders = [
    {
      name: 'reroute run --all --dry-run',
      command: [process.execPath, path.join(repo, 'dist/src/cli/main.js'), 'run', '--all', '--dry-run', root],
    },
    { name: 'jscodeshift CLI, untyped', command: jscodeshift() },
    { name: 'jscodeshift CLI, untyped, text prefilter', command: jscodeshift('--prefilter=true') },
    {
      name: 'ts-morph rename',
      command: [process.execPath, path.join(here, 'peers/ts-morph-rename.mjs'), root],
      // Minutes each: once is enough to see the order of magnitude.
      once: true,
    },
  ];
  const chosen = contenders.filter(({ name }) => name.startsWith('reroute') || name.includes(values.only));
  const results = chosen.map(() => []);
  // One after the other in turn, so that a machine whose speed drifts treats all alike.
  for (let run = 0; run < runs; run++) {
    for (const [i, { name, command, once }] of chosen.entries()) {
      if (once && run > 0) continue;
      const result = await measure(command[0], command.slice(1), { cwd: repo });
      if (result.code !== 0) throw new Error(`${name} ended with ${result.code}:\n${result.output.slice(-4000)}`);
      results[i].push(result);
    }
  }
  const medians = results.map(median);
  const own = medians[0];
  console.log('| command | seconds | times reroute | peak memory, MB |');
  console.log('|---|--:|--:|--:|');
  for (const [i, { name }] of chosen.entries()) {
    const { seconds, megabytes } = medians[i];
    const memory = megabytes === undefined ? '–' : Math.round(megabytes);
    console.log(`| ${name} | ${seconds.toFixed(2)} | ${(seconds / own.seconds).toFixed(1)} | ${memory} |`);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
