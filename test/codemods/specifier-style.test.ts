import { expect, test } from 'vitest';
import { leadsTo, writeSpecifier } from '../../codemods/lib/specifier-style.ts';

const module = (path: string) => ({ kind: 'path', path }) as const;

test.each([
  ['relative without extension', 'src/app/main.ts', '../core/x', 'src/core/x.ts', 'src/router/y.ts', '../router/y'],
  ['relative in the same folder', 'src/core/main.ts', './x', 'src/core/x.ts', 'src/core/y.ts', './y'],
  ['up and down again', 'test/unit/a.test.ts', '../../src/core/x', 'src/core/x.ts', 'src/y.ts', '../../src/y'],
  ['.js that means .ts', 'src/app/main.ts', '../core/x.js', 'src/core/x.ts', 'src/router/y.ts', '../router/y.js'],
  ['.js that means .tsx', 'src/app/main.ts', '../core/x.js', 'src/core/x.tsx', 'src/router/y.ts', '../router/y.js'],
  ['.mjs for .mts', 'src/app/main.mts', '../core/x.mjs', 'src/core/x.mts', 'src/router/y.mts', '../router/y.mjs'],
  ['.ts as written', 'src/app/main.ts', '../core/x.ts', 'src/core/x.ts', 'src/router/y.tsx', '../router/y.tsx'],
  [
    '.js as written, to TypeScript',
    'src/app/main.js',
    '../core/x.js',
    'src/core/x.js',
    'src/router/y.ts',
    '../router/y.js',
  ],
  [
    'a dot in the name is no extension',
    'src/app/main.ts',
    '../core/x.js',
    'src/core/x.js.ts',
    'src/router/y.ts',
    '../router/y',
  ],
  [
    'from a file to a folder’s index',
    'src/app/main.ts',
    '../core/x',
    'src/core/x.ts',
    'src/router/index.ts',
    '../router',
  ],
  ['from a folder to a file', 'src/app/main.ts', '../core', 'src/core/index.ts', 'src/router/y.ts', '../router/y'],
  [
    'index spelled out',
    'src/app/main.ts',
    '../core/index',
    'src/core/index.ts',
    'src/router/index.ts',
    '../router/index',
  ],
  [
    'index with extension',
    'src/app/main.ts',
    '../core/x.js',
    'src/core/x.ts',
    'src/router/index.ts',
    '../router/index.js',
  ],
  ['the own folder’s index', 'src/app/main.ts', '../core/x', 'src/core/x.ts', 'src/app/index.ts', '.'],
  ['the index above', 'src/app/main.ts', '../core/x', 'src/core/x.ts', 'src/index.ts', '..'],
  [
    'a file beside the own folder, of its name',
    'src/router/a.ts',
    '../core/x',
    'src/core/x.ts',
    'src/router.ts',
    '../router',
  ],
  [
    'a file beside a folder above, of its name',
    'src/router/in/a.ts',
    './x',
    'src/router/in/x.ts',
    'src/router.ts',
    '../../router',
  ],
  ['an alias', 'src/app/main.ts', '@/core/x', 'src/core/x.ts', 'src/router/y.ts', '@/router/y'],
  [
    'an alias with extension',
    'src/app/main.ts',
    '#src/core/x.js',
    'src/core/x.ts',
    'src/router/y.ts',
    '#src/router/y.js',
  ],
  ['an alias to a folder', 'src/app/main.ts', '~/core', 'src/core/index.ts', 'src/router/index.ts', '~/router'],
  ['a base URL', 'src/app/main.ts', 'core/x', 'src/core/x.ts', 'src/router/y.ts', 'router/y'],
  ['an alias that does not reach', 'src/app/main.ts', '@core/x', 'src/core/x.ts', 'src/router/y.ts', '../router/y'],
  ['an alias of one file', 'src/app/main.ts', '@router', 'src/core/x.ts', 'src/router/y.ts', '../router/y'],
])('%s', (_name, from, old, oldModule, to, expected) => {
  expect(writeSpecifier({ from, old, oldModule, to: module(to) })).toBe(expected);
});

test('a package is written as it is', () => {
  const to = { kind: 'package', specifier: '@acme/router' } as const;
  expect(writeSpecifier({ from: 'src/a.ts', old: './x', oldModule: 'src/x.ts', to })).toBe('@acme/router');
});

test('without an old specifier, the relative ones of the file show the style', () => {
  const to = module('src/router/index.ts');
  expect(writeSpecifier({ from: 'src/app/a.ts', to, siblings: ['zod', './b.js'] })).toBe('../router/index.js');
  expect(writeSpecifier({ from: 'src/app/a.ts', to, siblings: ['./b'] })).toBe('../router');
  expect(writeSpecifier({ from: 'src/app/a.mts', to })).toBe('../router/index.js');
  expect(writeSpecifier({ from: 'src/app/a.ts', to })).toBe('../router');
});

test.each([
  ['../core/x', 'src/core/x.ts', true],
  ['../core/x.js', 'src/core/x.ts', true],
  ['../core/x.d', 'src/core/x.ts', false],
  ['../core', 'src/core/index.ts', true],
  ['../core/', 'src/core/index.ts', true],
  ['./core/x', 'src/core/x.ts', false],
  ['@/core/x', 'src/core/x.ts', true],
  ['src/core/x', 'src/core/x.ts', true],
  ['@acme/core/x', 'src/core/x.ts', false],
  ['x', 'src/core/x.ts', false],
])('%s leads to %s: %s', (specifier, path, expected) => {
  expect(leadsTo('src/app/main.ts', specifier, module(path))).toBe(expected);
});
