import { createHash } from 'node:crypto';
import path from 'node:path';
import { expect, test } from 'vitest';
import { RerouteError } from '../../src/base/errors.ts';
import { sha256 } from '../../src/base/hashes.ts';
import { isInside, relativeToRoot, toPosix } from '../../src/base/paths.ts';

test('a file is inside a folder by its path, not by how the path begins', () => {
  expect(isInside('/a/b', '/a/b/c.ts')).toBe(true);
  expect(isInside('/a/b', '/a/b')).toBe(true);
  expect(isInside('/a/b', '/a/bc/d.ts')).toBe(false);
  expect(isInside('/a/b', '/a')).toBe(false);
  expect(isInside('/a/b', '/a/b/../c.ts')).toBe(false);
  expect(isInside('/a/b', '/a/b/..c/d.ts')).toBe(true);
  expect(isInside('/', '/a')).toBe(true);
});

test('a path relative to the root has slashes, and is undefined outside', () => {
  expect(relativeToRoot('/a/b', '/a/b/src/c.ts')).toBe('src/c.ts');
  expect(relativeToRoot('/a/b', '/a/b')).toBe('');
  expect(relativeToRoot('/a/b', '/a/c.ts')).toBeUndefined();
  expect(toPosix(path.join('a', 'b', 'c.ts'))).toBe('a/b/c.ts');
});

test('the hash of a text is that of its UTF-8 bytes', () => {
  const text = 'Zürich 🚂';
  expect(sha256(text)).toBe(createHash('sha256').update(Buffer.from(text, 'utf8')).digest('hex'));
  expect(sha256(Buffer.from(text))).toBe(sha256(text));
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('an error carries what a reader needs, and its cause', () => {
  const cause = new Error('no room');
  const error = new RerouteError({ code: 'X', message: 'm', where: { file: 'f' }, details: ['d'], next: 'n', cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'RerouteError', code: 'X', message: 'm', where: { file: 'f' }, details: ['d'] });
  expect([error.next, error.cause]).toEqual(['n', cause]);
  const bare = new RerouteError({ code: 'X', message: 'm' });
  expect([bare.where, bare.details, bare.next]).toEqual([undefined, [], undefined]);
  expect('cause' in bare).toBe(false);
});
