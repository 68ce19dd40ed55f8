// Prints what proxies cost at run time: per call, and to load. `npm run bench:deprecation -- --rounds 9`
// Every figure is a median over processes that run in turn, so that a machine whose speed drifts treats all alike.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installPeers } from '../install-peers.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const rounds = Number(values.rounds);
const here = import.meta.dirname;
const PROXIES = 300;

const METHODS = [
  ['members proxy', 'direct method'],
  ['ES Proxy', 'direct method'],
];
const FUNCTIONS = ['function proxy', 're-export', 'util.deprecate', 'depd'].map((name) => [name, 'direct function']);
const ADDED = [...METHODS.slice(0, 1), ...FUNCTIONS, ...METHODS.slice(1)];
const MODES = { inlined: [], 'not inlined': ['--no-turbo-inlining'] };

installPeers();
printCalls();
printLoading();

function printCalls() {
  console.log(`\n## Added to a forwarded call after the first warning, nanoseconds\n`);
  console.log(`Node ${process.versions.node}; medians of ${rounds} processes each, in turn\n`);
  const names = [...new Set(ADDED.flat())];
  const medians = Object.values(MODES).map((flags) => {
    const times = new Map(names.map((name) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const name of names) times.get(name).push(child(flags, 'calls.mjs', name).nanoseconds);
    }
    return new Map([...times].map(([name, all]) => [name, median(all)]));
  });
  console.log(`| form | ${Object.keys(MODES).join(' | ')} |\n|---|${'--:|'.repeat(medians.length)}`);
  for (const [name, base] of ADDED) {
    const cells = medians.map((all) => (all.get(name) - all.get(base)).toFixed(2));
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
}

function printLoading() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'reroute-bench-'));
  try {
    const [proxies, bare] = [true, false].map((isProxy) => makeModules(path.join(folder, String(isProxy)), isProxy));
    const [slow, fast] = [[], []];
    for (let round = 0; round < rounds; round++) {
      slow.push(child([], 'loading.mjs', proxies).milliseconds);
      fast.push(child([], 'loading.mjs', bare).milliseconds);
    }
    const [a, b] = [median(slow), median(fast)];
    console.log(`\n## Loading ${PROXIES} proxies\n`);
    console.log(
      `${a.toFixed(1)} ms, bare re-exports ${b.toFixed(1)} ms: ${((a - b) / PROXIES).toFixed(3)} ms more each\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Modules as they are generated for the members form, or bare re-exports of the same classes. */
function makeModules(folder, isProxy) {
  mkdirSync(folder, { recursive: true });
  const runtime = path.join(here, '../../dist/src/deprecation/index.js');
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  const index = [];
  for (let i = 0; i < PROXIES; i++) {
    index.push(`export * as m${i} from './old${i}.js';`);
    writeFileSync(
      path.join(folder, `new${i}.js`),
      `export class Router${i} {\n  add(a, b) {\n    return a + b;\n  }\n}\n`,
    );
    const notices = ['add_one', 'add_two', 'add_three'].map(
      (name) =>
        `const notice_${name} = deprecate({\n  id: 'src/new${i}.js#Router${i}.${name}',\n  name: 'Router${i}.${name}',\n  replacement: 'add',\n  code: 'REROUTE_BENCH_${i}',\n});\n`,
    );
    const members = ['add_one', 'add_two', 'add_three'].map(
      (name) =>
        `  ${name}(a, b) {\n    if (++notice_${name}.calls >= notice_${name}.next) notice_${name}.look();\n    return this.add(a, b);\n  }\n`,
    );
    writeFileSync(
      path.join(folder, `old${i}.js`),
      isProxy
        ? `import { deprecate, installMembers } from '${runtime}';\nimport { Router${i} as Canonical } from './new${i}.js';\n\n${notices.join('\n')}\nclass Legacy extends Canonical {\n${members.join('\n')}}\n\nexport const Router${i} = installMembers(Canonical, Legacy);\n`
        : `export { Router${i} } from './new${i}.js';\n`,
    );
  }
  writeFileSync(path.join(folder, 'index.js'), `${index.join('\n')}\n`);
  return folder;
}

function child(flags, script, argument) {
  const args = ['--no-deprecation', ...flags, path.join(here, script), argument];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

function median(all) {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
}
