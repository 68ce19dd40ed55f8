import { describe, expect, test } from 'vitest';
import { PhaseTarget } from '../../run/phases/phase-target.ts';
import { migrates, type Resolution } from './resolution-target.ts';

const ROUTER = 'export class Router {\n  add(): number {\n    return 1;\n  }\n}\n';
const use = (specifier: string) => `import { Router } from '${specifier}';\nconsole.log(new Router().add());\n`;

/** How each package manager names the packages of a workspace, and how one depends on another. */
const MANAGERS = {
  npm: {
    files: { 'package.json': '{ "private": true, "workspaces": ["packages/*"] }\n' },
    ranges: { legacy: '1.0.0', core: '^1.2.0' },
    links: { 'node_modules/@acme/core': 'packages/core', 'node_modules/@acme/legacy': 'packages/legacy' },
  },
  yarn: {
    files: { 'package.json': '{ "private": true, "workspaces": { "packages": ["packages/*"] } }\n' },
    ranges: { legacy: 'workspace:^', core: 'workspace:^' },
    links: { 'node_modules/@acme/core': 'packages/core', 'node_modules/@acme/legacy': 'packages/legacy' },
  },
  pnpm: {
    files: { 'package.json': '{ "private": true }\n', 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' },
    ranges: { legacy: '1.0.0', core: 'workspace:*' },
    links: {
      'packages/app/node_modules/@acme/core': 'packages/core',
      'packages/app/node_modules/@acme/legacy': 'packages/legacy',
    },
  },
};

const options = {
  composite: true,
  outDir: 'dist',
  rootDir: 'src',
  strict: true,
  module: 'nodenext',
  types: [],
  lib: ['es2022', 'dom'],
};
const tsconfig = (rest: object = {}) => JSON.stringify({ compilerOptions: options, include: ['src'], ...rest });
const manifest = (name: string, rest: object = {}) =>
  `${JSON.stringify({ name: `@acme/${name}`, version: '1.2.0', type: 'module', ...rest }, undefined, 2)}\n`;
const BUILT = { exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } } };

function workspace({ files, ranges: { legacy } }: (typeof MANAGERS)[keyof typeof MANAGERS]): Resolution['files'] {
  return {
    ...files,
    'tsconfig.json': '{ "files": [], "references": [{ "path": "packages/app" }, { "path": "packages/legacy" }] }',
    'packages/core/package.json': manifest('core', BUILT),
    'packages/core/tsconfig.json': tsconfig(),
    'packages/core/src/index.ts': "export * from './router.js';\n",
    'packages/core/src/router.ts': ROUTER,
    'packages/legacy/package.json': manifest('legacy', BUILT),
    'packages/legacy/tsconfig.json': tsconfig(),
    'packages/legacy/src/index.ts': ROUTER,
    'packages/legacy/src/other.ts': 'export const other = 1;\n',
    'packages/app/package.json': manifest('app', { dependencies: { '@acme/legacy': legacy, zod: '4' } }),
    'packages/app/tsconfig.json': tsconfig({ references: [{ path: '../core' }, { path: '../legacy' }] }),
    'packages/app/src/main.ts': use('@acme/legacy'),
  };
}

describe.each(Object.entries(MANAGERS))('a workspace of %s', { timeout: 120_000 }, (_, manager) => {
  const migrated = {
    'packages/app/src/main.ts': use('@acme/core'),
    'packages/app/package.json': manifest('app', { dependencies: { '@acme/core': manager.ranges.core, zod: '4' } }),
  };
  const MOVES: Readonly<Record<string, Resolution['canonical']>> = {
    'package to package': { '@acme/core': { Router: { replaces: ['@acme/legacy#Router'] } } },
    'module to module, by the entry that hands it on': {
      'packages/core/src/router.ts': { Router: { replaces: ['packages/legacy/src/index.ts#Router'] } },
    },
  };
  test.each(Object.entries(MOVES))('%s, installed', async (_, canonical) => {
    const oracle = { tsc: ['-b'], node: 'packages/app/dist/main.js' };
    await migrates({ files: workspace(manager), links: manager.links, canonical, expected: migrated, ...oracle });
  });

  test.each(Object.entries(MOVES))('%s, in a fresh checkout', async (_, canonical) => {
    await migrates({ files: workspace(manager), canonical, expected: migrated, tsc: false });
  });
});

/** A fresh checkout of two packages: `core` with what is canonical, `app` with what is deprecated and its consumers. */
function twoPackages(core: object, files: Resolution['files']): Resolution['files'] {
  return {
    'package.json': '{ "private": true, "workspaces": ["packages/*"] }\n',
    'packages/core/package.json': manifest('core', core),
    'packages/core/tsconfig.json': tsconfig(),
    'packages/core/src/index.ts': "export * from './router.js';\n",
    'packages/core/src/router.ts': ROUTER,
    'packages/app/package.json': manifest('app'),
    'packages/app/tsconfig.json': tsconfig({ references: [{ path: '../core' }] }),
    'packages/app/src/old.ts': ROUTER,
    ...files,
  };
}

const INTO_CORE = { 'packages/core/src/router.ts': { Router: { replaces: ['packages/app/src/old.ts#Router'] } } };
const withCore = manifest('app', { dependencies: { '@acme/core': '^1.2.0' } });
const FEATURES = { exports: { './features/*': { types: './dist/*.d.ts', default: './dist/*.js' } } };

describe('a module that moves into another package', { timeout: 120_000 }, () => {
  test('is named by the package, not by a path that leads out of the own one', async () => {
    await migrates({
      files: twoPackages(BUILT, { 'packages/app/src/main.ts': use('./old.js') }),
      canonical: INTO_CORE,
      expected: { 'packages/app/src/main.ts': use('@acme/core'), 'packages/app/package.json': withCore },
      tsc: false,
    });
  });

  test('is named by the subpath that leads to it before the entry that hands it on', async () => {
    await migrates({
      files: twoPackages(
        { exports: { ...BUILT.exports, ...FEATURES.exports } },
        { 'packages/app/src/main.ts': use('./old.js') },
      ),
      canonical: INTO_CORE,
      expected: {
        'packages/app/src/main.ts': use('@acme/core/features/router'),
        'packages/app/package.json': withCore,
      },
      tsc: false,
    });
  });

  test('joins the import of that package that is there', async () => {
    const both = (first: string, second: string) =>
      `import { ${second} } from '@acme/core';\n${first}new Router().add();\nsettings;\n`;
    await migrates({
      files: {
        ...twoPackages(BUILT, { 'packages/app/src/main.ts': both("import { Router } from './old.js';\n", 'settings') }),
        'packages/core/src/index.ts': "export * from './router.js';\nexport const settings = 1;\n",
        'packages/app/package.json': withCore,
      },
      canonical: INTO_CORE,
      expected: { 'packages/app/src/main.ts': both('', 'settings, Router') },
      tsc: false,
    });
  });

  test('is for review where that package gives it no name', async () => {
    const record = await migrates({
      files: {
        ...twoPackages(BUILT, { 'packages/app/src/main.ts': use('./old.js') }),
        'packages/core/src/index.ts': 'export {};\n',
      },
      canonical: INTO_CORE,
      expected: {},
      tsc: false,
    });
    expect(record.outcomes.map(({ reason }) => reason)).toEqual([
      {
        code: 'no-specifier',
        text: "packages/core/src/router.ts lies in another package, which gives it no name: add it to that package's exports",
      },
    ]);
  });

  test('stays relative where the packages named each other by paths before', async () => {
    await migrates({
      files: {
        ...twoPackages(BUILT, { 'packages/app/src/main.ts': use('../../core/src/old.js') }),
        'packages/core/src/old.ts': ROUTER,
      },
      canonical: { 'packages/core/src/router.ts': { Router: { replaces: ['packages/core/src/old.ts#Router'] } } },
      expected: { 'packages/app/src/main.ts': use('../../core/src/router.js') },
      tsc: false,
    });
  });

  test('brings its mapping’s imports and its members along', async () => {
    const router = (member: string, parameter: string) =>
      `export class Router {\n  ${member}(handler: ${parameter}): void {\n    handler;\n  }\n}\n`;
    await migrates({
      files: {
        ...twoPackages(BUILT, {
          'packages/app/src/main.ts': "import { Router } from './old.js';\nnew Router().register('x');\n",
          'packages/app/src/old.ts': router('register', 'string'),
        }),
        'packages/core/src/index.ts': "export * from './router.js';\nexport * from './handler.js';\n",
        'packages/core/src/router.ts': router('add', '{ name: string }'),
        'packages/core/src/handler.ts': 'export const handlerFor = (name: string) => ({ name });\n',
      },
      canonical: {
        'packages/core/src/router.ts': {
          Router: {
            replaces: ['packages/app/src/old.ts#Router'],
            members: { 'register(name)': 'add(handlerFor(name))' },
            imports: { handlerFor: 'packages/core/src/handler.ts' },
          },
        },
      },
      expected: {
        'packages/app/src/main.ts':
          "import { Router, handlerFor } from '@acme/core';\nnew Router().add(handlerFor('x'));\n",
        'packages/app/package.json': withCore,
      },
      tsc: false,
    });
  });
});

describe('proxies in another package than what they hand on', { timeout: 120_000 }, () => {
  const files = (entry: string) => ({
    'package.json': '{ "private": true, "workspaces": ["packages/*"] }\n',
    'packages/core/package.json': manifest('core', BUILT),
    'packages/core/tsconfig.json': tsconfig(),
    'packages/core/src/index.ts': entry,
    'packages/core/src/router.ts': ROUTER,
    'packages/legacy/package.json': manifest('legacy', BUILT),
    'packages/legacy/tsconfig.json': tsconfig({ references: [{ path: '../core' }] }),
    'packages/legacy/src/index.ts': ROUTER,
    'packages/app/package.json': manifest('app', { dependencies: { '@acme/legacy': '1.2.0' } }),
    'packages/app/tsconfig.json': tsconfig({ references: [{ path: '../legacy' }] }),
    'packages/app/src/main.ts': use('@acme/legacy'),
  });
  const proxied = (entry: string) =>
    new PhaseTarget(
      files(entry),
      {
        name: 'proxied',
        canonical: { 'packages/core/src/router.ts': { Router: { replaces: ['packages/legacy/src/index.ts#Router'] } } },
        phases: [
          { name: 'proxies', steps: ['proxies'] },
          { name: 'imports', steps: ['imports'] },
        ],
        gates: ['types'],
      },
      { runtime: false },
    );

  test('name the package and depend on it, and the consumers follow', async () => {
    const target = proxied("export * from './router.js';\n");
    await target.phase('proxies');
    expect(target.read('packages/legacy/src/index.ts')).toContain(
      "export { /** @deprecated Use `packages/core/src/router.ts#Router`. */ Router } from '@acme/core';",
    );
    expect(target.read('packages/legacy/package.json')).toBe(
      manifest('legacy', { ...BUILT, dependencies: { '@acme/core': '^1.2.0' } }),
    );
    const { outcomes } = await target.phase('imports');
    expect(target.read('packages/app/src/main.ts')).toBe(use('@acme/core'));
    // What the app is built after is said in its tsconfig, which nobody but its owner changes.
    expect(
      outcomes.filter(({ result }) => result === 'review').map(({ usage, reason }) => [usage.place.file, reason]),
    ).toEqual([
      [
        'packages/app/tsconfig.json',
        {
          code: 'project-reference',
          text: 'packages/app/src/main.ts imports @acme/core now: add { "path": "../core" } to references',
        },
      ],
    ]);
    const { records } = await target.run();
    expect(records.flatMap(({ changes }) => changes)).toEqual([]);
  });

  test('are not written where that package gives it no name', async () => {
    const target = proxied('export {};\n');
    const before = target.tree({ ledger: false });
    await expect(target.run()).rejects.toMatchObject({
      code: 'PROXY_NO_SPECIFIER',
      message: expect.stringContaining(
        'The proxy at packages/legacy/src/index.ts cannot name packages/core/src/router.ts',
      ),
    });
    expect(target.tree({ ledger: false })).toEqual(before);
  });
});
