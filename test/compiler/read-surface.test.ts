import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ExportSurface } from '../../src/compiler/surface.ts';
import { createSurfaceReader, readSurface, type SurfaceReader } from '../../src/compiler/surface-reader.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function target(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'reroute-surface-'));
  folders.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

const at = (file: string) => ({ kind: 'path', path: file }) as const;

function read(
  text: string,
  file = 'a.ts',
  config = '{ "compilerOptions": { "strict": true, "target": "es2022", "module": "nodenext" } }',
) {
  const root = target({ 'tsconfig.json': config, [file]: text });
  return readSurface({ root, module: at(file) }).exports;
}

function members(surface: ExportSurface | undefined): string[] {
  return surface!.members.map((member) => {
    const flags = `${member.visibility === 'protected' ? 'protected ' : ''}${member.readonly ? 'readonly ' : ''}${member.kind} `;
    return `${flags}${member.name}${member.optional ? '?' : ''}${member.kind === 'method' ? member.signatures.map(({ text }) => text).join(' & ') : `: ${member.type}`}`;
  });
}

describe('a class', () => {
  test('has its members, inherited ones too, with overloads, accessors and visibility; private ones are none', () => {
    const surface = read(`
abstract class Base<T> { protected seen?: T; chain(): this { return this; } inherited(value: T): T { return value; } }
/** Routes. */
export abstract class Router<T extends object = Date> extends Base<T> {
  private hidden = 1; #secret = 2;
  readonly name: string = ''; limit?: number;
  get size(): number { return this.hidden + this.#secret; }
  get mode(): string { return ''; } set mode(value: string) { void value; }
  on(type: 'a'): void; on(type: 'b', late?: boolean): number;
  on(type: string, late?: boolean): number | void { return late ? 1 : undefined; }
  each<U>(...values: U[]): Map<string, U> { void values; return new Map(); }
  static create(): void {}
  constructor(readonly options: { deep: T }, priority = 3) { super(); void priority; }
}
`).get('Router')!;
    expect(members(surface)).toEqual([
      'readonly property name: string',
      'property limit?: number',
      'readonly accessor size: number',
      'accessor mode: string',
      'method on(type: "a"): void & (type: "b", late?: boolean): number',
      'method each<U>(...values: U[]): Map<string, U>',
      'readonly property options: { deep: T; }',
      'protected property seen?: T',
      'method chain(): this',
      'method inherited(value: T): T',
    ]);
    expect(surface).toMatchObject({
      kind: 'class',
      abstract: true,
      typeParameters: '<T extends object = Date>',
      jsDoc: '/** Routes. */',
    });
    expect(surface.statics.map(({ name }) => name)).toEqual(['create']);
    expect(surface.signatures.map(({ parameters }) => parameters)).toEqual([
      [
        { name: 'options', type: '{ deep: T; }', optional: false, rest: false },
        { name: 'priority', type: 'number', optional: true, rest: false },
      ],
    ]);
  });

  test('in CommonJS JavaScript has what its constructor sets and its JSDoc says', () => {
    const root = target({
      'a.js': `class A { constructor() { this.list = []; }
  /** @param {string} type @param {number} [late] @returns {boolean} */
  on(type, late) { return !!type; }
  /** @private */
  inner() {} }\nmodule.exports = { A, limit: 3 };\n`,
      'whole.js': 'class B { go() { return 1; } }\nmodule.exports = B;\nmodule.exports.extra = 1;\n',
      'single.js': 'exports.f = function f(a) { return a; };\n',
    });
    const reader = createSurfaceReader({ root });
    const exports = reader.surface(at('a.js')).exports;
    expect([...exports].map(([name, { kind }]) => [name, kind])).toEqual([
      ['A', 'class'],
      ['limit', 'constant'],
    ]);
    expect(members(exports.get('A'))).toEqual([
      'property list: any[]',
      'method on(type: string, late?: number): boolean',
    ]);
    const whole = reader.surface(at('whole.js')).exports;
    expect([...whole].map(([name, { kind }]) => [name, kind]).sort()).toEqual([
      ['default', 'class'],
      ['extra', 'constant'],
    ]);
    expect(reader.surface(at('single.js')).exports.get('f')).toMatchObject({
      kind: 'function',
      signatures: [{ text: '(a: any): any' }],
    });
  });
});

describe('exports', () => {
  test('are followed to their declarations, under the names that the module gives them', () => {
    const root = target({
      'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler" } }',
      'a.ts':
        'export class A { go(): void {} }\nexport default function main(): void {}\nexport interface I { x: number }\nexport type T = I | string;\nexport enum E { One }\nexport const c: T = "";\nexport namespace N { export const n = 1; }\n',
      'barrel.ts': "export { A as Renamed, default } from './a';\nexport * from './a';\n",
    });
    const { exports } = readSurface({ root, module: at('barrel.ts') });
    expect(Object.fromEntries([...exports].map(([name, { kind }]) => [name, kind]))).toEqual({
      Renamed: 'class',
      default: 'function',
      A: 'class',
      I: 'interface',
      T: 'type',
      E: 'enum',
      c: 'constant',
      N: 'namespace',
    });
    expect(exports.get('Renamed')!.declaredIn).toBe(path.posix.join(root, 'a.ts'));
    expect(exports.get('c')!.type).toBe('T');
  });

  test('a package is resolved by its own exports, as from the target', () => {
    const root = target({
      'node_modules/p/package.json':
        '{ "name": "p", "exports": { "./sub": { "import": { "types": "./t/sub.d.ts" } } } }',
      'node_modules/p/t/sub.d.ts': 'export declare const x: number;\n',
    });
    for (const config of [undefined, { module: 'nodenext' }, { module: 'commonjs', moduleResolution: 'node10' }]) {
      if (config) writeFileSync(path.join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions: config }));
      const surface = readSurface({ root, module: { kind: 'package', specifier: 'p/sub' } });
      expect(surface.file).toBe(path.posix.join(root, 'node_modules/p/t/sub.d.ts'));
      expect(surface.exports.get('x')!.type).toBe('number');
    }
    const reader = createSurfaceReader({ root });
    expect(reader.resolve({ kind: 'package', specifier: 'p' })).toBeUndefined();
  });

  test('a module that is not there is refused', () => {
    expect(() => readSurface({ root: target({}), module: at('gone.ts') })).toThrow(
      expect.objectContaining({ code: 'MANIFEST_UNKNOWN_MODULE', message: expect.stringContaining("'gone.ts'") }),
    );
  });
});

describe('the configuration', () => {
  test('is the nearest one, or the one behind a list of references that has the file', () => {
    const strict = (text: boolean) =>
      JSON.stringify({
        compilerOptions: { strict: text, module: 'esnext', moduleResolution: 'bundler' },
        include: ['**/*'],
      });
    const source = 'export let x = null as string | null;\n';
    const root = target({
      'tsconfig.json': strict(false),
      'a.ts': source,
      'inner/tsconfig.json': strict(true),
      'inner/a.ts': source,
      'many/tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
      'many/tsconfig.app.json': strict(true),
      'many/a.ts': source,
    });
    const reader = createSurfaceReader({ root });
    const type = (file: string) => reader.surface(at(file)).exports.get('x')!.type;
    expect([type('a.ts'), type('inner/a.ts'), type('many/a.ts')]).toEqual(['string', 'string | null', 'string | null']);
  });

  test('that does not parse is named', () => {
    const root = target({ 'tsconfig.json': '{ "compilerOptions": { ', 'a.ts': 'export {};\n' });
    expect(() => readSurface({ root, module: at('a.ts') })).toThrow(
      expect.objectContaining({
        code: 'COMPILER_BAD_CONFIG',
        where: expect.objectContaining({ file: 'tsconfig.json', line: 1, column: 24 }),
        next: expect.stringContaining('--ignore-bad-tsconfig'),
      }),
    );
  });
});

describe('an overlay', () => {
  test('stands for the files until it is taken away, created files too', () => {
    const root = target({ 'a.ts': "export { x } from './b';\n", 'b.ts': 'export const x = 1;\n' });
    const file = (name: string) => path.posix.join(root, name);
    const reader: SurfaceReader = createSurfaceReader({ root });
    const type = () => reader.surface(at('a.ts')).exports.get('x')?.type;
    expect(type()).toBe('1');
    reader.overlay(
      new Map([
        [file('b.ts'), 'export const x = "two";\n'],
        [file('new.ts'), 'export const y = 2;\n'],
      ]),
    );
    expect(type()).toBe('"two"');
    expect(reader.surface(at('new.ts')).exports.has('y')).toBe(true);
    reader.overlay(
      new Map([
        [file('b.ts'), undefined],
        [file('new.ts'), undefined],
      ]),
    );
    expect(type()).toBe('1');
    expect(reader.resolve(at('new.ts'))).toBeUndefined();
  });

  test('is what diagnostics are about, with the places', () => {
    const root = target({ 'a.ts': 'export const x: number = 1;\n' });
    const reader = createSurfaceReader({ root });
    const file = path.posix.join(root, 'a.ts');
    expect(reader.diagnostics([file])).toEqual([]);
    reader.overlay(new Map([[file, '\nexport const x: number = "";\n']]));
    expect(reader.diagnostics([file])).toEqual([
      { file, line: 2, code: 2322, message: "Type 'string' is not assignable to type 'number'." },
    ]);
  });
});
