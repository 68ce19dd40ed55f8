import { describe, expect, test } from 'vitest';
import { moveModule } from '../../src/proxy/move-module.ts';
import { ProxyTarget } from './proxy-target.ts';

const ESM = {
  'package.json': '{ "type": "module" }',
  'tsconfig.json': JSON.stringify({
    compilerOptions: { strict: true, target: 'es2022', module: 'nodenext', rootDir: 'src', outDir: 'dist', types: [] },
    include: ['src'],
  }),
};

describe('a module that moves', () => {
  test('the canonical file is made from the old text and the old path hands everything on', () => {
    const target = new ProxyTarget({
      ...ESM,
      'src/old/deep/thing.ts': `// first line stays
import { base } from '../base.js';
export type { Base } from '../base.js';
export { own } from './own.js';
export class Thing { readonly base = base; }
export default function make(): Thing { return new Thing(); }
export type Lazy = import('./own.js').Own;
export const lazy = async (): Promise<number> => (await import('./own.js')).own;
`,
      'src/old/deep/own.ts': 'export type Own = 1;\nexport const own = 1;\n',
      'src/old/base.ts': 'export type Base = number;\nexport const base = 2;\n',
      'src/consumer.ts': `
import make, { own, Thing, lazy, type Base } from './old/deep/thing.js';
const base: Base = make().base;
console.log(own, base, make() instanceof Thing, await lazy());
`,
    });
    expect(target.compile()).toBe('');
    const before = target.run('dist/consumer.js').stdout;
    const manifest = {
      canonical: { 'src/new/thing.ts': { exports: '*' as const, replaces: ['src/old/deep/thing.ts'] } },
    };
    const plan = target.plan(manifest);
    expect(plan.changes.map(({ file, kind }) => [file, kind])).toEqual([
      ['src/new/thing.ts', 'create'],
      ['src/old/deep/thing.ts', 'modify'],
    ]);
    target.apply(plan);
    expect(target.compile()).toBe('');
    const after = target.run('dist/consumer.js');
    expect(after).toMatchObject({ stdout: before, stderr: '' });
    expect(before).toBe('1 2 true 1\n');
    expect(target.read('src/old/deep/thing.ts')).toContain("export * from '../../new/thing.js';");
    expect(target.read('src/old/deep/thing.ts')).toMatch(/export \{ \/\*\* @deprecated .* \*\/ default \} from/);
    expect(target.plan(manifest).changes).toEqual([]);
  });

  test('a CommonJS module goes on being what require gives', () => {
    const target = new ProxyTarget({
      'package.json': '{}',
      'old.js': "const { n } = require('./n');\nclass Thing {}\nmodule.exports = Thing;\nmodule.exports.n = n;\n",
      'n.js': 'exports.n = 5;\n',
      'consumer.js':
        "const Thing = require('./old');\nconsole.log(new Thing() instanceof Thing, Thing.n, Thing === require('./lib/thing.js'));\n",
    });
    target.apply(target.plan({ canonical: { 'lib/thing.js': { exports: '*', replaces: ['old.js'] } } }));
    expect(target.run('consumer.js')).toMatchObject({ stdout: 'true 5 true\n', stderr: '' });
    expect(target.read('lib/thing.js')).toContain("require('../n')");
  });

  test('a class whose members speak of the class itself, and whose protected ones make it one of a kind', () => {
    const target = new ProxyTarget({
      ...ESM,
      'src/stream.ts': `export class Stream<T> {
  source: Stream<any> | undefined;
  protected start(): T | undefined { return undefined; }
  through(next: Stream<T>): Stream<T> { next.source = this; next.start(); return next; }
}
`,
      'src/consumer.ts': `import { Stream } from './stream.js';
class Late extends Stream<number> { protected override start(): number { return 1; } }
const late = new Late();
console.log(late.through(new Stream<number>()).source === late);
`,
    });
    target.apply(target.plan({ canonical: { 'src/new/stream.ts': { exports: '*', replaces: ['src/stream.ts'] } } }));
    expect(target.compile()).toBe('');
    expect(target.run('dist/consumer.js')).toMatchObject({ stdout: 'true\n', stderr: '' });
  });

  test('types that JSDoc defines come along in JavaScript, where no statement can hand them on', () => {
    const target = new ProxyTarget({
      'package.json': '{ "type": "module" }',
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          strict: true,
          target: 'es2022',
          module: 'nodenext',
          allowJs: true,
          checkJs: true,
          noEmit: true,
          types: [],
        },
      }),
      'sides.js': 'export const Front = 0;\n/**\n * @template T\n * @typedef {{ side: T }} Sided\n */\n',
      'consumer.js': `import { Front } from './sides.js';
/** @type {import('./sides.js').Sided<number>} */
export const sided = { side: Front };
/** @type {import('./sides.js').Sided<number>} */
// @ts-expect-error
export const wrong = { side: 'Front' };
console.log(sided.side);
`,
    });
    expect(target.compile()).toBe('');
    target.apply(target.plan({ canonical: { 'new/sides.js': { exports: '*', replaces: ['sides.js'] } } }));
    expect(target.compile()).toBe('');
    expect(target.run('consumer.js')).toMatchObject({ stdout: '0\n', stderr: '' });
  });
});

test('a type that JSDoc defines is handed on in JSDoc where its module stays in part', () => {
  const target = new ProxyTarget({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({
      compilerOptions: { strict: true, module: 'nodenext', allowJs: true, checkJs: true, noEmit: true, types: [] },
    }),
    'sides.js': 'export const Front = 0;\n/** @typedef {{ side: number }} Sided */\n',
    'new/sides.js': 'export const Front = 0;\n/** @typedef {{ side: number }} Sided */\n',
    'consumer.js': `import { Front } from './sides.js';
/** @type {import('./sides.js').Sided} */
export const sided = { side: Front };
/** @type {import('./sides.js').Sided} */
// @ts-expect-error
export const wrong = { side: 'Front' };
`,
  });
  target.apply(target.plan({ canonical: { 'new/sides.js': { Front: { replaces: ['sides.js#Front'] } } } }));
  expect(target.read('sides.js')).toContain("@typedef {import('./new/sides.js').Sided} Sided");
  expect(target.compile()).toBe('');
});

test('a file beside a folder of its name goes on being meant, also from inside of that folder', () => {
  const text = "import '../types';\nimport './types/index';\nimport '..';\nimport './';\n";
  expect(moveModule(text, 'src/ajax/x.ts', 'src/types/x.ts')).toBe(
    "import '../types';\nimport '../ajax/types/index';\nimport '..';\nimport '../ajax/';\n",
  );
});

test('every form of a relative specifier leads to where it led, and nothing else changes', () => {
  const text = `/// <reference path="./env.d.ts" />
/** @typedef {import('./types').T} T */
import './side';
import a, { type B } from "../b";   // spaces   stay
import type * as C from '../../c.js';
import d = require('./d');
export * from './e';
export { f } from '.';
export const g = () => import('./g');
const h = require('./h'), i = require.resolve('../i');
type J = typeof import('./j');
declare module './k' { interface L {} }
const m = new URL('./m.txt', import.meta.url), n = import.meta.resolve('./n');
vi.mock('./o', () => ({}));
const kept = ['./p', 'react', f('./q'), new URL('./r', base)];
import react from 'react';
`;
  expect(moveModule(text, 'src/old/x.ts', 'src/new/deep/x.ts')).toBe(
    text
      .replace(/(path=")\.\/env/, '$1../../old/env')
      .replace("'./types'", "'../../old/types'")
      .replace("'./side'", "'../../old/side'")
      .replace('"../b"', '"../../b"')
      .replace("'../../c.js'", "'../../../c.js'")
      .replace("require('./d')", "require('../../old/d')")
      .replace("'./e'", "'../../old/e'")
      .replace("from '.'", "from '../../old'")
      .replace("import('./g')", "import('../../old/g')")
      .replace("'./h'", "'../../old/h'")
      .replace("'../i'", "'../../i'")
      .replace("'./j'", "'../../old/j'")
      .replace("'./k'", "'../../old/k'")
      .replace("'./m.txt'", "'../../old/m.txt'")
      .replace("'./n'", "'../../old/n'")
      .replace("'./o'", "'../../old/o'"),
  );
});
