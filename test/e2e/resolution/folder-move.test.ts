import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { normalise } from '../../../src/manifest/normalise.ts';
import { PhaseTarget } from '../../run/phases/phase-target.ts';

const TSC = path.resolve(import.meta.dirname, '../../../node_modules/typescript/bin/tsc');

const FILES = {
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      noEmit: true,
      module: 'esnext',
      moduleResolution: 'bundler',
      types: [],
      paths: { '@/*': ['./src/*'] },
    },
    include: ['src', 'test'],
  }),
  'src/shared/base.ts': 'export const base = 1;\n',
  'src/old/index.ts': "export * from './router';\nexport { helper as help } from './deep/helper';\n",
  'src/old/router.ts':
    "import { base } from '../shared/base';\nimport { helper } from './deep/helper';\nexport class Router {\n  n = base + helper();\n}\n",
  'src/old/deep/helper.ts':
    "import type { Router } from '..';\nexport const helper = (router?: Router): number => router?.n ?? 1;\nexport default helper;\n",
  'src/old/router.test.ts': "import { Router } from './router';\nnew Router();\n",
  'src/own.ts': 'export const own = 1;\n',
  'src/old/own.ts': 'export const own = 1;\n',
  'src/a.ts':
    "import { Router } from './old';\nimport helper from '@/old/deep/helper';\nimport { own } from './old/own';\nexport const lazy = () => import('./old/router');\nnew Router().n = helper(undefined) + own;\n",
};

const CANONICAL = {
  'src/new/': { exports: '*', replaces: ['src/old/'] },
  'src/own.ts': { own: { replaces: ['src/old/own.ts#own'] } },
} as const;

function target(): PhaseTarget {
  return new PhaseTarget(FILES, {
    name: 'folder',
    canonical: CANONICAL,
    phases: [
      { name: 'proxies', steps: ['proxies'] },
      { name: 'all', steps: ['imports'] },
    ],
    gates: ['types'],
  });
}

const tsc = ({ root }: PhaseTarget) =>
  spawnSync(process.execPath, [TSC, '-p', '.', '--pretty', 'false'], { cwd: root, encoding: 'utf8' }).stdout;

describe('a folder of modules moves', { timeout: 120_000 }, () => {
  test('every module to its place, its own specifiers too, all importers, a proxy at each old place', async () => {
    const moved = target();
    const before = moved.tree({ ledger: false });
    const { records } = await moved.run();
    expect(records.map(({ status }) => status)).toEqual(['done', 'done']);
    expect(records[0]!.changes.map(({ file, kind }) => `${kind} ${file}`)).toEqual([
      'create src/new/deep/helper.ts',
      'create src/new/index.ts',
      'create src/new/router.ts',
      'modify src/old/deep/helper.ts',
      'modify src/old/index.ts',
      'modify src/old/own.ts',
      'modify src/old/router.ts',
    ]);
    // What moves together goes on saying `./` to each other; what stays is reached from the new place.
    for (const file of ['index.ts', 'router.ts', 'deep/helper.ts']) {
      expect(moved.read(`src/new/${file}`), file).toBe(FILES[`src/old/${file}` as keyof typeof FILES]);
    }
    expect(moved.read('src/a.ts')).toBe(FILES['src/a.ts'].replace("'./old/own'", "'./own'").replaceAll('/old', '/new'));
    // A test is imported by nobody: it stays, and imports from the new place.
    expect(moved.read('src/old/router.test.ts')).toBe("import { Router } from '../new/router';\nnew Router();\n");
    expect(moved.read('src/old/router.ts')).toContain("export * from '../new/router';");
    expect(tsc(moved)).toBe('');
    const { records: again } = await moved.run();
    expect(again.flatMap(({ changes }) => changes)).toEqual([]);

    for (const file of ['index.ts', 'router.ts', 'own.ts', 'deep/helper.ts'])
      rmSync(path.join(moved.root, 'src/old', file));
    expect(tsc(moved)).toBe('');
    expect(Object.keys(before)).toContain('src/old/router.ts');
  });

  test('what is no module stays, and is reached from the new place', async () => {
    const module = `import data from './data.json';
import './style.css';
import text from './words.txt?raw';
import more from './deep/more.json' with { type: 'json' };
import alias from '@/old/data.json';
import { b } from './b?worker';
export { default as all } from './data.json';
export const url = new URL('./words.txt', import.meta.url);
export const lazy = () => import(\`./data.json\`);
export const where: typeof import('./data.json') = data;
export const own = [data.n, text, alias, b, more, require('./data')];
vi.mock(import('./data.json'));
jest.deepUnmock('./words.txt');
mock.module('./words.txt', {});
export const page = __dirname + '/words.txt' + import.meta.url + { __dirname }.__dirname;
`;
    const assets = {
      'src/old/data.json': '{ "n": 1 }\n',
      'src/old/deep/more.json': '{ "m": 1 }\n',
      'src/old/style.css': 'a {}\n',
      'src/old/words.txt': 'words\n',
    };
    const moved = new PhaseTarget(
      {
        'tsconfig.json': FILES['tsconfig.json'],
        'src/globals.d.ts': `declare module '*.css';
declare module '*?raw' { const text: string; export default text; }
declare module '*?worker' { export const b: object; }
declare const vi: any, jest: any, mock: any, __dirname: string;
declare function require(name: string): any;
`,
        'src/old/a.ts': module,
        'src/old/b.ts': 'export const b = {};\n',
        'src/use.ts':
          "import { own } from './old/a';\nimport data from './old/data.json';\nexport const use = [own, data];\n",
        ...assets,
      },
      {
        name: 'folder',
        canonical: { 'src/new/place/': { exports: '*', replaces: ['src/old/'] } },
        phases: [
          { name: 'proxies', steps: ['proxies'] },
          { name: 'all', steps: ['imports'] },
        ],
        gates: ['types'],
      },
    );
    const { records } = await moved.run();
    expect(records.map(({ status }) => status)).toEqual(['done', 'done']);
    const after = module.replaceAll("'./", "'../../old/").replace('`./', '`../../old/').replace('../../old/b?', './b?');
    expect(moved.read('src/new/place/a.ts')).toBe(after);
    expect(moved.read('src/use.ts')).toBe(
      "import { own } from './new/place/a';\nimport data from './old/data.json';\nexport const use = [own, data];\n",
    );
    for (const [file, text] of Object.entries(assets)) expect(moved.read(file)).toBe(text);
    expect(tsc(moved)).toBe('');

    const own = (start: string) => ({ subject: { kind: 'outdated', by: 'src/old/a.ts' }, text: start });
    expect(
      records[0]!.outcomes.map(({ result, reason, usage: { subject, text } }) => [
        result,
        reason?.code,
        { subject, text },
      ]),
    ).toEqual([
      ['review', 'own-place', own('__dirname')],
      ['review', 'own-place', own('import.meta.url')],
      ['review', 'own-place', own('__dirname')],
    ]);
    expect(records[0]!.outcomes[0]).toMatchObject({
      usage: { place: { file: 'src/new/place/a.ts', line: 15, column: 21 } },
      reason: {
        text: "asks for the module's own place, which was src/old and is src/new/place: what it finds from there has to be looked at",
      },
    });
  });

  test('a folder that is not there is an error that names those of its name', async () => {
    const wrong = target().describe({
      name: 'folder',
      canonical: { 'src/new/': { exports: '*', replaces: ['lib/old/'] } },
    });
    await expect(wrong.run()).rejects.toMatchObject({
      code: 'MANIFEST_UNKNOWN_MODULE',
      message: "The manifest moves the folder 'lib/old/', and the target has no source file in it.",
      details: ['there is src/old/'],
    });
  });
});

describe('a folder in the manifest', () => {
  const problems = (canonical: object): readonly string[] => {
    try {
      normalise({ name: 'm', canonical }, '/reroute.config.ts', '');
      return [];
    } catch (error) {
      return (error as { details: readonly string[] }).details;
    }
  };
  test.each([
    ['a module among folders', { 'src/new/': { exports: '*', replaces: ['src/old.ts'] } }, "end in '/': 'src/old/'"],
    ['a folder for a module', { 'src/new.ts': { exports: '*', replaces: ['src/old/'] } }, 'a folder moves to a folder'],
    ['into itself', { 'src/old/new/': { exports: '*', replaces: ['src/old/'] } }, 'cannot move into itself'],
    [
      'twice',
      { 'a/': { exports: '*', replaces: ['c/'] }, 'b/': { exports: '*', replaces: ['c/d/'] } },
      'replaced already',
    ],
    ['out of the target', { '../a/': { exports: '*', replaces: ['c/'] } }, "does not leave the target's root"],
    ['with single exports', { 'a/': { X: { replaces: ['c/'] } } }, "'*'"],
  ])('%s is refused in words', (_, canonical, words) => {
    expect(problems(canonical).join('\n')).toContain(words);
  });
});
