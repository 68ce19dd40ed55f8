import { expect, test } from 'vitest';
import { requiredTwins } from '../../src/proxy/entry-points.ts';
import { ProxyTarget, warnings } from './proxy-target.ts';

const twins = (manifest: unknown, modules: readonly string[]) =>
  Object.fromEntries(
    requiredTwins(modules, (file) => (file === 'package.json' ? JSON.stringify(manifest) : undefined)),
  );
const BOTH = ['index.mjs', 'index.cjs'];

test.each([
  ['a table of conditions', { exports: { '.': { import: './index.mjs', require: './index.cjs' } } }],
  ['conditions alone', { exports: { types: './index.d.ts', import: './index.mjs', default: './index.cjs' } }],
  [
    'conditions in conditions',
    { exports: { '.': { node: { import: { types: './i.d.mts', default: './index.mjs' }, require: './index.cjs' } } } },
  ],
  ['a list', { exports: { '.': [{ import: './index.mjs', default: './index.cjs' }, './index.cjs'] } }],
  ['main and module', { main: './index.cjs', module: 'index.mjs' }],
])('of an entry point, what import and require reach are told from %s', (_, manifest) => {
  expect(twins(manifest, BOTH)).toEqual({ 'index.mjs': 'index.cjs' });
});

test.each([
  ['both reach one file', { exports: './index.cjs' }],
  ['the first condition wins', { exports: { default: './index.cjs', import: './index.mjs' } }],
  ['an entry point is for import alone', { exports: { import: './index.mjs' } }],
  ['package.json cannot be read', 'nothing'],
])('there are none where %s', (_, manifest) => {
  expect(twins(manifest, BOTH)).toEqual({});
});

test('another one that is not deprecated is no twin', () => {
  expect(twins({ exports: { import: './index.mjs', require: './other.cjs' } }, BOTH)).toEqual({});
});

/** Two formats of a canonical package: each has its own count, so that a second instance would show. */
const NEW = (start: string, end: string) =>
  `let count = 0;\n${start}class Router { addHandler(text) { return 'new ' + text + ++count; } }\n${end}`;
const OLD = (start: string, end: string) =>
  `let count = 0;\n${start}class Router { register_handler(text) { return 'old ' + text + ++count; } }\n${end}`;

test('a proxy of an entry point has one instance behind both formats, named and default', () => {
  const target = new ProxyTarget({
    'package.json': JSON.stringify({
      name: 'old-router',
      exports: { '.': { import: './index.mjs', require: './index.cjs' } },
    }),
    'index.mjs': OLD('', 'export { Router };\nexport default Router;\n'),
    'index.cjs': OLD('', 'module.exports = Router;\nmodule.exports.Router = Router;\n'),
    'node_modules/router/package.json': JSON.stringify({
      name: 'router',
      exports: { '.': { import: './index.mjs', require: './index.cjs' } },
    }),
    'node_modules/router/index.mjs': NEW('export ', ''),
    'node_modules/router/index.cjs': NEW('', 'exports.Router = Router;\n'),
    'app.mjs': `import { createRequire } from 'node:module';
import Whole, { Router } from 'old-router';
const required = createRequire(import.meta.url)('old-router');
console.log(Router === required.Router, Whole === required, new Router().register_handler('a'), new required().register_handler('b'));
`,
  });
  const members = { register_handler: 'addHandler' };
  const plan = target.plan({
    canonical: {
      router: {
        Router: {
          replaces: ['index.mjs#Router', 'index.mjs#default', 'index.cjs#default', 'index.cjs#Router'],
          members,
        },
      },
    },
  });
  target.apply(plan);
  expect(target.read('index.mjs')).toMatch(
    /^export \{ \/\*\* @deprecated Use `router#Router`\. \*\/ Router \} from '\.\/index\.cjs';$/m,
  );
  const ran = target.run('app.mjs');
  expect({ status: ran.status, stdout: ran.stdout }, ran.stderr).toEqual({
    status: 0,
    stdout: 'true true new a1 new b2\n',
  });
  expect(warnings(ran)).toHaveLength(2);
});

test('a CommonJS module that is one value keeps its property `default`, also when it is handed on', () => {
  const target = new ProxyTarget({
    'package.json': '{}',
    'router.cjs': 'exports.Router = class Router {};\nexports.joined = (parts) => parts.join();\n',
    'old.cjs': 'class Router {}\nmodule.exports = Router;\nmodule.exports.default = Router;\n',
    'join.cjs':
      'function join(a, b) { return a + b; }\nmodule.exports = join;\nmodule.exports.default = join;\nmodule.exports.join = join;\n',
    'app.mjs': `import { createRequire } from 'node:module';
import join, { join as named } from './join.cjs';
const require = createRequire(import.meta.url);
console.log(require('./old.cjs').default === require('./old.cjs'), join.default === join, named === join, join('a', 'b'));
`,
  });
  target.apply(
    target.plan({
      canonical: {
        'router.cjs': {
          Router: { replaces: ['old.cjs#default'] },
          joined: { replaces: ['join.cjs#default', 'join.cjs#join'], members: { '(a, b)': '([a, b])' } },
        },
      },
    }),
  );
  expect(target.run('app.mjs').stdout).toBe('true true true a,b\n');
});
