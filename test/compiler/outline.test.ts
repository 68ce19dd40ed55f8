import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import fastGlob from 'fast-glob';
import { ts } from 'ts-morph';
import { describe, expect, it, test } from 'vitest';
import { hasOutline, outlineOf } from '../../src/compiler/outline.ts';
import { makeTarget, STRICT } from './target.ts';

/** The outline with each blank body as `{~}`. */
function shown(text: string): string {
  return (outlineOf(text) ?? text).replace(/\{ +\}/g, '{~}');
}

describe('a body is left out', () => {
  it.each([
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text has a template in it
    ['function f(a: number): string { return `${a}}`; }', 'function f(a: number): string {~}'],
    [
      'async function* f(): AsyncGenerator<number, void> { yield 1; }',
      'async function* f(): AsyncGenerator<number, void> {~}',
    ],
    ['class A { m(): Map<string, Set<number>>[] { return []; } }', 'class A { m(): Map<string, Set<number>>[] {~} }'],
    [
      'class A { m<T>(this: A, t: T): t is T & { a: 1 } { return true; } }',
      'class A { m<T>(this: A, t: T): t is T & { a: 1 } {~} }',
    ],
    ['class A { get a(): readonly { b: 1 }[] { return []; } }', 'class A { get a(): readonly { b: 1 }[] {~} }'],
    ['class A { a(): asserts this { } }', 'class A { a(): asserts this {~} }'],
    ['function f(): (a: number) => void { return () => {}; }', 'function f(): (a: number) => void {~}'],
    ['function f(): keyof typeof x | -1 | "}" { return -1; }', 'function f(): keyof typeof x | -1 | "}" {~}'],
    [
      'export const f = async (a: 1): Promise<void> => { await a; };',
      'export const f = async (a: 1): Promise<void> => {~};',
    ],
    ['const o = { m(): void { call(); }, n: 1 };', 'const o = { m(): void {~}, n: 1 };'],
    ['function f(): void { if (a) /[}"/]/.test(b); x = a / b / c; } let y: 1;', 'function f(): void {~} let y: 1;'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text has a template in it
    ['function f(): void { /* } */ // }\n "}"; \'}\'; `}${`}`}`; }', 'function f(): void {~}'],
  ])('%s', (text, outline) => {
    expect(shown(text)).toBe(outline);
  });
});

describe('a body stays', () => {
  it.each([
    'function f() { return 1; }',
    'function f() { let a; const set = (): void => { a = 1; }; set(); return a; }',
    'let a; export function set(): void { a = 1; } export const b = a;',
    'let a = [];\nexport function set(): void { a.push(1); }\nexport const b = a;',
    'const f = a ? (b) : c => { return 1; };',
    'x = a ? b = (c) : d => { return 1; };',
    'const f: F = (a): T => { return 1; };',
    'class A { constructor(readonly a: 1) { this.b = 1; } b; }',
    'interface A { m(): { a: 1 }; n(): { b: 2 } | { c: 3 } }',
    'declare function f(): { a: { b: 1 } };',
    'function f(): T extends 1 ? { a: 1 } : { b: 2 } { return x; }',
    'switch (a) { case f(b): { c(); } }',
  ])('%s', (text) => {
    expect(outlineOf(text)).toBeUndefined();
  });
});

test.each(['function f(): void { `${', 'function f(): void { } }', 'function f(): void { a++ / b } /x/', 'f("'])(
  'what is not understood for certain is left whole: %s',
  (text) => {
    expect(outlineOf(text)).toBeUndefined();
  },
);

test('every other character keeps its offset', () => {
  const text = '/** é */ function f(): void { const a = "ü"; }\r\nexport const b = 1;';
  expect(outlineOf(text)).toHaveLength(text.length);
  expect(outlineOf(text)?.indexOf('export')).toBe(text.indexOf('export'));
});

test('only TypeScript modules have one: JSX is scanned otherwise, JavaScript is inferred from its bodies', () => {
  const files = ['a.ts', 'a.mts', 'a.cts', 'a.d.ts', 'a.d.mts', 'a.d.css.ts', 'a.tsx', 'a.js', 'a.mjs'];
  expect(files.filter(hasOutline)).toEqual(['a.ts', 'a.mts', 'a.cts']);
});

// The oracle: what TypeScript writes as the declarations of a module is the same with and without the bodies.
describe.each([
  ['rxjs', path.join(packageFolder('rxjs'), 'src')],
  ['zod', path.join(packageFolder('zod'), 'src/v4/core')],
  ['this package', path.join(import.meta.dirname, '../../src')],
])('the sources of %s', (_, folder) => {
  const files = fastGlob.sync('**/*.{ts,mts,cts}', { cwd: folder, absolute: true }).filter(hasOutline);

  test('declare the same in outline', () => {
    const outlined = files.flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      const outline = outlineOf(text);
      return outline === undefined ? [] : [{ file, text, outline }];
    });
    expect(outlined.length).toBeGreaterThan(files.length / 20);
    const declarations = (file: string, text: string) =>
      ts.transpileDeclaration(text, { fileName: file, compilerOptions: { target: ts.ScriptTarget.ESNext } }).outputText;
    const different = outlined.filter(
      ({ file, text, outline }) => declarations(file, text) !== declarations(file, outline),
    );
    expect(different.map(({ file }) => file)).toEqual([]);
  });
});

function packageFolder(name: string): string {
  return path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}

describe('a program has outlines of the files that it is not asked about', () => {
  const FILES = {
    'tsconfig.json': STRICT,
    'src/router.ts': 'export class Router { register_handler(type: string): void {} }\n',
    'src/make.ts':
      "import { Router } from './router.js';\nexport function make(): Router {\n  const one: number = '';\n  const made = new Router();\n  made.register_handler('in a body');\n  return made;\n}\n",
    'src/use.ts': "import { make } from './make.js';\nmake().register_handler('');\n",
  };

  test('and sees through them', () => {
    const target = makeTarget(FILES);
    const compiler = target.open(['src/use.ts']);
    expect(target.resolve(compiler, 'src/use.ts', 'register_handler')).toBe(
      'method Router.register_handler in src/router.ts',
    );
  });

  test('until it is asked: then the body counts', () => {
    const target = makeTarget(FILES);
    const compiler = target.open(['src/use.ts']);
    expect(compiler.diagnostics([target.file('src/use.ts')])).toEqual([]);
    expect(compiler.diagnostics([target.file('src/make.ts')]).map(({ code }) => code)).toEqual([2322]);
    expect(target.resolve(compiler, 'src/make.ts', 'register_handler')).toBe(
      'method Router.register_handler in src/router.ts',
    );
  });

  test('and finds references in their bodies', () => {
    const target = makeTarget(FILES);
    const compiler = target.open(['src/use.ts']);
    const found = compiler.references(target.file('src/use.ts'), target.at('src/use.ts', 'register_handler'));
    expect(found.map(({ file }) => target.relative(file))).toEqual(['src/make.ts', 'src/router.ts', 'src/use.ts']);
  });
});

describe('files that come or go', () => {
  const FILES = {
    'tsconfig.json': STRICT,
    'src/old/router.ts': 'export class Router { add(): void {} }\n',
    'src/use.ts': "import { Router } from './old/router.js';\nnew Router().add();\n",
  };

  test.each([true, undefined])('are seen, whether that was said before (%s) or not', (movesFiles) => {
    const target = makeTarget(FILES);
    const compiler = target.open(['src/use.ts'], { ...(movesFiles && { movesFiles }) });
    const text = target.text('src/old/router.ts');
    compiler.overlay(
      new Map([
        [target.file('src/old/router.ts'), null],
        [target.file('src/new/router.ts'), text],
        [target.file('src/use.ts'), target.text('src/use.ts').replace('/old/', '/new/')],
      ]),
    );
    expect(compiler.diagnostics([target.file('src/use.ts')])).toEqual([]);
    expect(compiler.resolveSpecifier(target.file('src/use.ts'), './new/router.js')).toBe(
      target.file('src/new/router.ts'),
    );
    expect(compiler.resolveSpecifier(target.file('src/use.ts'), './old/router.js')).toBeUndefined();
    compiler.overlay(
      new Map([
        [target.file('src/old/router.ts'), undefined],
        [target.file('src/new/router.ts'), undefined],
        [target.file('src/use.ts'), undefined],
      ]),
    );
    expect(compiler.diagnostics([target.file('src/use.ts')])).toEqual([]);
  });
});
