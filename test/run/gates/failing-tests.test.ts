import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failingTests } from '../../../src/run/gates/failing-tests.ts';

const repo = path.resolve(import.meta.dirname, '../../..');
const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'reroute-tests-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeAll(() => {
  symlinkSync(path.join(repo, 'node_modules'), path.join(root, 'node_modules'), 'dir');
  writeFileSync(path.join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    path.join(root, 'a.test.mjs'),
    `import { describe, expect, test } from 'vitest';
describe('adds', () => {
  test('well', () => expect(1 + 1).toBe(2));
  test('badly', () => expect(1 + 1).toBe(3));
  test.todo('later');
  test.skip('never', () => expect(1).toBe(2));
});
test('"quoted" > odd', () => expect(true).toBe(false));
`,
  );
  writeFileSync(path.join(root, 'broken.test.mjs'), "import './missing.mjs';\n");
  writeFileSync(
    path.join(root, 'node.mjs'),
    `import { describe, it, test } from 'node:test';
import assert from 'node:assert';
describe('adds', () => {
  it('well', () => assert.equal(1 + 1, 2));
  it('badly', () => assert.equal(1 + 1, 3));
  it('some day', { todo: true }, () => assert.equal(1, 2));
});
test('alone', () => { throw new Error('no'); });
test('fine', () => {});
`,
  );
});

function printed(...args: string[]): string {
  const env = { PATH: process.env.PATH, NO_COLOR: '1' };
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env }).stdout;
}

describe('the failing tests are read', () => {
  test('from vitest, with files that cannot be loaded', () => {
    const text = printed('node_modules/vitest/vitest.mjs', 'run', '--reporter=json');
    expect(text).toContain('"testResults"');
    expect([...failingTests(text, root)!].sort()).toEqual([
      'a.test.mjs "quoted" > odd',
      'a.test.mjs adds badly',
      'broken.test.mjs',
    ]);
  });

  test('from what jest prints with --json, among other lines', () => {
    const file = (name: string, status: string, assertionResults: object[]) => ({
      name: path.join(root, name),
      status,
      assertionResults,
    });
    // Shape: https://jestjs.io/docs/configuration#testresultsprocessor-string
    const report = {
      numFailedTests: 1,
      testResults: [
        file('x.test.js', 'failed', [
          { fullName: 'x works', status: 'passed' },
          { fullName: 'x fails', status: 'failed' },
        ]),
        file('y.test.js', 'passed', [{ fullName: 'y waits', status: 'pending' }]),
      ],
    };
    const text = `> app@1.0.0 test\n> jest --json\n{ not json\n${JSON.stringify(report)}\ndone\n`;
    expect([...failingTests(text, root)!]).toEqual(['x.test.js x fails']);
    const pretty = `noise\n${JSON.stringify(report, undefined, 2)}\n`;
    expect([...failingTests(pretty, root)!]).toEqual(['x.test.js x fails']);
  });

  test('from node:test as TAP, with what is around each, without those that are still to be done', () => {
    const text = printed('--test-reporter=tap', 'node.mjs');
    expect([...failingTests(text, root)!].sort()).toEqual(['adds', 'adds > badly', 'alone']);
  });

  test('from node:test as events', () => {
    writeFileSync(
      path.join(root, 'events.mjs'),
      "export default async function* (source) {\n  for await (const event of source) yield JSON.stringify(event) + '\\n';\n}\n",
    );
    const text = printed('--test-reporter=./events.mjs', 'node.mjs');
    expect([...failingTests(text, root)!].sort()).toEqual(['node.mjs adds', 'node.mjs alone', 'node.mjs badly']);
  });
});

test('when all pass, none fails; from other output nothing can be read', () => {
  expect(failingTests('TAP version 13\nok 1 - fine\n1..1\n', root)).toEqual(new Set());
  expect(failingTests(JSON.stringify({ testResults: [] }), root)).toEqual(new Set());
  for (const text of ['', '3 tests failed\n', '{"a":1}\n', 'not ok 1 - x\n']) {
    expect(failingTests(text, root)).toBeUndefined();
  }
});
