import { describe, expect, it } from 'vitest';
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
