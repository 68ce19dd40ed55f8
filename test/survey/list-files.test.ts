import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listFiles } from '../../src/survey/list-files.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const TREE = {
  '.gitignore': 'build/\n*.generated.ts\n!keep.generated.ts\n/only-here.ts\n',
  'a.ts': '',
  'only-here.ts': '',
  'x.generated.ts': '',
  'keep.generated.ts': '',
  'build/out.js': '',
  'sub/only-here.ts': '',
  'sub/.gitignore': 'local.js\n!x.generated.ts\ndeep/*\n!deep/kept.mts\n',
  'sub/local.js': '',
  'sub/x.generated.ts': '',
  'sub/deep/gone.mts': '',
  'sub/deep/kept.mts': '',
  '.hidden/b.cjs': '',
  'with space/c#1%.tsx': '',
  'node_modules/dep/index.js': '',
  'notes.md': '',
};

function gitFiles(root: string): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed
    .split('\0')
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file))
    .sort();
}

test('lists what git would list, at every level of .gitignore', () => {
  const root = temporaryFolder({ ...TREE, '.gitignore': `${TREE['.gitignore']}node_modules/\n` });
  execFileSync('git', ['init', '-q'], { cwd: root });
  expect(listFiles(root).sources).toEqual(gitFiles(root));
  expect(listFiles(root).sources).toContain('sub/deep/kept.mts');
});

test('a target inside a repository obeys the rules above it', () => {
  const root = temporaryFolder(TREE);
  execFileSync('git', ['init', '-q'], { cwd: root });
  expect(listFiles(path.join(root, 'sub')).sources).toEqual(['deep/kept.mts', 'only-here.ts', 'x.generated.ts']);
});

test('a target that its repository ignores as a whole is searched all the same', () => {
  const root = temporaryFolder({ '.gitignore': 'demo/\n', 'demo/a.ts': '' });
  execFileSync('git', ['init', '-q'], { cwd: root });
  expect(listFiles(path.join(root, 'demo')).sources).toEqual(['a.ts']);
});

test('without git, .gitignore counts too and node_modules is left out', () => {
  const root = temporaryFolder(TREE);
  const files = listFiles(root).sources;
  expect(files).not.toContain('build/out.js');
  expect(files).not.toContain('node_modules/dep/index.js');
  expect(files).toContain('.hidden/b.cjs');
  expect(files).toContain('with space/c#1%.tsx');
});

test('links are not followed, neither to files nor to folders', () => {
  const outside = temporaryFolder({ 'secret.ts': '' });
  const root = temporaryFolder({ 'a.ts': '' });
  symlinkSync(outside, path.join(root, 'linked'));
  symlinkSync(path.join(outside, 'secret.ts'), path.join(root, 'linked.ts'));
  symlinkSync(root, path.join(root, 'circle'));
  expect(listFiles(root).sources).toEqual(['a.ts']);
});
