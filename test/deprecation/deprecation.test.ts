import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runtimePackage } from '../proxy/proxy-target.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'reroute-deprecation-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PROXY = `
import { adoptInstances, deprecate, installMembers, usage } from '${runtimePackage()}/deprecation/index.js';
export { adoptInstances, deprecate, installMembers, usage };
const notice = deprecate({ id: 'old.js#old', name: 'old', replacement: 'fresh(a)', code: 'REROUTE_TEST' });
export function old(a) { if (++notice.calls >= notice.next) notice.look(); return a; }
`;

let count = 0;
function node(flags: readonly string[], script: string) {
  const dir = path.join(folder, String(count++));
  const file = `${dir}-run.mjs`;
  writeFileSync(`${dir}-proxy.mjs`, PROXY);
  writeFileSync(
    file,
    `import { adoptInstances, deprecate, installMembers, old, usage } from '${dir}-proxy.mjs';\n${script}`,
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, file], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return { status, stdout, stderr, file };
}

const TWO_SITES =
  'for (let i = 0; i < 5; i++) old(i);\nold(9);\nconsole.log(JSON.stringify(usage().deprecations.map(({ id, count, sites }) => [id, count, sites.length])));\n';

test('a call site is warned about once, with the place, the replacement and the code', () => {
  const { stderr, stdout, file } = node([], TWO_SITES);
  const lines = stderr
    .trim()
    .split('\n')
    .filter((line) => !line.includes('--trace-deprecation'));
  expect(lines.map((line) => line.replace(/^\(node:\d+\) /, ''))).toEqual([
    '[REROUTE_TEST] DeprecationWarning: old is deprecated',
    `Called at file://${file}:2:29`,
    'Use fresh(a)',
    '[REROUTE_TEST] DeprecationWarning: old is deprecated',
    `Called at file://${file}:3:1`,
    'Use fresh(a)',
  ]);
  expect(stdout).toBe('[["old.js#old",6,2]]\n');
});

test.each([['--no-deprecation'], ['--disable-warning=REROUTE_TEST'], ['--no-warnings']])(
  '%s silences warnings, and calls are counted all the same',
  (flag) => {
    expect(node([flag], TWO_SITES)).toMatchObject({ status: 0, stderr: '', stdout: '[["old.js#old",6,2]]\n' });
  },
);

test('--throw-deprecation makes the first use an error', () => {
  const { status, stderr } = node(['--throw-deprecation'], TWO_SITES);
  expect(status).toBe(1);
  expect(stderr).toMatch(/DeprecationWarning: old is deprecated[\s\S]*code: 'REROUTE_TEST'/);
});

test('--trace-deprecation shows where the call is, without the frames of the run-time part', () => {
  const { stderr, file } = node(['--trace-deprecation'], 'old(1);\n');
  expect(stderr).toContain(`${file}:2:1`);
  expect(stderr).not.toContain('deprecate.js');
});

test('every call is counted, and a call site that comes late is still found by the sample', () => {
  const { stdout } = node(
    ['--no-deprecation'],
    'for (let i = 0; i < 1000; i++) old(i);\nfor (let i = 0; i < 1_000_000; i++) old(i);\nconst [{ count, sites, truncated }] = usage().deprecations;\nconsole.log(count, sites.length, truncated);\n',
  );
  expect(stdout).toBe('1001000 2 true\n');
});

test('it runs without process, through console.warn', () => {
  const { stdout, stderr } = node(
    [],
    'const said = [];\nconst real = console.log;\nconsole.warn = (text) => said.push(text);\nconst { process } = globalThis;\ndelete globalThis.process;\nold(1);\nglobalThis.process = process;\nreal(said.join());\n',
  );
  expect(stderr).toBe('');
  expect(stdout).toMatch(
    /^\[REROUTE_TEST\] DeprecationWarning: old is deprecated\nCalled at file:.*\nUse fresh\(a\)\n$/,
  );
});

test('it runs where the engine has no captureStackTrace', () => {
  const { stdout } = node(
    ['--no-deprecation'],
    'delete Error.captureStackTrace;\nfunction member() { return old(1); }\nmember();\nconsole.log(usage().deprecations[0].sites[0].site);\n',
  );
  expect(stdout).toMatch(/-run\.mjs:3:28\n$/);
});

test("an application's own prepareStackTrace and stackTraceLimit are kept, and do not disturb", () => {
  const { stdout } = node(
    ['--no-deprecation'],
    'const prepare = () => ({});\nError.prepareStackTrace = prepare;\nError.stackTraceLimit = 0;\nold(1);\nconsole.log(Error.prepareStackTrace === prepare, Error.stackTraceLimit, /run\\.mjs:5:1$/.test(usage().deprecations[0].sites[0].site));\n',
  );
  expect(stdout).toBe('true 0 true\n');
});

test('two copies of the run-time part have one registry', () => {
  const { stdout, stderr } = node(
    [],
    `const other = await import('${runtimePackage()}/deprecation/deprecate.js?copy');
const notice = other.deprecate({ id: 'old.js#old', name: 'old', replacement: 'fresh(a)', code: 'REROUTE_TEST' });
function old2() { if (++notice.calls >= notice.next) notice.look(); }
for (const call of [old, old2]) call();
console.log(usage().deprecations[0].count);
`,
  );
  expect(stdout).toBe('2\n');
  expect(stderr.match(/DeprecationWarning/g)).toHaveLength(1);
});

test('two proxies that disagree on one id fail when they are loaded', () => {
  const { status, stderr } = node(
    [],
    "deprecate({ id: 'old.js#old', name: 'old', replacement: 'other()', code: 'X' });\n",
  );
  expect(status).toBe(1);
  expect(stderr).toContain('Two proxies disagree on old.js#old: "fresh(a)" and "other()"');
});

test('members are installed once, not enumerable, statics too, and never over a canonical member', () => {
  const { stdout } = node(
    [],
    `class Canonical { kept() { return 'kept'; } static make() { return new Canonical(); } }
class One extends Canonical { gone() { return 1; } get size() { return 2; } static build() { return 3; } }
class Two extends Canonical { gone() { return 'second'; } }
class Bad extends Canonical { kept() { return 'hidden'; } }
const installed = installMembers(Canonical, One);
installMembers(Canonical, Two);
const it = Canonical.make();
let refused = '';
try { installMembers(Canonical, Bad); } catch (error) { refused = error.message; }
const seen = []; for (const key in it) seen.push(key);
console.log(JSON.stringify([installed === Canonical, it.gone(), it.size, Canonical.build(), Object.keys(Canonical), seen, it.kept(), refused]));
`,
  );
  expect(JSON.parse(stdout)).toEqual([
    true,
    1,
    2,
    3,
    [],
    [],
    'kept',
    expect.stringContaining('Canonical has a member kept of its own'),
  ]);
});

test('an adapter has every canonical instance, a subclass of it only its own', () => {
  const { stdout } = node(
    [],
    'class C {}\nclass Old extends C {}\nclass Sub extends Old {}\nadoptInstances(Old, C);\nconsole.log(new C() instanceof Old, new Old() instanceof C, new C() instanceof Sub, new Sub() instanceof Old, null instanceof Old);\n',
  );
  expect(stdout).toBe('true true false true false\n');
});
