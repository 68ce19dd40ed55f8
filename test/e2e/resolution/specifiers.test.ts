import { describe, expect, test } from 'vitest';
import { migrates, type Resolution } from './resolution-target.ts';

/** The deprecated class and the canonical one; both are there, so that only importers change. */
const ROUTER = 'export class Router {\n  add(): number {\n    return 1;\n  }\n}\n';

function tsconfig(options: object, rest: object = { include: ['src', 'test', 'generated'] }): string {
  const base = { strict: true, noEmit: true, module: 'esnext', moduleResolution: 'bundler', types: [] };
  return JSON.stringify({ compilerOptions: { ...base, ...options }, ...rest });
}

function moves(from: string, to: string): Resolution['canonical'] {
  return { [to]: { Router: { replaces: [`${from}#Router`] } } };
}

/** `src/old/router.ts` goes to `src/new/router.ts`; one importer, in which only the specifier changes. */
function oneImporter(config: string, file: string, before: string, after: string): Resolution {
  const text = (specifier: string) => `import { Router } from '${specifier}';\nexport const router = new Router();\n`;
  return {
    files: {
      'tsconfig.json': config,
      'src/old/router.ts': ROUTER,
      'src/new/router.ts': ROUTER,
      [file]: text(before),
    },
    canonical: moves('src/old/router.ts', 'src/new/router.ts'),
    expected: { [file]: text(after) },
  };
}

describe('tsconfig', { timeout: 60_000 }, () => {
  test('an alias of paths stays the alias', async () => {
    const config = tsconfig({ paths: { '@/*': ['./src/*'] } });
    await migrates(oneImporter(config, 'test/a.ts', '@/old/router', '@/new/router'));
  });

  test('an alias that only reaches the old folder becomes relative', async () => {
    const config = tsconfig({ paths: { 'old/*': ['./src/old/*'] } });
    await migrates(oneImporter(config, 'test/a.ts', 'old/router', '../src/new/router'));
  });

  test('an alias for one file becomes relative, or the alias of the canonical module when there is one', async () => {
    const alone = tsconfig({ paths: { '~router': ['./src/old/router.ts'] } });
    await migrates(oneImporter(alone, 'test/a.ts', '~router', '../src/new/router'));
    const both = tsconfig({ paths: { '~router': ['./src/old/router.ts'], '~canonical': ['./src/new/router.ts'] } });
    await migrates(oneImporter(both, 'test/a.ts', '~router', '~canonical'));
  });

  test('an alias of several folders is read off where it led', async () => {
    const config = tsconfig({ paths: { '#app/*': ['./generated/*', './src/*'] } });
    await migrates(oneImporter(config, 'test/a.ts', '#app/old/router', '#app/new/router'));
  });

  test('what TypeScript 7 refuses still resolves: baseUrl, moduleResolution node and classic', async () => {
    const resolution = oneImporter(
      JSON.stringify({
        compilerOptions: { baseUrl: 'src', module: 'commonjs', moduleResolution: 'node', target: 'es5', strict: true },
        include: ['src', 'test'],
      }),
      'test/a.ts',
      'old/router',
      'new/router',
    );
    const classic = JSON.stringify({ compilerOptions: { module: 'amd', moduleResolution: 'classic', baseUrl: '.' } });
    const text = (specifier: string) => `import { Router } from '${specifier}';\nexport const router = new Router();\n`;
    await migrates({
      ...resolution,
      files: {
        ...resolution.files,
        'classic/tsconfig.json': classic,
        'classic/old.ts': ROUTER,
        'classic/new.ts': ROUTER,
        'classic/a.ts': text('old'),
        'classic/b.ts': text('./old'),
      },
      canonical: { ...resolution.canonical, ...moves('classic/old.ts', 'classic/new.ts') },
      expected: { ...resolution.expected, 'classic/a.ts': text('new'), 'classic/b.ts': text('./new') },
      tsc: false,
    });
  });

  test('paths of a configuration that is extended are kept', async () => {
    const resolution = oneImporter(
      '{ "extends": "./config/base.json", "include": ["src", "test"] }',
      'test/a.ts',
      '@/old/router',
      '@/new/router',
    );
    const base = tsconfig({ paths: { '@/*': ['../src/*'] } }, {});
    await migrates({ ...resolution, files: { ...resolution.files, 'config/base.json': base } });
  });

  test.each([
    ['by a path', '../src/old/router.ts'],
    ['below the folder of who extends it', `\${configDir}/src/old/router.ts`],
  ])('an alias for one file in a configuration of another name, %s', async (_, target) => {
    const resolution = oneImporter(
      '{ "extends": "./config/base.json", "include": ["src", "test"] }',
      'test/a.ts',
      '~messages',
      '../src/new/router',
    );
    const base = tsconfig({ paths: { '~messages': [target] } }, {});
    await migrates({ ...resolution, files: { ...resolution.files, 'config/base.json': base } });
  });

  test('a specifier below rootDirs that crosses from one root into the other goes where the file is', async () => {
    await migrates({
      files: {
        'tsconfig.json': tsconfig({ rootDirs: ['./src', './generated'] }),
        'generated/old/router.ts': ROUTER,
        'src/new/router.ts': ROUTER,
        'src/a.ts': "import { Router } from './old/router';\nexport const router = new Router();\n",
      },
      canonical: moves('generated/old/router.ts', 'src/new/router.ts'),
      expected: { 'src/a.ts': "import { Router } from './new/router';\nexport const router = new Router();\n" },
    });
  });

  test('a canonical module in the other root of rootDirs is named by where it is', async () => {
    await migrates({
      files: {
        'tsconfig.json': tsconfig({ rootDirs: ['./src', './generated'] }),
        'src/old/router.ts': ROUTER,
        'generated/router.ts': ROUTER,
        'src/a.ts': "import { Router } from './old/router';\nexport const router = new Router();\n",
      },
      canonical: moves('src/old/router.ts', 'generated/router.ts'),
      expected: { 'src/a.ts': "import { Router } from '../generated/router';\nexport const router = new Router();\n" },
    });
  });

  test('a .js that means .ts stays one', async () => {
    const config = tsconfig({ module: 'nodenext', moduleResolution: 'nodenext' });
    await migrates(oneImporter(config, 'src/a.ts', './old/router.js', './new/router.js'));
  });

  test('node16 with .mts and .cts writes the extension that runs', async () => {
    await migrates({
      files: {
        'tsconfig.json': tsconfig({ module: 'node16', moduleResolution: 'node16' }),
        'package.json': '{ "name": "app", "type": "commonjs" }',
        'src/old.mts': ROUTER,
        'src/new.mts': ROUTER,
        'src/a.mts': "import { Router } from './old.mjs';\nexport const router = new Router();\n",
        'src/b.cts': "export const router = import('./old.mjs').then(({ Router }) => new Router());\n",
      },
      canonical: moves('src/old.mts', 'src/new.mts'),
      expected: {
        'src/a.mts': "import { Router } from './new.mjs';\nexport const router = new Router();\n",
        'src/b.cts': "export const router = import('./new.mjs').then(({ Router }) => new Router());\n",
      },
    });
  });

  test('the extension of the canonical file is written when it is another one', async () => {
    await migrates({
      files: {
        'tsconfig.json': tsconfig({ module: 'nodenext', moduleResolution: 'nodenext' }),
        'package.json': '{ "name": "app", "type": "module" }',
        'src/old.ts': ROUTER,
        'src/new.mts': ROUTER,
        'src/a.ts': "import { Router } from './old.js';\nexport const router = new Router();\n",
      },
      canonical: moves('src/old.ts', 'src/new.mts'),
      expected: { 'src/a.ts': "import { Router } from './new.mjs';\nexport const router = new Router();\n" },
    });
  });

  test('a canonical .mts is named with its extension also where others have none', async () => {
    await migrates({
      files: {
        'tsconfig.json': tsconfig({}),
        'src/old.ts': ROUTER,
        'src/new.mts': ROUTER,
        'src/a.ts': "import { Router } from './old';\nexport const router = new Router();\n",
      },
      canonical: moves('src/old.ts', 'src/new.mts'),
      expected: { 'src/a.ts': "import { Router } from './new.mjs';\nexport const router = new Router();\n" },
    });
  });

  test('allowImportingTsExtensions keeps .ts', async () => {
    const config = tsconfig({ allowImportingTsExtensions: true });
    await migrates(oneImporter(config, 'src/a.ts', './old/router.ts', './new/router.ts'));
  });

  test('a file that is not included by any configuration is resolved with the nearest', async () => {
    const config = tsconfig({ paths: { '@/*': ['./src/*'] } }, { include: ['src'] });
    await migrates(oneImporter(config, 'scripts/a.ts', '@/old/router', '@/new/router'));
  });
});

describe('index and folders', { timeout: 60_000 }, () => {
  test('an import of a folder becomes one of the canonical folder', async () => {
    await migrates({
      files: {
        'tsconfig.json': tsconfig({}),
        'src/old/index.ts': ROUTER,
        'src/new/index.ts': ROUTER,
        'src/a.ts': "import { Router } from './old';\nexport const router = new Router();\n",
        'src/b.ts': "import { Router } from './old/index';\nexport const router = new Router();\n",
        'src/c.ts': "import { Router } from './old/';\nexport const router = new Router();\n",
        'src/old/deep/d.ts': "import { Router } from '..';\nexport const router = new Router();\n",
        'src/old/e.ts': "import { Router } from '.';\nexport const router = new Router();\n",
      },
      canonical: moves('src/old/index.ts', 'src/new/index.ts'),
      expected: {
        'src/a.ts': "import { Router } from './new';\nexport const router = new Router();\n",
        'src/b.ts': "import { Router } from './new/index';\nexport const router = new Router();\n",
        'src/c.ts': "import { Router } from './new';\nexport const router = new Router();\n",
        'src/old/deep/d.ts': "import { Router } from '../../new';\nexport const router = new Router();\n",
        'src/old/e.ts': "import { Router } from '../new';\nexport const router = new Router();\n",
      },
    });
  });

  test('a file beside a folder of its name is told apart', async () => {
    await migrates({
      files: {
        'tsconfig.json': tsconfig({}),
        'src/router.ts': ROUTER,
        'src/router/index.ts': ROUTER,
        'src/router/a.ts': "import { Router } from '../router';\nexport const router = new Router();\n",
        'src/b.ts': "import { Router } from './router/index';\nexport const router = new Router();\n",
      },
      canonical: moves('src/router.ts', 'src/router/index.ts'),
      expected: {
        'src/router/a.ts': "import { Router } from '.';\nexport const router = new Router();\n",
      },
    });
  });
});

describe('characters in paths', { timeout: 60_000 }, () => {
  test('spaces, #, %, quotes, brackets and letters that are not ASCII, in folders and in names', async () => {
    const pairs = [
      ['my old/router', 'my new/router'],
      ['old#1/router', 'new#1/router'],
      ['old%20x/router', 'new%20x/router'],
      ['größe/旧/router', 'größe/新/router'],
      ['[old]/router', '(new)/router'],
      ["old's/router", "new's/router"],
      ['$old/router', '$new/router'],
      ['ältere router', 'neue router'],
      ['old#router', 'new#router'],
      ['old%router', 'new%router'],
    ] as const;
    const text = (specifier: string) => `import { Router } from "${specifier}";\nexport const router = new Router();\n`;
    const each = <T>(entries: (pair: readonly [string, string], n: number) => readonly (readonly [string, T])[]) =>
      Object.fromEntries(pairs.flatMap((pair, n) => entries(pair, n)));
    await migrates({
      files: {
        'tsconfig.json': tsconfig({ paths: { '@/*': ['./src/*'] } }),
        ...each(([old, now], n) => [
          [`src/${old}.ts`, ROUTER],
          [`src/${now}.ts`, ROUTER],
          [`src/a${n}.ts`, text(`./${old}`)],
          [`src/b${n}.ts`, text(`@/${old}`)],
        ]),
      },
      canonical: each(([old, now]) => Object.entries(moves(`src/${old}.ts`, `src/${now}.ts`))),
      expected: each(([, now], n) => [
        [`src/a${n}.ts`, text(`./${now}`)],
        [`src/b${n}.ts`, text(`@/${now}`)],
      ]),
    });
  });

  test('two files whose names differ in case only are two modules', async () => {
    const record = await migrates({
      files: {
        'tsconfig.json': tsconfig({}),
        'src/Router.ts': ROUTER,
        'src/router.ts': 'export class Router {\n  other = 1;\n}\n',
        'src/new.ts': ROUTER,
        'src/a.ts': "import { Router } from './Router';\nexport const router = new Router().add();\n",
        'src/b.ts': "import { Router } from './router';\nexport const router = new Router().other;\n",
      },
      canonical: moves('src/Router.ts', 'src/new.ts'),
      expected: { 'src/a.ts': "import { Router } from './new';\nexport const router = new Router().add();\n" },
      // It takes two such files in one program for an error, on any disk.
      tsc: false,
    });
    expect(record.account.edited).toBe(1);
  });
});
