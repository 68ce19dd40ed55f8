import { expect, test } from 'vitest';
import type { PhaseInput } from '../../src/manifest/define-migration.ts';
import { PhaseTarget, told } from '../run/phases/phase-target.ts';

const MODULES = {
  'package.json': '{ "name": "target", "private": true }\n',
  'src/old/router.js': 'class OldRouter { register_handler() {} }\nmodule.exports = { OldRouter, helper: 1 };\n',
  'src/new/router.js': 'class Router { addHandler() {} }\nmodule.exports = { Router };\n',
  'src/old/clock.js': 'exports.now = () => 1;\n',
  'src/new/clock.js': 'exports.now = () => 1;\n',
  'src/app/service.js': `const { OldRouter } = require('../old/router');
const clock = require('../old/clock');
exports.service = () => new OldRouter().register_handler(clock.now());
`,
};

const ALL: readonly PhaseInput[] = [{ name: 'all', steps: ['imports', 'members'] }];
const SRC: PhaseInput = { name: 'src', files: ['src/**'], steps: ['imports', 'members'] };
const TESTS: PhaseInput = { name: 'tests', files: ['test/**'], steps: ['imports', 'members'] };

function targetWith(files: Readonly<Record<string, string>>, phases = ALL, gates: 'types'[] = ['types']): PhaseTarget {
  const canonical = {
    'src/new/router.js': {
      Router: { replaces: ['src/old/router.js#OldRouter'], members: { register_handler: 'addHandler' } },
    },
    'src/new/clock.js': { exports: '*' as const, replaces: ['src/old/clock.js'] },
  };
  const manifest = { name: 'stubs', canonical, phases: [...phases], gates };
  return new PhaseTarget({ ...MODULES, ...files }, manifest, { runtime: false });
}

async function migrate(
  test: string,
  { phases = ALL, files = {} as Record<string, string>, at = 'test/service.test.js' } = {},
) {
  const target = targetWith({ ...files, [at]: test }, phases);
  const { records } = await target.run();
  const lines = records.map((record) => told(record).filter((line) => line.startsWith(at)));
  return { after: target.read(at), told: lines.map((list) => list.filter((line) => !line.endsWith(' edited'))) };
}

const STUBS = `const proxyquire = require('proxyquire').noCallThru();
const stubs = proxyquire('../src/app/service', {
  '../old/router': { OldRouter: class { register_handler() {} }, '@noCallThru': true },
  '../old/clock': clock,
});
`;
const MOVED = STUBS.replaceAll('../old/', '../new/')
  .replace('OldRouter', 'Router')
  .replace('register_handler', 'addHandler');

test('the key of a stub follows the import that it stands in for, and so do its names and their members', async () => {
  expect(await migrate(STUBS)).toEqual({ after: MOVED, told: [[]] });
});

test('a stub follows a file that moved in an earlier phase', async () => {
  expect(await migrate(STUBS, { phases: [SRC, TESTS] })).toEqual({ after: MOVED, told: [[], []] });
});

test('a stub waits for a file of a later phase, and moves with it', async () => {
  const { after, told } = await migrate(STUBS, { phases: [TESTS, SRC] });
  expect(told).toEqual([
    [
      'test/service.test.js:3 ../old/router review waits',
      'test/service.test.js:3 OldRouter review waits',
      'test/service.test.js:3 register_handler review waits',
      'test/service.test.js:4 ../old/clock review waits',
    ],
    [],
  ]);
  expect(after).toBe(MOVED);
});

test('a stub stays where the import that it stands in for stays', async () => {
  const service = "const old = require('../old/router');\nexports.service = () => [new old.OldRouter(), old.helper];\n";
  const { after, told } = await migrate(STUBS, { files: { 'src/app/service.js': service } });
  expect(after).toBe(STUBS);
  expect(told).toEqual([
    [
      'test/service.test.js:3 ../old/router review stubbed',
      'test/service.test.js:3 OldRouter review stubbed',
      'test/service.test.js:3 register_handler review stubbed',
      'test/service.test.js:4 ../old/clock review stubbed',
    ],
  ]);
});

test('a stub goes with an import that the types gate holds back', async () => {
  const files = {
    'tsconfig.json': JSON.stringify({
      compilerOptions: { allowJs: true, checkJs: true, module: 'nodenext', noEmit: true, strict: true, types: [] },
    }),
    'src/globals.d.ts':
      'declare function require(name: string): any;\ndeclare const exports: any, module: any, clock: any;\n',
    'src/app/service.js': `const { OldRouter } = require('../old/router');
/** @type {{ constructor: { name: 'OldRouter' }, register_handler(): void, kept: 1 }} */
exports.service = new OldRouter();
`,
    'src/old/router.js':
      'class OldRouter { register_handler() {} get kept() { return /** @type {const} */ (1); } }\nmodule.exports = { OldRouter };\n',
  };
  const { after, told } = await migrate(STUBS.replace(/.*clock.*\n/, ''), { files });
  expect(after).toBe(STUBS.replace(/.*clock.*\n/, ''));
  expect(told[0]).toContainEqual('test/service.test.js:3 ../old/router review held-by-types');
});

test('what a stub has must be known, and must move to one module', async () => {
  const { told } = await migrate(`const stub = { OldRouter: 1 };
proxyquire('../src/app/service', { '../old/router': stub });
proxyquire('../src/app/service', { '../old/router': { OldRouter: 1, helper: 2 } });
proxyquire('../src/app/service', { '../old/router': {} });
proxyquire('../src/app/other', { '../old/router': { OldRouter: 1 } });
`);
  expect(told).toEqual([
    [
      'test/service.test.js:1 OldRouter review mock-factory',
      'test/service.test.js:2 ../old/router review mock-factory',
      'test/service.test.js:3 ../old/router review names-stay',
      'test/service.test.js:3 OldRouter review names-stay',
      'test/service.test.js:4 ../old/router review unused',
      'test/service.test.js:5 ../old/router left no-code',
      'test/service.test.js:5 OldRouter left other-declaration',
    ],
  ]);
});

test('the keys of esmock count from the test', async () => {
  const before = `const made = esmock('../../src/app/service.js', {
  '../../src/old/router.js': { OldRouter: class { register_handler() {} } },
});
`;
  const { after, told } = await migrate(before, { at: 'test/deep/service.test.js' });
  expect(told).toEqual([[]]);
  expect(after).toBe(
    before.replace('old/router', 'new/router').replace('OldRouter', 'Router').replace('register_handler', 'addHandler'),
  );
});
