import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isFile } from '../../src/base/is-file.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('a file is one, also behind a link; nothing else is, and asking never throws', () => {
  const root = temporaryFolder({ 'a.css': '' });
  symlinkSync('a.css', path.join(root, 'link'));
  symlinkSync('circle', path.join(root, 'circle'));
  const asked = ['a.css', 'link', '', 'none', 'a.css/package.json', 'circle', `${'n'.repeat(300)}.ts`];
  expect(asked.map((name) => isFile(path.join(root, name)))).toEqual([true, true, false, false, false, false, false]);
});
