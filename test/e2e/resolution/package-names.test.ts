import { expect, test } from 'vitest';
import { migrates, type Resolution } from './resolution-target.ts';

/** A deprecated module, the canonical one, and how one file names the first before and the second after. */
interface Row {
  readonly what: string;
  readonly old: string;
  readonly now: string;
  readonly before: string;
  readonly after: string;
}

const ROUTER = 'export class Router {\n  add() {\n    return 1;\n  }\n}\n';
const use = (specifier: string) => `import { Router } from '${specifier}';\nconsole.log(new Router().add());\n`;
const consumer = (n: number) => `src/consumers/use${n}.js`;

/** One package whose sources Node runs as they are; each row has modules and a consumer of its own. */
function packageOf(manifest: object, rows: readonly Row[]): Resolution {
  const each = <T>(entries: (row: Row, n: number) => readonly (readonly [string, T])[]) =>
    Object.fromEntries(rows.flatMap(entries));
  const options = { strict: true, noEmit: true, allowJs: true, checkJs: true, module: 'nodenext', types: [] };
  return {
    files: {
      'package.json': JSON.stringify({ name: '@acme/app', type: 'module', ...manifest }),
      'tsconfig.json': JSON.stringify({ compilerOptions: { ...options, lib: ['es2022', 'dom'] }, include: ['src'] }),
      'src/main.js': rows.map((_, n) => `import './consumers/use${n}.js';\n`).join(''),
      ...each(({ old, now, before }, n) => [
        [old, ROUTER],
        [now, ROUTER],
        [consumer(n), use(before)],
      ]),
    },
    canonical: each(({ old, now }) => [[now, { Router: { replaces: [`${old}#Router`] } }]]),
    expected: each(({ after }, n) => [[consumer(n), use(after)]]),
    node: 'src/main.js',
  };
}

const IMPORTS = {
  '#core/*': './src/core/*.js',
  '#core/hidden': null,
  '#ext/*.js': './src/ext/*.js',
  '#all/*': './src/all/*',
  '#*-index': './src/*/index.js',
  '#legacy': './src/one/legacy.js',
  '#router': './src/one/router.js',
  '#only-old': './src/only/legacy.js',
  '#web/*': './src/web/*.js',
  '#conditions/*': { node: './src/conditions/*.js', default: './src/conditions/*.js' },
  '#list/*': ['./src/list/*.js'],
};

const IMPORT_ROWS: readonly Row[] = [
  {
    what: 'a pattern stays the pattern',
    old: 'src/core/old.js',
    now: 'src/core/router.js',
    before: '#core/old',
    after: '#core/router',
  },
  {
    what: 'with the extension where the pattern has it',
    old: 'src/ext/old.js',
    now: 'src/ext/router.js',
    before: '#ext/old.js',
    after: '#ext/router.js',
  },
  {
    what: 'with the extension where the pattern leaves it out',
    old: 'src/all/old.js',
    now: 'src/all/router.js',
    before: '#all/old.js',
    after: '#all/router.js',
  },
  {
    what: 'a pattern in the middle of a path',
    old: 'src/old/index.js',
    now: 'src/now/index.js',
    before: '#old-index',
    after: '#now-index',
  },
  {
    what: 'a name becomes the name of the canonical module',
    old: 'src/one/legacy.js',
    now: 'src/one/router.js',
    before: '#legacy',
    after: '#router',
  },
  {
    what: 'a name becomes relative when the canonical module has none',
    old: 'src/only/legacy.js',
    now: 'src/only/router.js',
    before: '#only-old',
    after: '../only/router.js',
  },
  {
    what: 'another pattern reaches the canonical module',
    old: 'src/core/socket.js',
    now: 'src/web/socket.js',
    before: '#core/socket',
    after: '#web/socket',
  },
  {
    what: 'no pattern reaches the canonical module',
    old: 'src/core/far.js',
    now: 'src/far.js',
    before: '#core/far',
    after: '../far.js',
  },
  {
    what: 'null hides what a pattern would reach',
    old: 'src/core/shown.js',
    now: 'src/core/hidden.js',
    before: '#core/shown',
    after: '../core/hidden.js',
  },
  {
    what: 'conditions that lead to one file',
    old: 'src/conditions/old.js',
    now: 'src/conditions/router.js',
    before: '#conditions/old',
    after: '#conditions/router',
  },
  {
    what: 'a list of targets',
    old: 'src/list/old.js',
    now: 'src/list/router.js',
    before: '#list/old',
    after: '#list/router',
  },
];

const EXPORTS = {
  '.': './src/entry/router.js',
  './entry-old': './src/entry/old.js',
  './legacy': { import: './src/sub/legacy.js', require: './src/sub/legacy.js' },
  './router': ['./src/sub/router.js'],
  './features/*': './src/features/*.js',
  './features/inner/*': null,
  './features/inner/old': './src/features/inner/old.js',
  './unnamed': './src/unnamed/old.js',
};

const EXPORT_ROWS: readonly Row[] = [
  {
    what: 'a subpath becomes the package itself',
    old: 'src/entry/old.js',
    now: 'src/entry/router.js',
    before: '@acme/app/entry-old',
    after: '@acme/app',
  },
  {
    what: 'a subpath becomes a subpath',
    old: 'src/sub/legacy.js',
    now: 'src/sub/router.js',
    before: '@acme/app/legacy',
    after: '@acme/app/router',
  },
  {
    what: 'a pattern stays the pattern',
    old: 'src/features/old.js',
    now: 'src/features/router.js',
    before: '@acme/app/features/old',
    after: '@acme/app/features/router',
  },
  {
    what: 'null hides what a pattern would reach',
    old: 'src/features/inner/old.js',
    now: 'src/features/inner/router.js',
    before: '@acme/app/features/inner/old',
    after: '../features/inner/router.js',
  },
  {
    what: 'a subpath becomes relative when the canonical module has none',
    old: 'src/unnamed/old.js',
    now: 'src/unnamed/router.js',
    before: '@acme/app/unnamed',
    after: '../unnamed/router.js',
  },
];

test('imports of package.json keep their # where the canonical module can be said so', {
  timeout: 120_000,
}, async () => {
  const { account } = await migrates(packageOf({ imports: IMPORTS }, IMPORT_ROWS));
  expect(account.edited).toBe(IMPORT_ROWS.length);
});

test('exports of package.json, by the name of the own package', { timeout: 120_000 }, async () => {
  const { account } = await migrates(packageOf({ exports: EXPORTS }, EXPORT_ROWS));
  expect(account.edited).toBe(EXPORT_ROWS.length);
});

const BUILT_OPTIONS = {
  strict: true,
  module: 'nodenext',
  types: [],
  lib: ['es2022', 'dom'],
  outDir: 'dist',
  rootDir: 'src',
};

test('entries that lead to build output which is not there lead to its sources', { timeout: 120_000 }, async () => {
  const built = (file: string) => ({ types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` });
  const manifest = {
    name: '@acme/app',
    type: 'module',
    imports: { '#old': built('old'), '#router': built('router'), '#core/*': built('core/*') },
    exports: { './shared': built('shared'), './features/*': built('features/*/index') },
  };
  const rows = [
    ['#old', '#router'],
    ['#core/old', '#core/router'],
    ['@acme/app/features/old', '@acme/app/features/router'],
    ['@acme/app/shared', './shared-router.js'],
  ] as const;
  await migrates({
    files: {
      'package.json': JSON.stringify(manifest),
      'tsconfig.json': JSON.stringify({ compilerOptions: BUILT_OPTIONS, include: ['src'] }),
      'src/main.ts': rows.map((_, n) => `import './use${n}.js';\n`).join(''),
      ...Object.fromEntries(rows.map(([before], n) => [`src/use${n}.ts`, use(before)])),
      'src/old.ts': ROUTER,
      'src/router.ts': ROUTER,
      'src/core/old.ts': ROUTER,
      'src/core/router.ts': ROUTER,
      'src/features/old/index.ts': ROUTER,
      'src/features/router/index.ts': ROUTER,
      'src/shared.ts': ROUTER,
      'src/shared-router.ts': ROUTER,
    },
    canonical: {
      'src/router.ts': { Router: { replaces: ['src/old.ts#Router'] } },
      'src/core/router.ts': { Router: { replaces: ['src/core/old.ts#Router'] } },
      'src/features/router/index.ts': { Router: { replaces: ['src/features/old/index.ts#Router'] } },
      'src/shared-router.ts': { Router: { replaces: ['src/shared.ts#Router'] } },
    },
    expected: Object.fromEntries(rows.map(([, after], n) => [`src/use${n}.ts`, use(after)])),
    node: 'dist/main.js',
  });
});

test('a name that leads elsewhere under another condition is for review', { timeout: 120_000 }, async () => {
  const record = await migrates({
    files: {
      'package.json': JSON.stringify({
        name: '@acme/app',
        type: 'module',
        imports: { '#router': { browser: './src/browser.js', default: './src/old.js' } },
      }),
      'tsconfig.json': JSON.stringify({ compilerOptions: { ...BUILT_OPTIONS, allowJs: true }, include: ['src'] }),
      'src/browser.js': ROUTER,
      'src/old.js': ROUTER,
      'src/router.js': ROUTER,
      'src/main.js': use('#router'),
    },
    canonical: { 'src/router.js': { Router: { replaces: ['src/old.js#Router'] } } },
    expected: {},
    tsc: false,
  });
  expect(record.outcomes.filter(({ usage }) => usage.place.file === 'src/main.js').map(({ reason }) => reason)).toEqual(
    [
      {
        code: 'conditional-specifier',
        text: "'#router' leads to src/old.js here and to src/browser.js under other conditions of package.json",
      },
    ],
  );
});

test('an import is not joined to one that only reads like the canonical module', { timeout: 120_000 }, async () => {
  const paths = (folder: string) => ({ paths: { '@/*': [`./${folder}/*`] } });
  const tsconfig = (folder: string) =>
    JSON.stringify({
      compilerOptions: {
        ...BUILT_OPTIONS,
        rootDir: '..',
        noEmit: true,
        module: 'esnext',
        moduleResolution: 'bundler',
        ...paths(folder),
      },
    });
  const other = `export class Router {\n  other = 1;\n}\nexport const helper = 1;\n`;
  await migrates({
    files: {
      'one/tsconfig.json': tsconfig('src'),
      'one/src/old.ts': ROUTER,
      'one/src/router.ts': other,
      'one/src/a.ts':
        "import { Router } from '@/old';\nimport { helper } from '@/router';\nnew Router().add();\nhelper.toFixed();\n",
      'two/tsconfig.json': tsconfig('src'),
      'two/src/router.ts': ROUTER,
    },
    canonical: { 'two/src/router.ts': { Router: { replaces: ['one/src/old.ts#Router'] } } },
    expected: {
      'one/src/a.ts':
        "import { Router } from '../../two/src/router';\nimport { helper } from '@/router';\nnew Router().add();\nhelper.toFixed();\n",
    },
    tsc: ['-p', 'one'],
  });
});
