import { describe, expect, test } from 'vitest';
import { ImportGraph } from '../../src/survey/import-graph.ts';
import { TargetView } from '../../src/survey/target-view.ts';
import { temporaryFolder, writeFiles } from '../temporary-folder.ts';

function graphOf(files: Readonly<Record<string, string>>): ImportGraph {
  return ImportGraph.read(new TargetView(temporaryFolder(files)));
}

const A = 'export const a = 1;\n';

describe('an edge is drawn', () => {
  test.each([
    ['by an import', "import { a } from './a';"],
    ['by an import with its extension', "import { a } from './a.ts';"],
    ['by an import that names the output', "import { a } from './a.js';"],
    ['by an import over several lines', "import {\n  a,\n}\nfrom\n  './a';"],
    ['by an import for its side effect', "import './a';"],
    ['by a type-only import', "import type { a } from './a';"],
    ['by a re-export', "export { a } from './a';"],
    ['by a re-export of everything', 'export * from "./a";'],
    ['by import()', 'const a = await import(`./a`);'],
    ['by import() with a comment', "const a = await import(/* webpackChunkName: 'a' */ './a');"],
    ['by the type of an import()', "let a: typeof import('./a');"],
    ['by require', "const { a } = require('./a');"],
    ['by import = require', "import a = require('./a');"],
    ['by a mock', "vi.mock('./a');"],
    ['by a JSDoc import', "/** @import { a } from './a' */"],
    ['by an alias of one character', "import { a } from '@/a';"],
    ['by an alias that hides a folder', "import { a } from '~/src/a';"],
    ['by an alias with a name of its own', "import { a } from 'app/a';"],
    ['by an alias with a scope', "import { a } from '@acme/app/a';"],
    ['by a path from a base folder', "import { a } from 'src/a';"],
  ])('%s', (_name, text) => {
    const graph = graphOf({ 'src/a.ts': A, 'src/use.ts': `${text}\n` });
    expect([...graph.withImporters(['src/a.ts'])]).toEqual(['src/a.ts', 'src/use.ts']);
    expect(graph.imports('src/use.ts')).toEqual(['src/a.ts']);
  });

  test('to the index of a folder, from below and from beside', () => {
    const graph = graphOf({
      'src/core/index.ts': A,
      'src/core/inside.ts': "import { a } from '.';\n",
      'src/core/deep/er.ts': "import { a } from '..';\n",
      'src/beside.ts': "import { a } from './core/';\n",
      'src/alias.ts': "import { a } from '@/core';\n",
      'src/index.ts': 'export {};\n',
    });
    expect([...graph.withImporters(['src/core/index.ts'])].sort()).toEqual([
      'src/alias.ts',
      'src/beside.ts',
      'src/core/deep/er.ts',
      'src/core/index.ts',
      'src/core/inside.ts',
    ]);
    expect([...graph.withImporters(['src/index.ts'])]).toEqual(['src/index.ts']);
  });

  test('to each of the files that a specifier without extension may mean', () => {
    const graph = graphOf({
      'src/a.js': 'exports.a = 1;\n',
      'src/a.d.ts': 'export const a: number;\n',
      'src/use.ts': "import { a } from './a';\n",
    });
    expect([...graph.withImporters(['src/a.js'])]).toContain('src/use.ts');
    expect([...graph.withImporters(['src/a.d.ts'])]).toContain('src/use.ts');
  });

  test('to the files of a workspace package, whatever its folder and its entry are called', () => {
    const graph = graphOf({
      'package.json': '{ "workspaces": ["packages/*"] }',
      'packages/the-core/package.json': '{ "name": "@acme/core", "main": "dist/entry.js" }',
      'packages/the-core/src/entry.ts': "export * from './router';\n",
      'packages/the-core/src/router.ts': A,
      'packages/other/package.json': '{ "name": "@acme/other" }',
      'packages/other/src/index.ts': A,
      'packages/app/package.json': '{ "name": "@acme/app" }',
      'packages/app/src/main.ts': "import { a } from '@acme/core';\n",
      'packages/app/src/deep.ts': "import { a } from '@acme/core/lib/router';\n",
    });
    expect([...graph.withImporters(['packages/the-core/src/router.ts'])].sort()).toEqual([
      'packages/app/src/deep.ts',
      'packages/app/src/main.ts',
      'packages/the-core/src/entry.ts',
      'packages/the-core/src/router.ts',
    ]);
    expect(graph.imports('packages/app/src/main.ts').toSorted()).toEqual([
      'packages/the-core/src/entry.ts',
      'packages/the-core/src/router.ts',
    ]);
    expect([...graph.withImporters(['packages/other/src/index.ts'])]).toEqual(['packages/other/src/index.ts']);
  });
});

describe('an edge is drawn where only a configuration says it', () => {
  const paths = (own: object) => JSON.stringify({ compilerOptions: { paths: own } });
  test.each([
    ['an alias for one file', 'tsconfig.json', paths({ '~router': ['./src/deep/a.ts'] }), '~router'],
    ['an alias of a folder index', 'tsconfig.json', paths({ '@models': ['./src/deep'] }), '@models'],
    ['a pattern with more than a folder', 'tsconfig.json', paths({ 'ui-*': ['./src/deep/*.ts'] }), 'ui-a'],
    [
      'baseUrl below it',
      'tsconfig.json',
      '{ "compilerOptions": { "baseUrl": "src", "paths": { "~": ["deep/a"] } } }',
      '~',
    ],
    ['a configuration that others extend', 'config/base.json', paths({ '~router': ['../src/deep/a.ts'] }), '~router'],
    ['configDir', 'config/base.json', paths({ '~router': [`\${configDir}/src/deep/a.ts`] }), '~router'],
    ['imports', 'package.json', '{ "imports": { "#router": "./src/deep/a.js" } }', '#router'],
    ['imports of build output', 'package.json', '{ "imports": { "#r-*": { "default": "./dist/deep/*.js" } } }', '#r-a'],
    ['exports', 'package.json', '{ "name": "own", "exports": { "./router": "./src/deep/a.ts" } }', 'own/router'],
  ])('%s', (_name, config, text, specifier) => {
    const graph = graphOf({
      [config]: text,
      'src/deep/a.ts': A,
      'src/deep/index.ts': "export * from './a';\n",
      'src/other.ts': A,
      'src/use.ts': `import { a } from '${specifier}';\n`,
    });
    expect([...graph.withImporters(['src/deep/a.ts'])]).toContain('src/use.ts');
    expect([...graph.withImporters(['src/other.ts'])]).not.toContain('src/use.ts');
  });
});

describe('no edge is drawn', () => {
  test('between files of the same name in different folders', () => {
    const graph = graphOf({
      'src/core/router.ts': A,
      'src/web/router.ts': A,
      'src/use.ts': "import { a } from './core/router';\n",
      'src/alias.ts': "import { a } from '@app/src/core/router';\n",
    });
    expect([...graph.withImporters(['src/web/router.ts'])]).toEqual(['src/web/router.ts']);
  });

  test('from a file to itself, or to what is not there', () => {
    const graph = graphOf({ 'src/a.ts': "import './a'; import './gone'; import 'node:fs'; import 'react';\n" });
    expect(graph.imports('src/a.ts')).toEqual([]);
  });

  test('by text that has no specifier', () => {
    const graph = graphOf({ 'src/a.ts': A, 'src/use.ts': "const from = './a'; const x = ['./a'];\n" });
    expect([...graph.withImporters(['src/a.ts'])]).toEqual(['src/a.ts']);
  });
});

test('importers are followed through others and through circles', () => {
  const graph = graphOf({
    'src/a.ts': "import './d';\n",
    'src/b.ts': "import './a';\n",
    'src/c.ts': "import './b';\n",
    'src/d.ts': "import './c';\n",
    'src/e.ts': 'export {};\n',
  });
  expect([...graph.withImporters(['src/b.ts'])].sort()).toEqual(['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/d.ts']);
  expect(graph.imports('src/a.ts')).toEqual(['src/d.ts', 'src/c.ts', 'src/b.ts']);
  expect([...graph.withImporters(['src/b.ts', 'src/e.ts'])]).toContain('src/e.ts');
});

test('direct importers are those that name the file, or its package', () => {
  const graph = graphOf({
    'package.json': JSON.stringify({ workspaces: ['packages/*'] }),
    'packages/one/package.json': JSON.stringify({ name: '@acme/one' }),
    'packages/one/src/a.ts': A,
    'packages/one/src/b.ts': "import './a';\n",
    'packages/two/package.json': JSON.stringify({ name: '@acme/two' }),
    'packages/two/src/c.ts': "import { a } from '@acme/one';\n",
    'packages/two/src/d.ts': "import './c';\n",
  });
  expect([...graph.directImporters(['packages/one/src/a.ts'])].sort()).toEqual([
    'packages/one/src/b.ts',
    'packages/two/src/c.ts',
  ]);
});

test('what a file imports comes nearest first', () => {
  const graph = graphOf({
    'src/a.ts': "import './b'; import './c';\n",
    'src/b.ts': "import './deep';\n",
    'src/c.ts': 'export {};\n',
    'src/deep.ts': 'export {};\n',
  });
  expect(graph.imports('src/a.ts')).toEqual(['src/b.ts', 'src/c.ts', 'src/deep.ts']);
});

test('a changed file is read again: old edges go, new ones come, those of others stay', () => {
  const root = temporaryFolder({
    'src/old.ts': A,
    'src/new.ts': A,
    'src/use.ts': "import { a } from './old';\n",
    'src/other.ts': "import { a } from './old';\n",
  });
  const graph = ImportGraph.read(new TargetView(root));
  writeFiles(root, { 'src/use.ts': "import { a } from './new';\n" });
  graph.reread(['src/use.ts']);
  expect([...graph.withImporters(['src/new.ts'])]).toEqual(['src/new.ts', 'src/use.ts']);
  expect([...graph.withImporters(['src/old.ts'])]).toEqual(['src/old.ts', 'src/other.ts']);
  expect(graph.imports('src/use.ts')).toEqual(['src/new.ts']);
});

test('laid texts count, not those on disk', () => {
  const view = new TargetView(temporaryFolder({ 'src/a.ts': A, 'src/use.ts': "import './a';\n", 'src/b.ts': A }));
  view.lay('src/use.ts', { text: "import './b';\n", bom: false });
  view.lay('src/made.ts', { text: "import './a';\n", bom: false });
  const graph = ImportGraph.read(view);
  expect([...graph.withImporters(['src/a.ts'])]).toEqual(['src/a.ts', 'src/made.ts']);
  expect([...graph.withImporters(['src/b.ts'])]).toEqual(['src/b.ts', 'src/use.ts']);
});
