import { expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/compiler/contract.ts';
import type { Edit } from '../../../src/plan/file-change.ts';
import { byFile, newDiagnostics, shiftOf } from '../../../src/run/gates/new-diagnostics.ts';

function error(start: number, message: string, code = 2339, file = '/a.ts'): Diagnostic {
  return { file, range: { start, end: start + 1 }, code, message };
}

function edit(start: number, end: number, text: string): Edit {
  return { range: { start, end }, text, usages: [], group: 'member:0' };
}

const SAME = (offset: number) => offset;

test('an error that was there before is not new, wherever edits moved it', () => {
  const shift = shiftOf([edit(5, 5, 'xxxx'), edit(20, 30, '')]);
  expect(newDiagnostics([error(10, 'a'), error(40, 'b')], [error(14, 'a'), error(34, 'b')], shift)).toEqual([]);
});

test('the same text twice counts twice', () => {
  expect(newDiagnostics([error(1, 'a')], [error(1, 'a'), error(9, 'a')], SAME)).toEqual([error(9, 'a')]);
  expect(newDiagnostics([error(1, 'a')], [error(1, 'a'), error(9, 'a')], undefined)).toEqual([error(9, 'a')]);
});

test('of two with the same text the one at another place is new, also when it comes first', () => {
  expect(newDiagnostics([error(9, 'a')], [error(1, 'a'), error(9, 'a')], SAME)).toEqual([error(1, 'a')]);
});

test('an error at the same place with the same code is the same, though its text names another type', () => {
  const before = [error(10, "Property 'x' does not exist on type 'OldRouter'.")];
  const after = [error(7, "Property 'x' does not exist on type 'Router'.")];
  expect(newDiagnostics(before, after, shiftOf([edit(2, 5, '')]))).toEqual([]);
  expect(newDiagnostics(before, after, SAME)).toEqual(after);
  expect(newDiagnostics(before, [error(7, after[0]!.message, 2345)], shiftOf([edit(2, 5, '')]))).toHaveLength(1);
});

test('an error whose place is not known is known by its text', () => {
  expect(newDiagnostics([error(10, 'a')], [error(99, 'a')], undefined)).toEqual([]);
  expect(newDiagnostics([error(10, 'a')], [error(10, 'b')], undefined)).toEqual([error(10, 'b')]);
});

test('paths of modules in the text do not count', () => {
  const before = [error(1, `Type 'import("/a/old").X' is not assignable; cannot find './old'`)];
  const after = [error(99, `Type 'import("/a/new").X' is not assignable; cannot find '../b/new'`)];
  expect(newDiagnostics(before, after, undefined)).toEqual([]);
});

test('an offset shifts with all edits before it, and lies at the new text of an edit around it', () => {
  const shift = shiftOf([edit(20, 25, 'y'), edit(0, 0, '123'), edit(10, 12, 'xxxx')]);
  expect([0, 9, 10, 11, 12, 19, 20, 24, 25, 26].map(shift)).toEqual([3, 12, 13, 13, 17, 24, 25, 25, 26, 27]);
});

test('diagnostics go by file, in order', () => {
  const [a, b, c] = [error(1, 'a'), error(2, 'b', 1, '/b.ts'), error(3, 'c')];
  expect([...byFile([a, b, c], ({ file }) => file)]).toEqual([
    ['/a.ts', [a, c]],
    ['/b.ts', [b]],
  ]);
});
