import { mkdirSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSurface } from '../../src/compiler/surface-reader.ts';
import { makeTarget } from './target.ts';

const PACKAGE_CONFIG = {
  compilerOptions: { strict: true, module: 'nodenext', types: [], composite: true, outDir: 'lib', rootDir: 'src' },
  include: ['src'],
};
const ROUTER = 'export class Router { register_handler(): void {} }\n';
const core = (manifest: object) => ({
  'packages/core/package.json': { name: '@scope/core', ...manifest },
  'packages/core/tsconfig.json': PACKAGE_CONFIG,
  'packages/core/src/index.ts': "export * from './common/router.js';\n",
  'packages/core/src/common/router.ts': ROUTER,
});
const app = (specifier: string) => ({
  'packages/app/package.json': { name: '@scope/app' },
  'packages/app/tsconfig.json': {
    ...PACKAGE_CONFIG,
    compilerOptions: { ...PACKAGE_CONFIG.compilerOptions, paths: { '#own/*': ['./src/*'] } },
    references: [{ path: '../core' }],
  },
  'packages/app/src/local.ts': 'export const local = 1;\n',
  'packages/app/src/use.ts': `import { Router } from '${specifier}';\nimport { local } from '#own/local';\nnew Router().register_handler();\nlocal.toFixed();\n`,
});
const WORKSPACES = { 'package.json': { workspaces: ['packages/*'] } };

describe('a workspace that was never installed or built resolves across its packages', () => {
  it.each([
    ['the main entry', { main: './lib/index.js' }, '@scope/core'],
    ['types beside main', { main: './lib/index.js', types: './lib/index.d.ts' }, '@scope/core'],
    ['no entry at all', {}, '@scope/core'],
    ['a file below the output folder', { main: './lib/index.js' }, '@scope/core/lib/common/router'],
    ['exports', { exports: { '.': { types: './lib/index.d.ts', default: './lib/index.js' } } }, '@scope/core'],
    ['an export subpath', { exports: { './router': './lib/common/router.js' } }, '@scope/core/router'],
    ['an export pattern', { exports: { './*': { import: './lib/*.js' } } }, '@scope/core/common/router'],
  ])('%s', (_name, manifest, specifier) => {
    const target = makeTarget({ ...WORKSPACES, ...core(manifest), ...app(specifier) });
    const compiler = target.open(['packages/app/src/use.ts']);
    expect(target.resolve(compiler, 'packages/app/src/use.ts', 'register_handler')).toBe(
      'method Router.register_handler in packages/core/src/common/router.ts',
    );
    expect(compiler.diagnostics([target.file('packages/app/src/use.ts')])).toEqual([]);
  });

  it.each([
    [
      'pnpm',
      { 'pnpm-workspace.yaml': '# ours\npackages:\n  - \'packages/*\'\n  - "!packages/old"\ncatalog:\n  x: 1\n' },
    ],
    ['lerna', { 'lerna.json': { packages: ['packages/*'] } }],
    ['yarn', { 'package.json': { workspaces: { packages: ['./packages/*/'] } } }],
  ])('named by %s', (_name, manifest) => {
    const target = makeTarget({ ...manifest, ...core({ main: 'lib/index.js' }), ...app('@scope/core') });
    const compiler = target.open(['packages/app/src/use.ts']);
    expect(compiler.resolveSpecifier(target.file('packages/app/src/use.ts'), '@scope/core')).toBe(
      target.file('packages/core/src/index.ts'),
    );
  });

  it.each([
    ['an export pattern of an ES module', { './*': { types: './lib/*.d.ts', default: './lib/*.js' } }, 'common/router'],
    ['an export pattern without an extension', { './*': './lib/*' }, 'common/router.js'],
    ['an export pattern with a folder index', { './*': './lib/*/index.js' }, 'common'],
    [
      'the conditions that Node knows first',
      { './x': { browser: './lib/index.js', node: './lib/common/router.js' } },
      'x',
    ],
  ])('%s', (_name, exports, subpath) => {
    const target = makeTarget({
      ...WORKSPACES,
      ...core({ type: 'module', exports }),
      'packages/core/src/common/index.ts': "export * from './router.js';\n",
      ...app(`@scope/core/${subpath}`),
      'packages/app/package.json': { name: '@scope/app', type: 'module' },
      'packages/core/src/index.ts': 'export class Router { register_handler(): void {} }\n',
    });
    const compiler = target.open(['packages/app/src/use.ts']);
    expect(target.resolve(compiler, 'packages/app/src/use.ts', 'register_handler')).toBe(
      'method Router.register_handler in packages/core/src/common/router.ts',
    );
  });

  it.each([['not installed'], ['installed']])('what a package hides leads nowhere, %s', (state) => {
    const target = makeTarget({
      ...WORKSPACES,
      ...core({ exports: { './*': './lib/*.js', './common/*': null } }),
      ...app('@scope/core/common/router'),
    });
    if (state === 'installed') {
      mkdirSync(target.file('node_modules/@scope'), { recursive: true });
      symlinkSync(target.file('packages/core'), target.file('node_modules/@scope/core'), 'dir');
    }
    const use = target.file('packages/app/src/use.ts');
    const compiler = target.open(['packages/app/src/use.ts']);
    expect(compiler.resolveSpecifier(use, '@scope/core/common/router')).toBeUndefined();
    expect(compiler.resolveSpecifier(use, '@scope/core/index')).toBe(target.file('packages/core/src/index.ts'));
  });

  it('a package whose tsconfig.json only has references is built by one of those', () => {
    const target = makeTarget({
      ...WORKSPACES,
      ...core({ main: './out/index.js' }),
      ...app('@scope/core/out/common/router'),
      'packages/core/tsconfig.json': {
        files: [],
        references: [{ path: './tsconfig.spec.json' }, { path: './tsconfig.lib.json' }],
      },
      'packages/core/tsconfig.lib.json': {
        compilerOptions: { ...PACKAGE_CONFIG.compilerOptions, outDir: 'out' },
        include: ['src'],
        exclude: ['**/*.spec.ts'],
      },
      'packages/core/tsconfig.spec.json': { compilerOptions: { noEmit: true }, include: ['src/**/*.spec.ts'] },
      'packages/core/src/index.spec.ts': 'export {};\n',
    });
    const compiler = target.open(['packages/app/src/use.ts']);
    expect(target.resolve(compiler, 'packages/app/src/use.ts', 'register_handler')).toBe(
      'method Router.register_handler in packages/core/src/common/router.ts',
    );
  });

  it.each([
    ['composite: the folder of the configuration', { composite: true, rootDir: undefined }, 'lib/src/index.js'],
    ['else the folder of all sources', { composite: false, rootDir: undefined }, 'lib/index.js'],
  ])('without rootDir output lies as below %s', (_name, options, main) => {
    const target = makeTarget({
      ...WORKSPACES,
      ...core({ main }),
      ...app('@scope/core'),
      'packages/core/tsconfig.json': {
        ...PACKAGE_CONFIG,
        compilerOptions: { ...PACKAGE_CONFIG.compilerOptions, ...options },
      },
      // What would be taken if the entry led nowhere.
      'packages/core/index.ts': 'export class Router { register_handler(): void {} }\n',
    });
    const compiler = target.open(['packages/app/src/use.ts']);
    expect(target.resolve(compiler, 'packages/app/src/use.ts', 'register_handler')).toBe(
      'method Router.register_handler in packages/core/src/common/router.ts',
    );
  });

  it('JavaScript packages without a configuration too', () => {
    const target = makeTarget({
      ...WORKSPACES,
      'packages/core/package.json': { name: 'core', main: 'main.js' },
      'packages/core/main.js': 'exports.Router = class Router { register_handler() {} };\n',
      'packages/app/use.js': "const { Router } = require('core');\nnew Router().register_handler();\n",
    });
    const compiler = target.open(['packages/app/use.js']);
    expect(target.resolve(compiler, 'packages/app/use.js', 'register_handler')).toBe(
      'method Router.register_handler in packages/core/main.js',
    );
  });
});

describe('surfaces of packages are read', () => {
  const NAMES = ['Router'];
  const namesOf = (root: string, specifier: string) => [
    ...readSurface({ root, module: { kind: 'package', specifier } }).exports.keys(),
  ];

  it('from the sources of a workspace that was never built, through a barrel of another package', () => {
    const target = makeTarget({
      ...WORKSPACES,
      ...core({ main: './lib/index.js' }),
      'packages/all/package.json': { name: '@scope/all', exports: './lib/index.js' },
      'packages/all/tsconfig.json': PACKAGE_CONFIG,
      'packages/all/src/index.ts': "export * from '@scope/core';\n",
    });
    expect(namesOf(target.root, '@scope/core')).toEqual(NAMES);
    expect(namesOf(target.root, '@scope/all')).toEqual(NAMES);
  });

  it('from where a strict package manager installs them: below the package that depends on them', () => {
    const target = makeTarget({
      ...WORKSPACES,
      ...app('router'),
      'packages/app/node_modules/router/package.json': { name: 'router', types: 'index.d.ts' },
      'packages/app/node_modules/router/index.d.ts': 'export declare class Router {}\n',
    });
    expect(namesOf(target.root, 'router')).toEqual(NAMES);
  });
});
