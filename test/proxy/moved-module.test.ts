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
