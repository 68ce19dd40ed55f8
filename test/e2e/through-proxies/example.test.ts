// The tests of examples/chat-backend, unchanged, through the proxies that `consolidate` makes and nothing else: as ES
// modules, and with the application compiled to CommonJS.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { command, node, REPO, reroute } from '../command.ts';
import { type StagedExample, stageExample } from '../staged-example.ts';
import { treeOf } from '../tree.ts';
import { NODES, nodeProgram } from './node-versions.ts';

// Many processes on few cores.
vi.setConfig({ testTimeout: 300_000 });

/** These replace ES modules of the application by others (`vi.mock`); a `require` inside of it asks nobody. */
const MOCKING = [
  'test/integration/control_channel.test.ts',
  'test/unit/notifications/notifier.test.ts',
  'test/unit/services/socket_session.test.ts',
];

let example: StagedExample;
let compiled: string;
let before: { readonly modules: Results; readonly commonjs: Results };

beforeAll(async () => {
  example = await stageExample();
  const { root, manifest } = example;
  const tests = treeOf(path.join(root, 'test'));
  compiled = path.join(root, 'commonjs');
  await compile();
  before = {
    modules: await results(process.execPath, 'modules'),
    commonjs: await results(process.execPath, 'commonjs'),
  };
  const run = await reroute({ cwd: root }, 'run', 'consolidate', '--config', manifest);
  expect(run, run.stdout).toMatchObject({ exit: 0, stderr: '' });
  await compile();
  expect(treeOf(path.join(root, 'test'))).toEqual(tests);
  expect(treeOf(path.join(compiled, 'test'))).toEqual(tests);
}, 300_000);
afterAll(() => example.remove());

/** The application in CommonJS, as tsc compiles it, beside a copy of its tests. */
async function compile(): Promise<void> {
  const { root } = example;
  rmSync(compiled, { recursive: true, force: true });
  cpSync(path.join(root, 'test'), path.join(compiled, 'test'), { recursive: true });
  cpSync(path.join(root, 'package.json'), path.join(compiled, 'package.json'));
  writeFileSync(
    path.join(root, 'tsconfig.commonjs.json'),
    JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: { module: 'commonjs', noEmit: false, checkJs: false, rootDir: 'src', outDir: 'commonjs/src' },
      include: ['src'],
    }),
  );
  const tsc = path.join(REPO, 'node_modules/typescript/bin/tsc');
  const { exit, stdout } = await node({ cwd: root }, tsc, '-p', 'tsconfig.commonjs.json');
  expect(exit, stdout).toBe(0);
  writeFileSync(path.join(compiled, 'src/package.json'), '{ "type": "commonjs" }');
  // Node knows no alias.
  for (const file of readdirSync(path.join(compiled, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js')) continue;
    const absolute = path.join(compiled, 'src', file);
    const up = path.posix.relative(path.posix.dirname(file), '.') || '.';
    writeFileSync(absolute, readFileSync(absolute, 'utf8').replaceAll(/require\("@\//g, `require("./${up}/`));
  }
  writeFileSync(
    path.join(compiled, 'vitest.config.mjs'),
    `import { fileURLToPath } from 'node:url';
export default {
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: {
    include: ['test/**/*.test.ts'],
    restoreMocks: true,
    server: { deps: { external: [/commonjs\\/src\\//] } },
  },
};
`,
  );
}

interface Results {
  readonly exit: number;
  /** By file and name: how each test ended. */
  readonly tests: Readonly<Record<string, string>>;
  /** What the processes said beside that. */
  readonly said: string;
}

/** One process for all files: with one for each, starting them takes longer than the tests. Files that mock are alone. */
async function results(program: string, format: 'modules' | 'commonjs'): Promise<Results> {
  const rest = await vitest(program, format, ['--no-isolate', ...MOCKING.map((file) => `--exclude=${file}`)]);
  if (format === 'commonjs') return rest;
  const mocking = await vitest(program, format, MOCKING);
  return {
    exit: Math.max(rest.exit, mocking.exit),
    tests: { ...rest.tests, ...mocking.tests },
    said: rest.said + mocking.said,
  };
}

async function vitest(program: string, format: 'modules' | 'commonjs', args: readonly string[]): Promise<Results> {
  const root = format === 'modules' ? example.root : compiled;
  const main = path.join(REPO, 'node_modules/vitest/vitest.mjs');
  const report = path.join(root, 'results.json');
  const flags = ['run', '--pool=threads', '--reporter=json', `--outputFile=${report}`, ...args];
  const { exit, stdout, stderr } = await command({ cwd: root }, program, main, ...flags);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
  };
  rmSync(report);
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => [`${path.relative(root, name)} ${fullName}`, status] as const),
  );
  return { exit, tests: Object.fromEntries(tests), said: stdout + stderr };
}

const failed = (tests: Results['tests']) => Object.keys(tests).filter((name) => tests[name] !== 'passed');

test('all of them pass before the migration, without a warning', () => {
  for (const { exit, tests, said } of [before.modules, before.commonjs]) {
    expect({ exit, failed: failed(tests) }, said).toEqual({ exit: 0, failed: [] });
    expect(said).not.toContain('is deprecated');
  }
  expect(Object.keys(before.commonjs.tests).length).toBeGreaterThan(80);
  expect(
    Object.keys(before.modules.tests).filter((name) => MOCKING.some((file) => name.startsWith(file))),
  ).toHaveLength(Object.keys(before.modules.tests).length - Object.keys(before.commonjs.tests).length);
});

for (const version of NODES) {
  test.for(['modules', 'commonjs'] as const)(
    `they pass through the proxies on ${version}: %s`,
    async (format, context) => {
      const program = nodeProgram(version, context);
      const { exit, tests, said } = await results(program, format);
      expect({ exit, failed: failed(tests) }, said).toEqual({ exit: 0, failed: [] });
      expect(tests).toEqual(before[format].tests);
      expect(said).toContain('register_handler is deprecated');
    },
  );
}
