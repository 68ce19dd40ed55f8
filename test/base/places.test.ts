import { describe, expect, test } from 'vitest';
import { formatPlace, LineIndex, overlaps } from '../../src/base/places.ts';

describe('LineIndex', () => {
  test.each([
    ['\\n', 'ab\ncd\n\nef'],
    ['\\r\\n', 'ab\r\ncd\r\n\r\nef'],
    ['\\r', 'ab\rcd\r\ref'],
  ])('lines end in %s', (_name, text) => {
    const lines = new LineIndex(text);
    expect(lines.at(0)).toEqual({ line: 1, column: 1 });
    expect(lines.at(text.indexOf('b'))).toEqual({ line: 1, column: 2 });
    expect(lines.at(text.indexOf('c'))).toEqual({ line: 2, column: 1 });
    expect(lines.at(text.indexOf('e'))).toEqual({ line: 4, column: 1 });
    expect(lines.at(text.length)).toEqual({ line: 4, column: 3 });
  });

  test('a line end belongs to the line that it ends', () => {
    const lines = new LineIndex('a\r\nb');
    expect(lines.at(1)).toEqual({ line: 1, column: 2 });
    expect(lines.at(2)).toEqual({ line: 1, column: 3 });
    expect(lines.at(3)).toEqual({ line: 2, column: 1 });
  });

  test('columns count UTF-16 units, and offsets past the end count on', () => {
    const lines = new LineIndex('🚂x\ny');
    expect(lines.at(2)).toEqual({ line: 1, column: 3 });
    expect(lines.at(9)).toEqual({ line: 2, column: 6 });
  });

  test('an empty text has one line', () => {
    expect(new LineIndex('').at(0)).toEqual({ line: 1, column: 1 });
  });

  test('every offset of a long text is where counting puts it', () => {
    const text = Array.from({ length: 200 }, (_unused, n) => 'x'.repeat(n % 7)).join('\n');
    const lines = new LineIndex(text);
    for (let offset = 0; offset <= text.length; offset++) {
      const before = text.slice(0, offset).split('\n');
      expect(lines.at(offset)).toEqual({ line: before.length, column: before.at(-1)!.length + 1 });
    }
  });
});

test('a place is told as terminals link it', () => {
  expect(formatPlace({ file: 'src/a.ts', range: { start: 9, end: 10 }, line: 2, column: 3 })).toBe('src/a.ts:2:3');
});

test('ranges overlap when they share a character; an empty one does inside another', () => {
  const range = (start: number, end: number) => ({ start, end });
  expect(overlaps(range(0, 2), range(1, 3))).toBe(true);
  expect(overlaps(range(0, 4), range(1, 2))).toBe(true);
  expect(overlaps(range(0, 2), range(2, 4))).toBe(false);
  expect(overlaps(range(0, 4), range(2, 2))).toBe(true);
  expect(overlaps(range(0, 4), range(0, 0))).toBe(false);
  expect(overlaps(range(0, 4), range(4, 4))).toBe(false);
  expect(overlaps(range(2, 2), range(2, 2))).toBe(false);
});
