import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compareBaseline, fileOfSite, formatBaseline, readBaseline } from '../../src/base/baseline.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'reroute-baseline-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('is the same text whatever the order, and reads back', () => {
  const uses = [
    { id: 'b#y', file: 'src/z.ts' },
    { id: 'a#x', file: 'src/ä.ts' },
    { id: 'b#y', file: 'src/a.ts' },
    { id: 'b#y', file: 'src/z.ts' },
  ];
  const text = formatBaseline(uses);
  expect(formatBaseline(uses.toReversed())).toBe(text);
  expect(text).toBe(
    '{\n  "reroute": 1,\n  "uses": {\n    "a#x": [\n      "src/ä.ts"\n    ],\n    "b#y": [\n      "src/a.ts",\n      "src/z.ts"\n    ]\n  }\n}\n',
  );
  writeFileSync(path.join(folder, 'b.json'), text);
  expect(compareBaseline(readBaseline(path.join(folder, 'b.json')), uses)).toEqual({ fresh: [], vanished: [] });
  expect(readBaseline(path.join(folder, 'none.json'))).toEqual([]);
});

test.each(['{', '{ "reroute": 2, "uses": {} }', '{ "reroute": 1 }'])('refuses %s with the way on', (text) => {
  const file = path.join(folder, 'bad.json');
  writeFileSync(file, text);
  expect(() => readBaseline(file)).toThrow(expect.objectContaining({ code: 'BASELINE_INVALID' }));
});

test.each([
  ['file:///app/src/a%20b.ts:12:3', 'src/a b.ts'],
  ['/app/src/a.ts?v=1:12:3', 'src/a.ts'],
  ['file:///shared/x.js:1:1', '../shared/x.js'],
  ['file:///app/node_modules/.pnpm/lib@1/node_modules/@acme/lib/dist/x.js:1:1', 'node_modules/@acme/lib'],
  ['an unknown place', '(unknown)'],
])('%s is %s', (site, file) => {
  expect(fileOfSite(site, '/app')).toBe(file);
});
