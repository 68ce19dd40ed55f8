import { describe, expect, test } from 'vitest';
import type { Edit } from '../../src/plan/file-change.ts';
import { inOrder, splice } from '../../src/rewrite/splice.ts';

function edit(start: number, end: number, text: string): Edit {
  return { range: { start, end }, text, usages: [], group: 'g' };
}

describe('splice', () => {
  test('makes every edit and keeps all other characters, whatever the order of the edits', () => {
    const edits = [edit(13, 16, 'x'), edit(0, 5, 'import'), edit(6, 6, '{ '), edit(9, 12, '')];
    expect(splice('const abcdefghij', edits)).toBe('import { abcgx');
    expect(splice('const abcdefghij', edits.toReversed())).toBe('import { abcgx');
  });

  test('keeps insertions at one place in their order, before a replacement that begins there', () => {
    expect(splice('abc', [edit(1, 1, '1'), edit(1, 1, '2'), edit(1, 2, 'B'), edit(2, 2, '3')])).toBe('a12B3c');
    expect(splice('abc', [edit(1, 2, 'B'), edit(1, 1, '1'), edit(1, 1, '2')])).toBe('a12Bc');
    expect(splice('abc', [edit(1, 2, ''), edit(1, 1, '1'), edit(2, 2, '2')])).toBe('a12c');
  });

  test('inserts at both ends and edits neighbours', () => {
    expect(splice('ab', [edit(0, 0, '<'), edit(0, 1, 'A'), edit(1, 2, 'B'), edit(2, 2, '>')])).toBe('<AB>');
    expect(splice('', [edit(0, 0, 'all')])).toBe('all');
  });

  test('counts in UTF-16 units and leaves Windows line ends and surrogates alone', () => {
    const text = '// 🚂\r\nold();\r\n';
    expect(splice(text, [edit(7, 10, 'fresh')])).toBe('// 🚂\r\nfresh();\r\n');
  });

  test.each([
    ['two that share characters', [edit(0, 4, 'a'), edit(3, 6, 'b')]],
    ['one inside another', [edit(0, 10, 'a'), edit(2, 4, 'b')]],
    ['an insertion inside a replacement', [edit(0, 10, 'a'), edit(5, 5, 'b')]],
    ['two of the same range', [edit(2, 4, 'a'), edit(2, 4, 'b')]],
    ['one that reaches over several', [edit(0, 10, 'a'), edit(1, 2, 'b'), edit(4, 5, 'c')]],
  ])('throws when edits overlap: %s', (_name, edits) => {
    expect(() => splice('0123456789', edits)).toThrow(/^two edits overlap at \d+: "a" and "b"$/);
    expect(() => splice('0123456789', edits.toReversed())).toThrow(/two edits overlap/);
  });
});

test('inOrder sorts by start, insertions first, and leaves the given list as it is', () => {
  const edits = [edit(4, 6, 'c'), edit(4, 4, 'b'), edit(0, 1, 'a')];
  expect(inOrder(edits).map(({ text }) => text)).toEqual(['a', 'b', 'c']);
  expect(edits.map(({ text }) => text)).toEqual(['c', 'b', 'a']);
});
