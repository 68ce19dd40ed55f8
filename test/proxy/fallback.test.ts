import { expect, test } from 'vitest';
import type { MigrationInput } from '../../src/manifest/define-migration.ts';
import { ProxyTarget, warnings } from './proxy-target.ts';

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    module: 'nodenext',
    target: 'es2022',
    rootDir: 'src',
    outDir: 'out',
    types: [],
  },
  include: ['src'],
});

/** A class with renamed members, one with another constructor, a function, one that is called alike, a constant and a type. */
const CANONICAL = `export type Handler = (text: string) => string;
export class Router<T extends object = object> {
  readonly kind = 'new';
  readonly tags: T[] = [];
  addHandler(handler: Handler): string { return 'new ' + handler('x'); }
}
export class Queue {
  readonly options: { readonly size: number };
  constructor(options: { readonly size: number }) { this.options = options; }
  get size(): string { return 'new ' + this.options.size; }
}
export class Clock { now(): string { return 'new clock'; } }
export function joined(parts: readonly string[]): string { return 'new ' + parts.join('+'); }
export function same(text: string): string { return 'new ' + text; }
export const LIMIT: number = 2;
export enum Level { Low, High }
`;

const OLD = `import { shout } from './words.js';
export type Handler = (text: string) => string;
export class Router<T extends object = object> {
  readonly kind = 'new';
  readonly tags: T[] = [];
  register_handler(handler: Handler): string { return shout('old ' + handler('x')); }
}
export class OldQueue {
  readonly #size: number;
  constructor(size: number) { this.#size = size; }
  get size(): string { return 'old ' + this.#size; }
}
export class Clock { now(): string { return 'old clock'; } }
export function join(a: string, b: string): string { return 'old ' + a + b; }
export default function same(text: string): string { return 'old ' + text; }
export const LIMIT: number = 1;
export enum Level { Low, High }
`;

const APP = `declare const console: { log(text: string): void };
import same, { Clock, join, Level, LIMIT, OldQueue, Router, type Handler } from './core/router.js';
import { Router as Canonical } from './router.js';
const handler: Handler = (text) => text;
const router: Router<{ a: 1 }> = new Router<{ a: 1 }>();
class Mine extends OldQueue { twice(): string { return this.size + this.size; } }
const clock: Clock = new Clock();
console.log(JSON.stringify([
  router.register_handler(handler), new OldQueue(3).size, new Mine(4).twice(), clock.now(), join('a', 'b'), same('s'), LIMIT, Level.High,
  router.tags.length, OldQueue.name, join.name, Object.getOwnPropertyNames(Canonical.prototype).includes('register_handler'),
  router instanceof Router, new OldQueue(1) instanceof OldQueue, router instanceof Canonical,
]));
`;

const MANIFEST: Omit<MigrationInput, 'name'> = {
  fallback: true,
  canonical: {
    'src/router.ts': {
      Router: { replaces: ['src/core/router.ts#Router'], members: { register_handler: 'addHandler' } },
      Queue: { replaces: ['src/core/router.ts#OldQueue'], members: { 'new(size)': 'new({ size })' } },
      Clock: { replaces: ['src/core/router.ts#Clock'] },
      joined: { replaces: ['src/core/router.ts#join'], members: { '(a, b)': '([a, b])' } },
      same: { replaces: ['src/core/router.ts#default'] },
      LIMIT: { replaces: ['src/core/router.ts#LIMIT'] },
      Level: { replaces: ['src/core/router.ts#Level'] },
      Handler: { replaces: ['src/core/router.ts#Handler'] },
    },
  },
};

const NEW = [
  'new x',
  'new 3',
  'new 4new 4',
  'new clock',
  'new a+b',
  'new s',
  2,
  1,
  0,
  'OldQueue',
  'join',
  true,
  true,
  true,
  true,
];
const BEFORE = [
  'OLD X',
  'old 3',
  'old 4old 4',
  'old clock',
  'old ab',
  'old s',
  1,
  1,
  0,
  'OldQueue',
  'join',
  false,
  true,
  true,
  false,
];

for (const type of ['module', 'commonjs'] as const) {
  test(`a TypeScript proxy in ${type} hands out the old implementation when asked at start, under its own types`, () => {
    const target = new ProxyTarget({
      'package.json': JSON.stringify({ type }),
      'tsconfig.json': TSCONFIG,
      'src/router.ts': CANONICAL,
      'src/core/words.ts': 'export const shout = (text: string): string => text.toUpperCase();\n',
      'src/core/router.ts': OLD,
      'src/app.ts': APP,
    });
    const plan = target.plan(MANIFEST);
    expect(plan.changes.map(({ file, kind }) => `${kind} ${file}`)).toEqual([
      'create src/core/router.legacy.ts',
      'modify src/core/router.ts',
    ]);
    target.apply(plan);
    expect(target.read('src/core/router.legacy.ts')).toContain(`\n${OLD}`);
    expect(target.compile()).toBe('');

    const off = target.run('out/app.js');
    expect(off).toMatchObject({ status: 0 });
    expect(JSON.parse(off.stdout)).toEqual(NEW);
    const on = target.runWith({ REROUTE_FALLBACK: 'core/router' }, 'out/app.js');
    expect(on.status, on.stderr).toBe(0);
    expect(JSON.parse(on.stdout)).toEqual(BEFORE);
    expect(warnings(on)).toEqual([
      '[REROUTE_ROUTER_n] DeprecationWarning: src/core/router.ts hands out its old implementation',
    ]);
    expect(target.runWith({ REROUTE_FALLBACK: 'core/other' }, 'out/app.js').stdout).toBe(off.stdout);

    expect(target.plan(MANIFEST).changes, 'the ledger is not needed: the old text is here').toEqual([]);
  });
}

const SCRIPT_MANIFEST = (extension: string): Omit<MigrationInput, 'name'> => ({
  fallback: true,
  canonical: {
    [`src/router.${extension}`]: {
      Router: { replaces: [`src/old.${extension}#Router`], members: { register_handler: 'addHandler' } },
      joined: { replaces: [`src/old.${extension}#join`], members: { '(a, b)': '([a, b])' } },
      same: { replaces: [`src/old.${extension}#same`] },
    },
  },
});
const SCRIPT = (
  which: string,
) => `class Router { ${which === 'new' ? 'addHandler' : 'register_handler'}(text) { return '${which} ' + text; } }
function ${which === 'new' ? "joined(parts) { return 'new ' + parts.join('+'); }" : "join(a, b) { return 'old ' + a + b; }"}
function same(text) { return '${which} ' + text; }
`;
const USE = `const found = [new Router().register_handler('x'), join('a', 'b'), same('s'), 'register_handler' in Canonical.prototype];
console.log(JSON.stringify(found));
`;
const IMPORTS = `import { Router, join, same } from './old.NAME';\nimport { Router as Canonical } from './router.NAME';\n`;

test.each([
  ['mjs', `${SCRIPT('new')}export { Router, joined, same };\n`, `${SCRIPT('old')}export { Router, join, same };\n`, ''],
  [
    'cjs',
    `${SCRIPT('new')}module.exports = { Router, joined, same };\n`,
    `${SCRIPT('old')}module.exports = { Router, join, same };\n`,
    '',
  ],
  [
    'cjs',
    `${SCRIPT('new')}exports.Router = Router;\nexports.joined = joined;\nexports.same = same;\n`,
    `${SCRIPT('old')}exports.Router = Router;\nexports.join = join;\nexports.same = same;\n`,
    "const { Router, join, same } = require('./old.cjs');\nconst { Router: Canonical } = require('./router.cjs');\n",
  ],
])('a JavaScript proxy (%s) does, for import and require', (extension, canonical, old, requires) => {
  const app = requires === '' ? 'src/app.mjs' : 'src/app.cjs';
  const target = new ProxyTarget({
    'package.json': '{}',
    [`src/router.${extension}`]: canonical,
    [`src/old.${extension}`]: old,
    [app]: (requires || IMPORTS.replaceAll('NAME', extension)) + USE,
  });
  const plan = target.plan(SCRIPT_MANIFEST(extension));
  expect(plan.changes.map(({ file }) => file)).toEqual([`src/old.${extension}`, `src/old.legacy.${extension}`].sort());
  target.apply(plan);
  const off = target.run(app);
  expect([off.stdout, warnings(off).filter((line) => line.includes('old implementation'))], off.stderr).toEqual([
    '["new x","new a+b","new s",true]\n',
    [],
  ]);
  const on = target.runWith({ REROUTE_FALLBACK: 'old' }, app);
  expect(on.stdout, on.stderr).toBe('["old x","old ab","old s",false]\n');
  expect(warnings(on)).toEqual([
    `[REROUTE_ROUTER_n] DeprecationWarning: src/old.${extension} hands out its old implementation`,
  ]);
});

const WHOLE_MANIFEST = (extension: string): Omit<MigrationInput, 'name'> => ({
  fallback: true,
  canonical: {
    [`src/router.${extension}`]: {
      Router: { replaces: [`src/old.${extension}#default`], members: { register_handler: 'addHandler' } },
    },
  },
});

test('a module that is one value is handed out as one value, in JavaScript and under `export =`', () => {
  const script = new ProxyTarget({
    'package.json': '{}',
    'src/router.js': "class Router { addHandler(text) { return 'new ' + text; } }\nexports.Router = Router;\n",
    'src/old.js': "class Router { register_handler(text) { return 'old ' + text; } }\nmodule.exports = Router;\n",
    'src/app.js': "const Router = require('./old');\nconsole.log(new Router().register_handler('x'));\n",
  });
  script.apply(script.plan(WHOLE_MANIFEST('js')));
  const typed = new ProxyTarget({
    'package.json': '{}',
    'tsconfig.json': TSCONFIG,
    'src/router.ts': "export class Router { addHandler(text: string): string { return 'new ' + text; } }\n",
    'src/old.ts':
      "class Router { register_handler(text: string): string { return 'old ' + text; } }\nexport = Router;\n",
    'src/app.ts':
      "import Router = require('./old');\ndeclare const console: { log(text: string): void };\nconst router: Router = new Router();\nconsole.log(router.register_handler('x'));\n",
  });
  typed.apply(typed.plan(WHOLE_MANIFEST('ts')));
  expect(typed.compile()).toBe('');
  for (const [target, app] of [
    [script, 'src/app.js'],
    [typed, 'out/app.js'],
  ] as const) {
    expect(target.run(app).stdout).toBe('new x\n');
    expect(target.runWith({ REROUTE_FALLBACK: '*' }, app).stdout).toBe('old x\n');
  }
});

test('nothing is kept by default, and what was kept goes when the manifest no longer asks for it', () => {
  const target = new ProxyTarget({
    'package.json': '{}',
    'src/router.mjs': `${SCRIPT('new')}export { Router, joined, same };\n`,
    'src/old.mjs': `${SCRIPT('old')}export { Router, join, same };\n`,
  });
  const { fallback: _, ...without } = SCRIPT_MANIFEST('mjs');
  expect(target.plan(without).changes.map(({ file }) => file)).toEqual(['src/old.mjs']);
  target.apply(target.plan(SCRIPT_MANIFEST('mjs')));
  const after = target.plan({ ...without, review: {} });
  expect(after.changes.map(({ file, kind }) => `${kind} ${file}`)).toEqual([
    'delete src/old.legacy.mjs',
    'modify src/old.mjs',
  ]);
  expect(after.changes[1]!.after).not.toContain('isFallback');
});

test('calls of canonical members reach no override of an old name where the old implementation is handed out', () => {
  const target = new ProxyTarget({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': TSCONFIG,
    'src/router.ts':
      "export class Router { visit(): string { return 'new'; } all(): string { return 'all ' + this.visit(); } }\n",
    'src/old.ts':
      "export class Old { visit_one(): string { return 'old'; } all(): string { return 'all ' + this.visit_one(); } }\n",
    'src/older.ts':
      "import { Old } from './old.js';\nexport class Older extends Old { override visit_one(): string { return 'older'; } }\n",
    'src/app.ts': `import { Old } from './old.js';
import { Router } from './router.js';
declare const console: { log(...texts: unknown[]): void };
class Mine extends Old { override visit_one(): string { return 'mine ' + super.visit_one(); } }
console.log(new Mine().all(), String(Router.prototype.visit).includes("'new'"));
`,
  });
  const manifest: Omit<MigrationInput, 'name'> = {
    fallback: true,
    canonical: {
      'src/router.ts': {
        Router: { replaces: ['src/old.ts#Old', 'src/older.ts#Older'], members: { visit_one: 'visit' } },
      },
    },
  };
  target.apply(target.plan(manifest));
  expect(target.read('src/old.ts')).toContain('reachOverrides(');
  expect(target.plan(manifest).changes).toEqual([]);
  expect(target.compile()).toBe('');
  expect(target.run('out/app.js').stdout).toBe('all mine new false\n');
  expect(target.runWith({ REROUTE_FALLBACK: '*' }, 'out/app.js').stdout).toBe('all mine old true\n');
});
