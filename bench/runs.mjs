// Prints what a run costs beside what cannot be saved: journaled writes and rollback of many files, and fleets.
// `npm run bench:runs -- --files 1000 --targets 20,200 --runs 3 --only journal`
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { applyChanges } from '../dist/src/run/apply.js';
import { nodeDisk } from '../dist/src/run/disk.js';
import { finishRun } from '../dist/src/run/finish.js';
import { rollback } from '../dist/src/run/rollback.js';
import { withLedger } from '../dist/src/run/with-ledger.js';
import { measure } from './measure.mjs';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '1000' },
    targets: { type: 'string', default: '20,200' },
    runs: { type: 'string', default: '3' },
    only: { type: 'string', default: 'journal,fleet' },
    // Where the files are: a folder on the disk that is of interest.
    folder: { type: 'string', default: os.tmpdir() },
  },
});
const repo = path.dirname(import.meta.dirname);
const only = values.only.split(',');
if (only.includes('journal')) await journal(Number(values.files), Number(values.runs));
if (only.includes('fleet')) await fleet(values.targets.split(',').map(Number));

async function journal(files, runs) {
  const rows = { plain: [], journaled: [], rollback: [] };
  for (let run = 0; run < runs; run++) {
    // In turn, so that a machine whose speed drifts treats all alike.
    rows.plain.push(inFolder((root) => plainLoop(makeFiles(root, files))));
    const [journaled, undone] = await inFolder((root) => journaledPhase(root, makeFiles(root, files)));
    rows.journaled.push(journaled);
    rows.rollback.push(undone);
  }
  const plain = median(rows.plain);
  const row = (name, seconds, goal) =>
    console.log(`| ${name} | ${seconds.toFixed(2)} | ${(seconds / plain).toFixed(1)} | ${goal} |`);
  console.log(`\n## ${files} files of 4 KiB in 40 folders; median of ${runs}\n`);
  console.log('| what | seconds | times the plain loop | goal |\n|---|--:|--:|---|');
  row('writeFile and fsync in a loop', plain, '');
  row('journaled write, all or none', median(rows.journaled), '≤ 3 times');
  row('rollback', median(rows.rollback), '≤ 1 s');
}

function inFolder(act) {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(values.folder, 'reroute-bench-')));
  const clean = () => fs.rmSync(root, { recursive: true, force: true });
  const result = act(root);
  if (!(result instanceof Promise)) clean();
  return result instanceof Promise ? result.finally(clean) : result;
}

/** Files on disk, and their changes. */
function makeFiles(root, files) {
  const line = '// What stands here is made, not written, and is as long as a file of a usual program.\n';
  const changes = [];
  for (let n = 0; n < files; n++) {
    const file = `src/area${n % 40}/module${n}.ts`;
    const before = `import { old } from '../old';\n${`${n} ${line}`.repeat(45)}`;
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), before);
    changes.push({
      file,
      kind: 'modify',
      before,
      after: before.replace('old', 'canonical'),
      bom: false,
      edits: [],
      step: 'imports',
    });
  }
  fs.rmSync(path.join(root, '.reroute'), { recursive: true, force: true });
  execFileSync('sync', ['-f', root]);
  return { root, changes };
}

function plainLoop({ root, changes }) {
  return seconds(() => {
    for (const { file, after } of changes) {
      const fd = fs.openSync(path.join(root, file), 'w');
      fs.writeFileSync(fd, after);
      fs.fsyncSync(fd);
      fs.closeSync(fd);
    }
  });
}

async function journaledPhase(target, { root, changes }) {
  const now = new Date();
  const heading = {
    run: 'run-bench',
    phase: 'production',
    migration: 'bench',
    hash: '0123456789ab',
    at: now.toISOString(),
  };
  const record = {
    id: heading.run,
    migration: { name: 'bench', hash: heading.hash },
    target,
    phase: heading.phase,
    startedAt: heading.at,
    finishedAt: heading.at,
    dryRun: false,
    status: 'done',
    changes,
    outcomes: [],
    skipped: [],
    gates: [],
    account: { found: 0, edited: 0, review: 0, left: 0 },
  };
  const options = { disk: nodeDisk, root, command: 'bench', now };
  const timed = (act) => withLedger(options, ({ ledger }) => seconds(() => act(ledger)));
  const journaled = await timed((ledger) => {
    applyChanges({ disk: nodeDisk, ledger, heading, changes });
    finishRun(nodeDisk, ledger, record);
  });
  for (const { file, after } of changes)
    if (fs.readFileSync(path.join(root, file), 'utf8') !== after) throw new Error(`${file} was not written`);
  const undone = await timed((ledger) => rollback({ disk: nodeDisk, ledger, what: 'all', migration: 'bench', now }));
  for (const { file, before } of changes)
    if (fs.readFileSync(path.join(root, file), 'utf8') !== before) throw new Error(`${file} was not restored`);
  return [journaled, undone];
}

async function fleet(sizes) {
  console.log('\n## Fleets: a phase on each target, 12 files edited in each\n');
  console.log('| targets | jobs | seconds | targets a second | peak memory, MB |\n|--:|--:|--:|--:|--:|');
  const measured = [];
  for (const [targets, jobs] of [...sizes.map((size) => [size, 2]), [sizes[0], 1]]) {
    const { seconds: took, megabytes } = await inFolder((root) => runFleet(root, targets, jobs));
    measured.push({ targets, jobs, rate: targets / took, megabytes });
    const memory = megabytes === undefined ? '–' : Math.round(megabytes);
    console.log(`| ${targets} | ${jobs} | ${took.toFixed(1)} | ${(targets / took).toFixed(2)} | ${memory} |`);
  }
  const [small, large, alone] = [measured[0], measured[sizes.length - 1], measured.at(-1)];
  if (small.megabytes !== undefined)
    console.log(
      `\nMemory of ${large.targets} targets: ${(large.megabytes / small.megabytes).toFixed(2)} times that of ${small.targets} (goal ≤ 1.2)`,
    );
  console.log(
    `Two workers: ${(small.rate / alone.rate).toFixed(2)} times one (goal ≥ 1.7; ${os.availableParallelism()} cores, load ${os.loadavg()[0].toFixed(1)})`,
  );
}

async function runFleet(root, targets, jobs) {
  const write = (file, text) => {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
  };
  write('fleet.json', JSON.stringify({ manifest: 'reroute.config.ts', targets: ['targets/*'] }));
  write(
    'reroute.config.ts',
    `import { defineMigration } from 'reroute';
export default defineMigration({
  name: 'bench',
  canonical: { 'src/router.ts': { Router: { replaces: ['src/old.ts#OldRouter'], members: { register: 'addHandler' } } } },
  phases: [{ name: 'production', files: ['src/**'], steps: ['imports', 'members'] }],
  gates: ['types'],
});
`,
  );
  const options = { strict: true, module: 'esnext', moduleResolution: 'bundler', noEmit: true, types: [] };
  for (let n = 0; n < targets; n++) {
    const at = (file) => `targets/t${n}/${file}`;
    write(at('package.json'), JSON.stringify({ name: `t${n}`, private: true, type: 'module' }));
    write(at('tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['src'] }));
    write(
      at('src/router.ts'),
      'export class Router {\n  addHandler(handler: () => void): void {\n    handler();\n  }\n}\n',
    );
    write(
      at('src/old.ts'),
      'export class OldRouter {\n  register(handler: () => void): void {\n    handler();\n  }\n}\n',
    );
    for (let i = 0; i < 12; i++)
      write(
        at(`src/use${i}.ts`),
        `import { OldRouter } from './old';\nnew OldRouter().register(() => console.log(${i}));\n`,
      );
  }
  const main = path.join(repo, 'dist/src/cli/main.js');
  const result = await measure(process.execPath, [main, 'fleet', 'run', 'production', '--jobs', String(jobs)], {
    cwd: root,
    memory: true,
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (result.code !== 0) throw new Error(`fleet run ended with ${result.code}:\n${result.output.slice(-3000)}`);
  return result;
}

function seconds(act) {
  const start = process.hrtime.bigint();
  act();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function median(all) {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
}
