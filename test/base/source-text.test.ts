import { expect, test } from 'vitest';
import { decode, encode } from '../../src/base/source-text.ts';

test.each([
  ['plain', Buffer.from('a\r\nb')],
  ['empty', Buffer.alloc(0)],
  ['beyond ASCII', Buffer.from('Zürich — 東京 🚂\n')],
  ['with a byte order mark', Buffer.from('\uFEFFimport x;')],
  ['a byte order mark and nothing else', Buffer.from('\uFEFF')],
  ['two byte order marks', Buffer.from('\uFEFF\uFEFFx')],
])('what is decoded encodes to the same bytes: %s', (_name, bytes) => {
  const source = decode(bytes);
  if (typeof source === 'string') throw new Error(source);
  expect(encode(source)).toEqual(bytes);
});

test('a byte order mark is told and is not part of the text', () => {
  expect(decode(Buffer.from('\uFEFFx'))).toEqual({ text: 'x', bom: true });
  expect(decode(Buffer.from('x\uFEFF'))).toEqual({ text: 'x\uFEFF', bom: false });
});

test('bytes that are no text say why', () => {
  expect(decode(Buffer.from('a\0b'))).toBe('binary');
  expect(decode(Buffer.from([0xff, 0xfe, 0x61, 0x00]))).toBe('binary');
  expect(decode(Buffer.from('Zürich', 'latin1'))).toBe('not-utf-8');
  expect(decode(Buffer.from([0x61, 0xe2, 0x82]))).toBe('not-utf-8');
  // A lone surrogate in UTF-8 would not come back the same.
  expect(decode(Buffer.from([0xed, 0xa0, 0x80]))).toBe('not-utf-8');
});
