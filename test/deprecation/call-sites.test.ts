import { describe, expect, test } from 'vitest';
import { Application } from './application.ts';

const SITES = `\nconst [{ sites }] = usage().deprecations;\nfor (const { site, package: owner } of sites) console.log(site.replace(root, '').replace(/^file:\\/\\//, ''), owner ?? '-');\n`;
const head = (application: Application) =>
  `import { usage } from 'reroute/deprecation';\nimport { old } from './core/old.js';\nconst root = '${application.root}';\n`;

/** The sites of a program that begins in line 4, one a line, with the package. */
function sitesOf(body: string, files: Readonly<Record<string, string>> = {}, flags: readonly string[] = []): string[] {
  const application = new Application(files);
  application.write({ 'app.js': `${head(application)}${body}${SITES}` });
  const { stdout, stderr } = application.run('app.js', { flags: ['--no-deprecation', ...flags] });
  expect(stderr).toBe('');
  return stdout.trimEnd().split('\n');
}

describe('who called', () => {
  test.each([
    ['a call', 'old(1);', '/app.js:4:1 -'],
    [
      'a call in an async function, after it waited',
      'async function f() {\n  await null;\n  old(1);\n}\nawait f();',
      '/app.js:6:3 -',
    ],
    ['a callback of a native function', '[1].forEach(old);', '/app.js:4:5 -'],
    [
      'a callback of a native function, in a method',
      'class A { go() { return [1].map(old); } }\nnew A().go();',
      '/app.js:4:29 -',
    ],
    ['a promise that settles', 'await Promise.resolve(1).then((value) => old(value));', '/app.js:4:42 -'],
    ['bound and called later', 'old.bind(null)(1);', '/app.js:4:15 -'],
    ['Reflect.apply', 'Reflect.apply(old, null, [1]);', '/app.js:4:9 -'],
    ['a constructor', 'class A { constructor() { old(1); } }\nnew A();', '/app.js:4:27 -'],
    ['a getter', 'const a = { get b() { return old(1); } };\na.b;', '/app.js:4:30 -'],
  ])('%s', (_, body, site) => {
    expect(sitesOf(body)).toEqual([site]);
  });

  test('handed to a timer itself, it is a part of Node that calls, for nothing else is left to tell', () => {
    expect(sitesOf('await new Promise((resolve) => { setTimeout(old, 1); setTimeout(resolve, 20); });')).toEqual([
      expect.stringMatching(/^node:internal\/timers:\d+:\d+ -$/),
    ]);
  });

  test('code that is made while the program runs', () => {
    expect(sitesOf("globalThis.old = old;\nnew Function('old(1)')();")).toEqual([expect.stringContaining('/app.js:5')]);
  });

  test('CommonJS', () => {
    const application = new Application({
      'app.cjs':
        "const { old } = require('./core/old.cjs');\nold(1);\nconst { usage } = require('reroute/deprecation');\nconsole.log(usage().deprecations[0].sites[0].site);\n",
    });
    expect(application.run('app.cjs', { flags: ['--no-deprecation'] }).stdout).toBe(
      `${application.root}/app.cjs:2:1\n`,
    );
  });

  test('a worker thread tells its own', () => {
    const application = new Application({
      'app.js': "import { Worker } from 'node:worker_threads';\nnew Worker(new URL('./worker.js', import.meta.url));\n",
      'worker.js': "import { old } from './core/old.js';\nold(1);\n",
    });
    expect(application.run('app.js').stderr).toMatch(/Called at file:.*\/worker\.js:2:1/);
  });

  test('with source maps, the place in the source', () => {
    const map = { version: 3, sources: ['source.ts'], names: [], mappings: 'AAAA;AAKA' };
    const files = {
      'core/wrapped.js': `import { old } from './old.js';\nexport const go = () => old(1);\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}\n`,
    };
    const body = "const { go } = await import('./core/wrapped.js');\ngo();";
    expect(sitesOf(body, files)).toEqual(['/core/wrapped.js:2:25 -']);
    expect(sitesOf(body, files, ['--enable-source-maps'])).toEqual(['/core/source.ts:6:1 -']);
  });
});

describe('the package that called', () => {
  const caller = "import { old } from '../../core/old.js';\nexport const go = () => old(1);\n";

  test.each([
    ['node_modules/legacy/index.js', 'legacy'],
    ['node_modules/@acme/legacy/lib/index.js', '@acme/legacy'],
    ['node_modules/.pnpm/legacy@1.0.0_(x)/node_modules/@acme/inner/index.js', '@acme/inner'],
    ['node_modules/outer/node_modules/inner/index.js', 'inner'],
  ])('%s is of %s', (file, owner) => {
    const up = '../'.repeat(file.split('/').length - 1);
    const text = caller.replace('../../', up);
    const folder = file.slice(0, file.lastIndexOf('/'));
    const files = { [file]: text, [`${folder}/package.json`]: '{ "type": "module" }' };
    const [found] = sitesOf(`const { go } = await import(${JSON.stringify(`./${file}`)});\ngo();`, files);
    expect(found?.split(' ').at(-1)).toBe(owner);
  });

  test('the warning names it', () => {
    const application = new Application({
      'node_modules/legacy/index.js': caller,
      'node_modules/legacy/package.json': '{ "type": "module" }',
      'app.js': "import { go } from './node_modules/legacy/index.js';\ngo();\n",
    });
    expect(application.run('app.js').stderr).toContain('/legacy/index.js:2:25 (package legacy)\n');
  });
});

describe('the host is never disturbed', () => {
  test.each([
    [
      'Error.stackTraceLimit is frozen',
      "Object.defineProperty(Error, 'stackTraceLimit', { value: 0, writable: false });",
    ],
    ['Error.prepareStackTrace throws', "Error.prepareStackTrace = () => { throw new Error('mine'); };"],
    ['Error.captureStackTrace throws', "Error.captureStackTrace = () => { throw new Error('mine'); };"],
    ['process.emitWarning throws', "process.emitWarning = () => { throw new Error('mine'); };"],
    [
      'reading the environment is refused',
      "process.env = new Proxy({}, { get(_, name) { if (/REROUTE/.test(String(name))) throw new Error('mine'); } });",
    ],
    ['process.getBuiltinModule is not there', 'delete process.getBuiltinModule;'],
    ['process is not there', 'delete globalThis.process;'],
  ])('%s', (_, disturbance) => {
    const application = new Application({
      'first.js': `globalThis.say = console.log;\nconsole.warn = () => {};\n${disturbance}\n`,
      'app.js':
        "import './first.js';\nimport { usage } from 'reroute/deprecation';\nimport { old } from './core/old.js';\nold(1);\nold(2);\nsay(usage().deprecations[0].count);\n",
    });
    expect(application.run('app.js')).toMatchObject({ status: 0, stdout: '2\n' });
  });

  test('with --frozen-intrinsics and without code generation (a strict content security policy)', () => {
    const application = new Application({
      'app.js':
        "import { usage } from 'reroute/deprecation';\nimport { old } from './core/old.js';\nold(1);\nconsole.log(usage().deprecations[0].count);\n",
    });
    const flags = ['--no-warnings', '--frozen-intrinsics', '--disallow-code-generation-from-strings'];
    expect(application.run('app.js', { flags })).toMatchObject({ status: 0, stdout: '1\n', stderr: '' });
  });

  test('Error is as it was, whatever it was', () => {
    const application = new Application({
      'app.js': `import { old } from './core/old.js';
const prepare = () => ({});
Error.prepareStackTrace = prepare;
Error.stackTraceLimit = 3;
old(1);
console.log(Error.prepareStackTrace === prepare, Error.stackTraceLimit);
delete Error.prepareStackTrace;
Error.stackTraceLimit = Infinity;
old(2);
console.log('prepareStackTrace' in Error, Error.stackTraceLimit);
`,
    });
    expect(application.run('app.js', { flags: ['--no-deprecation'] }).stdout).toBe('true 3\nfalse Infinity\n');
  });
});

test('of a million calls the sites of 64 and of each doubling are looked at', () => {
  const application = new Application({
    'app.js': `import { old } from './core/old.js';
const capture = Error.captureStackTrace;
let captured = 0;
Error.captureStackTrace = (...args) => { captured++; return capture(...args); };
for (let i = 0; i < 1_000_000; i++) old(i);
console.log(captured);
`,
  });
  const [captured] = application.run('app.js', { flags: ['--no-deprecation'] }).stdout.split('\n');
  expect(Number(captured)).toBeGreaterThanOrEqual(64);
  expect(Number(captured)).toBeLessThanOrEqual(64 + Math.log2(1_000_000));
});
