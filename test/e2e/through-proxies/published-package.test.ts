// @fastify/accept-negotiator 2.1.2 ships its own tests: a function and a class, its default, and `export =`. Its members get
// other names, a proxy takes its place, and those tests run on, unchanged.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { command, node, REPO, reroute } from '../command.ts';
import { NODES, nodeProgram } from './node-versions.ts';

// Many processes on few cores.
vi.setConfig({ testTimeout: 300_000 });

const PACKAGE = path.join(REPO, 'node_modules/@fastify/accept-negotiator');
const TESTS = ['test/negotiate.test.js', 'test/Negotiator.test.js'];

/** What replaces the package's module: the same code, with another order of parameters and another name of a member. */
const canonical = (old: string) =>
  old
    .replaceAll('Negotiator', 'ContentNegotiator')
    .replace('ContentNegotiator.prototype.negotiate', 'ContentNegotiator.prototype.select')
    .replace('function negotiate (header, supportedValues)', 'function preferred (supportedValues, header)')
    .replaceAll('negotiate(header, this.supportedValues)', 'preferred(this.supportedValues, header)')
    .replace(
      /module\.exports = [\s\S]*$/,
      'exports.preferred = preferred\nexports.ContentNegotiator = ContentNegotiator\n',
    );

const MANIFEST = `import { defineMigration } from 'reroute';
export default defineMigration({
  name: 'negotiator',
  fallback: true,
  canonical: {
    'negotiation.js': {
      ContentNegotiator: { replaces: ['index.js#Negotiator'], members: { negotiate: 'select' } },
      preferred: {
        replaces: ['index.js#negotiate', 'index.js#default'],
        members: { '(header, supportedValues)': '(supportedValues, header)' },
      },
    },
  },
  phases: [{ name: 'consolidate', steps: ['proxies'] }],
  // It has no types of its own to check: no compiler knows of a class that is called without new.
  gates: ['node --test ${TESTS.join(' ')}'],
});
`;

/** The same module as an ES module: only what it exports is said otherwise. */
const asModule = (text: string) =>
  text
    .replace("'use strict'\n", '')
    .replace(/module\.exports = negotiate\n[\s\S]*$/, 'export default negotiate\nexport { negotiate, Negotiator }\n')
    .replace(/exports\.preferred = [\s\S]*$/, 'export { preferred, ContentNegotiator }\n');

/** A test as an ES module: `require` lines become `import` lines, every other line stays. */
const asModuleTest = (text: string) =>
  text
    .replace("'use strict'\n", '')
    .replace(/^const (\w+) = require\('(\.[^']*)'\)\.\1$/gm, "import { $1 } from '$2.js'")
    .replace(/^const (\w+) = require\('(\.[^']*)'\)$/gm, "import $1 from '$2.js'")
    .replace(/^const (\{ \w+ \}) = require\(('[^']*')\)$/gm, 'import $1 from $2')
    .replace(/^module\.exports = /m, 'export default ');

const folders: Record<'commonjs' | 'module' | 'imported', string> = { commonjs: '', module: '', imported: '' };
let folder: string;
let passing: number;

const read = (root: string, file: string) => readFileSync(path.join(root, file), 'utf8');
const write = (root: string, file: string, text: string) => writeFileSync(path.join(root, file), text);

function stage(name: keyof typeof folders): string {
  const root = path.join(folder, name);
  cpSync(PACKAGE, root, { recursive: true });
  mkdirSync(path.join(root, 'node_modules/@matteo.collina'), { recursive: true });
  symlinkSync(REPO, path.join(root, 'node_modules/reroute'), 'junction');
  const tspl = 'node_modules/@matteo.collina/tspl';
  symlinkSync(path.join(REPO, tspl), path.join(root, tspl), 'junction');
  write(root, 'negotiation.js', canonical(read(root, 'index.js')));
  write(root, 'reroute.config.ts', MANIFEST);
  if (name === 'commonjs') return root;
  for (const file of [...TESTS, 'test/testCases.js']) write(root, file, asModuleTest(read(root, file)));
  if (name === 'module') {
    for (const file of ['index.js', 'negotiation.js']) write(root, file, asModule(read(root, file)));
    write(root, 'package.json', read(root, 'package.json').replace('"type": "commonjs"', '"type": "module"'));
  } else write(root, 'test/package.json', '{ "type": "module" }');
  return root;
}

const passed = (stdout: string) => Number(/^# pass (\d+)$/m.exec(stdout)?.[1] ?? 0);
const suite = ['--test', '--test-reporter=tap', ...TESTS];

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'reroute-published-')));
  folders.commonjs = stage('commonjs');
  folders.module = stage('module');
  const before = await node({ cwd: folders.commonjs }, ...suite);
  passing = passed(before.stdout);
  expect(before.exit).toBe(0);
  for (const name of ['commonjs', 'module'] as const) {
    const run = await reroute({ cwd: folders[name] }, 'run', 'consolidate');
    expect(run, run.stdout).toMatchObject({ exit: 0, stderr: '' });
    expect(read(folders[name], 'index.js')).toContain('@generated by Reroute');
  }
  // ES modules that import the CommonJS proxy.
  folders.imported = stage('imported');
  for (const file of ['index.js', 'index.legacy.js']) write(folders.imported, file, read(folders.commonjs, file));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the tests of the package are its own, but for `import` lines where they are ES modules', () => {
  expect(passing).toBeGreaterThan(80);
  for (const file of [...TESTS, 'test/testCases.js']) {
    const own = readFileSync(path.join(PACKAGE, file), 'utf8');
    expect(read(folders.commonjs, file)).toBe(own);
    const kept = (text: string) =>
      text
        .split('\n')
        .filter((line) => !/^(?:import |export default |'use strict'|.*= require\(|module\.exports = )/.test(line));
    expect(kept(read(folders.module, file)).join('\n').trim()).toBe(kept(own).join('\n').trim());
  }
});

for (const version of NODES) {
  test.for([
    ['CommonJS', 'commonjs'],
    ['ES modules', 'module'],
    ['ES modules that import CommonJS', 'imported'],
  ] as const)(`on ${version} they pass through the proxy: %s`, async ([, name], context) => {
    await passes(nodeProgram(version, context), name, {});
  });

  test.for(['commonjs', 'module'] as const)(
    `on ${version} they pass with the old implementation, rolled back at start: %s`,
    async (name, context) => {
      await passes(nodeProgram(version, context), name, { REROUTE_FALLBACK: 'index' });
    },
  );
}

async function passes(program: string, name: keyof typeof folders, env: Record<string, string>): Promise<void> {
  const ran = await command({ cwd: folders[name], env }, program, ...suite);
  expect({ exit: ran.exit, passed: passed(ran.stdout) }, ran.stdout + ran.stderr).toEqual({ exit: 0, passed: passing });
  const isOld = env.REROUTE_FALLBACK !== undefined;
  const said = ran.stdout + ran.stderr;
  expect(said.includes('index.js hands out its old implementation')).toBe(isOld);
  expect(said.includes('negotiate is deprecated')).toBe(!isOld);
}
