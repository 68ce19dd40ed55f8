import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCodemod } from '../../src/rewrite/foreign-codemod.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function load(name: string, text: string, options: Readonly<Record<string, unknown>> = {}) {
  const root = temporaryFolder({ [name]: text });
  return { root, codemod: await loadCodemod(path.join(root, name), root, options) };
}

const BODY = `(file, { j }, options) => {
  const root = j(file.source);
  root.find(j.Identifier, { name: 'a' }).forEach((path) => { path.node.name = options.to ?? 'b'; });
  return root.toSource();
}`;

describe('a transform is loaded', () => {
  test.each([
    [
      'as a default export of TypeScript',
      'transform.ts',
      `const transform: (...args: any[]) => string = ${BODY};\nexport default transform;\n`,
    ],
    ['as a default export of an ES module', 'transform.mjs', `export default ${BODY};\n`],
    ['as module.exports', 'transform.cjs', `module.exports = ${BODY};\n`],
    ['as module.exports.default', 'transform.cjs', `module.exports.default = ${BODY};\n`],
    ['as an async function', 'transform.mjs', `export default async ${BODY};\n`],
  ])('%s', async (_name, file, text) => {
    const { codemod } = await load(file, text);
    expect((await codemod.apply('src/x.ts', 'const a: number = 1;\n')).after).toBe('const b: number = 1;\n');
  });

  test('with the parser that CommonJS names beside it', async () => {
    for (const text of [
      `module.exports = ${BODY};\nmodule.exports.parser = 'flow';\n`,
      `exports.__esModule = true;\nexports.default = ${BODY};\nexports.parser = 'flow';\n`,
    ]) {
      const { codemod } = await load('transform.cjs', text);
      expect((await codemod.apply('x.js', 'const a: ?number = 1;')).after).toBe('const b: ?number = 1;');
    }
  });

  test('unless it does not load', async () => {
    await expect(load('transform.mjs', "import 'not-there';\nexport default () => '';\n")).rejects.toMatchObject({
      code: 'CODEMOD_THROWS',
      message: expect.stringContaining('not-there'),
      where: { file: expect.stringContaining('transform.mjs') },
    });
  });

  test('unless it is none', async () => {
    await expect(load('transform.mjs', 'export const transform = 1;\n')).rejects.toMatchObject({
      code: 'CODEMOD_NOT_A_TRANSFORM',
      next: expect.stringContaining('Export the transform as default'),
    });
  });
});

describe('a transform gets', () => {
  test('the absolute path, the source, jscodeshift, and a copy of its options', async () => {
    const { root, codemod } = await load(
      'transform.mjs',
      `export default (file, api, options) => {
  const seen = JSON.stringify([file.path, file.source, typeof api.j, typeof api.jscodeshift, api.stats(), api.report('x'), options]);
  options.count = 1;
  return seen;
};
`,
      { from: 'x' },
    );
    const seen = ['function', 'function', null, null, { from: 'x' }];
    for (const name of ['src/x.ts', 'src/y.ts']) {
      expect(JSON.parse((await codemod.apply(name, 'source')).after!)).toEqual([
        path.join(root, name),
        'source',
        ...seen,
      ]);
    }
  });

  test.each([
    ['x.ts', 'const a = <number>f();'],
    ['x.cts', 'const a = <number>f();'],
    ['x.tsx', 'const a = <T,>(x: T) => <b>{x}</b>;'],
    ['x.js', 'const a = <b>{c}</b>;'],
    ['x.mjs', 'export const a = await import("x");'],
  ])('a parser for the dialect of %s', async (name, text) => {
    const { codemod } = await load('transform.mjs', `export default ${BODY};\n`);
    expect((await codemod.apply(name, text)).after).toBe(text.replace(' a ', ' b '));
  });

  test('the parser that it names', async () => {
    const { codemod } = await load('transform.mjs', `export const parser = 'flow';\nexport default ${BODY};\n`);
    expect((await codemod.apply('x.js', 'const a: ?number = 1;')).after).toBe('const b: ?number = 1;');
  });
});

test.each([
  ['another text', "file.source + 'x'", { outcome: 'ok', after: 'ax' }],
  ['the same text', 'file.source', { outcome: 'nochange' }],
  ['nothing', 'undefined', { outcome: 'skip' }],
  ['null', 'null', { outcome: 'skip' }],
  ['an empty text', "''", { outcome: 'skip' }],
])('a transform that gives %s, in the words of jscodeshift', async (_name, given, outcome) => {
  const { codemod } = await load('transform.mjs', `export default (file) => ${given};\n`);
  expect(await codemod.apply('x.js', 'a')).toEqual({ ...outcome, stats: [], reports: [] });
});

test('a transform that gives something else is wrong', async () => {
  const { codemod } = await load('transform.mjs', 'export default () => ({});\n');
  await expect(codemod.apply('x.js', 'a')).rejects.toThrow('a value of type object');
});

test('what a transform counts and says is kept, within bounds', async () => {
  const { codemod } = await load(
    'transform.mjs',
    `export default (file, api) => {
  api.stats('seen'); api.stats('seen', 2); api.stats('__proto__');
  for (let i = 0; i < 1000; i++) { api.report('x'.repeat(1000)); api.stats('n' + i); }
};
`,
  );
  const { stats, reports } = await codemod.apply('x.js', 'a');
  expect(stats.slice(0, 2)).toEqual([
    ['seen', 3],
    ['__proto__', 1],
  ]);
  expect([stats.length, reports.length, reports[0]!.length]).toEqual([50, 50, 500]);
});

test('a text with only Windows line ends keeps them; one with both is as the transform gave it', async () => {
  const { codemod } = await load('transform.mjs', `export default ${BODY};\n`);
  expect((await codemod.apply('x.js', 'a;\r\nc;\r\n')).after).toBe('b;\r\nc;\r\n');
  expect((await codemod.apply('x.js', 'c;\r\n')).outcome).toBe('nochange');
  const raw = await load('transform.mjs', "export default (file) => file.source + 'x\\n';\n");
  expect((await raw.codemod.apply('x.js', 'a;\r\nb;\n')).after).toBe('a;\r\nb;\nx\n');
});
