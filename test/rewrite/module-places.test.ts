import { expect, test } from 'vitest';
import type { MigrationInput } from '../../src/manifest/define-migration.ts';
import { type Files, PhaseTarget, told } from '../run/phases/phase-target.ts';

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    allowJs: true,
    checkJs: true,
    noEmit: true,
    types: [],
  },
});

/** An old module with a new one of the same names, one whose names change, and one that moves as a whole. */
const MODULES: Files = {
  'package.json': '{ "name": "target", "type": "module", "private": true }\n',
  'tsconfig.json': TSCONFIG,
  'src/old/audit.ts': 'export class Audit {}\nexport interface Entry {}\n',
  'src/new/audit.ts': 'export class Audit {}\nexport interface Entry {}\n',
  'src/old/router.ts': 'export class OldRouter { register_handler(): void {} }\nexport const helper = 1;\n',
  'src/new/router.ts': 'export class Router { addHandler(): void {} }\n',
  'src/old/worker.ts': 'export const port = 1;\n',
  'src/new/worker.ts': 'export const port = 1;\n',
  'src/globals.d.ts': `declare function require(name: string): any;
declare module '*?worker' { const make: new () => object; export default make; }
declare const vi: any;
`,
};

const MIGRATION: MigrationInput = {
  name: 'places',
  canonical: {
    'src/new/audit.ts': { Audit: { replaces: ['src/old/audit.ts#Audit'] } },
    'src/new/router.ts': {
      Router: { replaces: ['src/old/router.ts#OldRouter'], members: { register_handler: 'addHandler' } },
    },
    'src/new/worker.ts': { exports: '*', replaces: ['src/old/worker.ts'] },
  },
  phases: [{ name: 'all', files: ['src/app/**', 'test/**'], steps: ['imports', 'members'] }],
  gates: ['types'],
};

async function migrate(files: Readonly<Record<string, string>>) {
  const target = new PhaseTarget({ ...MODULES, ...files }, MIGRATION, { runtime: false });
  const record = await target.phase('all');
  return { target, told: told(record).filter((line) => !line.endsWith(' edited')), record };
}

test('a specifier with a query leads to the file before it, whatever the bundler\u2019s pattern declares', async () => {
  const { target, told } = await migrate({
    'src/app/main.ts': "import Make from '../old/worker?worker';\nexport const made = new Make();\n",
    'src/app/other.ts': "import Make from '../old/router?worker';\nexport const made = new Make();\n",
  });
  expect(target.read('src/app/main.ts')).toContain("from '../new/worker?worker'");
  expect(told).toEqual(['src/app/other.ts:1 ../old/router?worker review form-not-supported']);
});

test('a reference directive follows a module that moves as a whole', async () => {
  const { target, told } = await migrate({
    'src/app/main.ts':
      '/// <reference path="../old/worker.ts" />\n/// <reference path="../old/router.ts" />\nexport {};\n',
  });
  expect(target.read('src/app/main.ts')).toContain('/// <reference path="../new/worker.ts" />');
  expect(told).toEqual(['src/app/main.ts:2 ../old/router.ts review form-not-supported']);
});

test('a module that is handed on as an object moves when the canonical one has the same values', async () => {
  const { target, told } = await migrate({
    'src/app/main.ts': `export const load = () => import('../old/audit');
export type Audits = typeof import('../old/audit');
export const routers = () => import('../old/router');
`,
  });
  expect(target.read('src/app/main.ts')).toBe(`export const load = () => import('../new/audit');
export type Audits = typeof import('../new/audit');
export const routers = () => import('../old/router');
`);
  expect(told).toEqual(['src/app/main.ts:3 ../old/router review module-passed-on']);
});

test('a mock that stands for a value which stays is for review; one that names its own moves with all that it renames', async () => {
  const { target, told, record } = await migrate({
    'test/whole.test.ts': "vi.mock('../src/old/router');\n",
    'test/named.test.ts': `import { OldRouter } from '../src/old/router';
vi.mock('../src/old/router', () => ({ OldRouter: vi.fn() }));
new OldRouter().register_handler();
export {};
`,
  });
  expect(target.read('test/named.test.ts')).toBe(`import { Router } from '../src/new/router';
vi.mock('../src/new/router', () => ({ Router: vi.fn() }));
new Router().addHandler();
export {};
`);
  expect(told).toEqual(['test/whole.test.ts:1 ../src/old/router review names-stay']);
  const key = record.outcomes.find(({ usage }) => usage.place.line === 2 && usage.text === 'OldRouter');
  expect(key).toMatchObject({ result: 'edited', usage: { verdict: { kind: 'proven', proof: { how: 'symbol' } } } });
});

test('a local name that follows its export is told as edited, with the module as its proof', async () => {
  const { target, told, record } = await migrate({
    'src/app/main.ts': "const { OldRouter } = await import('../old/router');\nexport const made = new OldRouter();\n",
  });
  expect(target.read('src/app/main.ts')).toBe(
    "const { Router } = await import('../new/router');\nexport const made = new Router();\n",
  );
  expect(told).toEqual([]);
  const use = record.outcomes.find(({ usage }) => usage.place.line === 2);
  expect(use).toMatchObject({ usage: { verdict: { proof: { how: 'module', name: 'src/old/router.ts#OldRouter' } } } });
});
