import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { Project, type ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/base/places.ts';
import type { Declaration } from '../../src/compiler/contract.ts';
import { type openCompiler, withCompiler } from '../../src/compiler/open.ts';
import { makeTarget, STRICT, type Target } from './target.ts';

const ROUTER = 'export class Router { register_handler(type: string): this { return this; } }\n';
const USE = "import { Router } from './router.js';\nnew Router().register_handler('');\n";
const FILES = { 'tsconfig.json': STRICT, 'src/router.ts': ROUTER, 'src/use.ts': USE };

describe('overlay', () => {
  it('changes what a file says, and takes it back', () => {
    const target = makeTarget(FILES);
    const compiler = target.open(['src/use.ts', 'src/router.ts']);
    const use = target.file('src/use.ts');
    expect(compiler.diagnostics([use])).toEqual([]);
    compiler.overlay(new Map([[target.file('src/router.ts'), ROUTER.replace('register_handler', 'addHandler')]]));
    expect(compiler.diagnostics([use]).map((each) => each.code)).toEqual([2339]);
    compiler.overlay(new Map([[use, USE.replace('register_handler', 'addHandler')]]));
    expect(compiler.diagnostics([use])).toEqual([]);
    expect(target.tell(compiler.resolve(use, [USE.indexOf('register_handler')])[0]!)).toBe(
      'method Router.addHandler in src/router.ts',
    );
    compiler.overlay(
      new Map([
        [use, undefined],
        [target.file('src/router.ts'), undefined],
      ]),
    );
    expect(compiler.diagnostics([use])).toEqual([]);
    expect(target.resolve(compiler, 'src/use.ts', 'register_handler')).toBe(
      'method Router.register_handler in src/router.ts',
    );
  });

  it('makes files in folders that are not on disk, and takes them away again', () => {
    const target = makeTarget(FILES);
    const compiler = target.open(['src/use.ts']);
    const [use, made] = [target.file('src/use.ts'), target.file('src/new/deep/router.ts')];
    compiler.overlay(
      new Map([
        [made, ROUTER],
        [use, USE.replace('./router.js', './new/deep/router.js')],
      ]),
    );
    expect(compiler.diagnostics([use, made])).toEqual([]);
    expect(compiler.resolveSpecifier(use, './new/deep/router.js')).toBe(made);
    expect([...compiler.exportsOf(made).keys()]).toEqual(['Router']);
    compiler.overlay(new Map([[made, undefined]]));
    expect(compiler.diagnostics([use]).map((each) => each.code)).toEqual([2307]);
    expect(compiler.diagnostics([made])).toEqual([]);
  });

  it('takes a file away that is on disk', () => {
    const target = makeTarget(FILES);
    const compiler = target.open(['src/use.ts', 'src/router.ts']);
    compiler.overlay(new Map([[target.file('src/router.ts'), null]]));
    expect(compiler.diagnostics([target.file('src/use.ts')]).map((each) => each.code)).toEqual([2307]);
    expect(() => compiler.resolve(target.file('src/router.ts'), [0])).toThrow(
      expect.objectContaining({ code: 'COMPILER_NO_SUCH_FILE' }),
    );
    compiler.overlay(new Map([[target.file('src/router.ts'), undefined]]));
    expect(compiler.diagnostics([target.file('src/use.ts')])).toEqual([]);
  });

  it('may be there from the start', () => {
    const target = makeTarget(FILES);
    const overlay = new Map([[target.file('src/more.ts'), USE]]);
    const compiler = target.open(['src/more.ts'], { overlay });
    const [resolution] = compiler.resolve(target.file('src/more.ts'), [USE.indexOf('register_handler')]);
    expect(target.tell(resolution!)).toBe('method Router.register_handler in src/router.ts');
  });
});

describe('include', () => {
  it('puts more files into the programs, also into new ones', () => {
    const target = makeTarget({
      ...FILES,
      'src/other.ts': USE,
      'tool/tsconfig.json': {},
      'tool/t.ts': 'export const a: number = "";',
    });
    const compiler = target.open(['src/use.ts']);
    compiler.include([target.file('src/other.ts'), target.file('tool/t.ts')]);
    expect(compiler.projects.map(({ files }) => files)).toEqual([2, 1]);
    expect(target.resolve(compiler, 'src/other.ts', 'register_handler')).toBe(
      'method Router.register_handler in src/router.ts',
    );
    expect(compiler.diagnostics([target.file('tool/t.ts')]).map((each) => each.code)).toEqual([2322]);
  });

  it('happens by itself for a file that is asked about', () => {
    const target = makeTarget({ ...FILES, 'src/other.ts': USE });
    const compiler = target.open(['src/use.ts']);
    expect(target.resolve(compiler, 'src/other.ts', 'register_handler')).toBe(
      'method Router.register_handler in src/router.ts',
    );
  });
});

describe('diagnostics', () => {
  const broken = {
    'tsconfig.json': STRICT,
    'src/a.ts': `import { nope } from './b.js';
export const n: number = { a: { b: 'x' } } as { a: { b: string } };
export const deep: { a: { b: { c: number } } } = { a: { b: { c: 'x' } } } as { a: { b: { c: string } } };
let twice = 1;
let twice = 2;
function unused(value) { return value; }
`,
    'src/b.ts': 'export const b = 1;\nexport function f(: number) {}\n',
    'src/c.ts': '// @ts-expect-error is not needed\nexport const fine = 1;\n',
  };

  it('are those of tsc, each once', () => {
    const target = makeTarget(broken);
    const files = ['src/a.ts', 'src/b.ts', 'src/c.ts'];
    const compiler = target.open(files);
    const printed = (relative: string[]) =>
      compiler.diagnostics(relative.map((file) => target.file(file))).map(({ file, range, code, message }) => {
        const { line, column } = new LineIndex(target.text(target.relative(file))).at(range.start);
        return `${target.relative(file)}(${line},${column}): error TS${code}: ${message}`;
      });
    // tsc says nothing of types while there are syntax errors, so those are compared apart.
    expect(printed(['src/b.ts']).filter((each) => /TS1\d\d\d:/.test(each))).toEqual(tsc(target));
    target.write('src/b.ts', 'export const b = 1;\n');
    compiler.overlay(new Map([[target.file('src/b.ts'), 'export const b = 1;\n']]));
    expect(printed(files)).toEqual(tsc(target));
  });

  it('of syntax are given apart, with their place', () => {
    const target = makeTarget(broken);
    const compiler = target.open(['src/a.ts', 'src/b.ts']);
    const errors = compiler.syntaxErrors([target.file('src/a.ts'), target.file('src/b.ts')]);
    expect(errors.map(({ file, range }) => [target.relative(file), range.start])).toEqual([
      ['src/b.ts', target.at('src/b.ts', ': number')],
    ]);
  });
});

/** What the `tsc` of the same package prints, by file and line. */
function tsc(target: Target): string[] {
  const bin = path.resolve('node_modules/typescript/bin/tsc');
  try {
    execFileSync(process.execPath, [bin, '--noEmit', '--pretty', 'false'], { cwd: target.root, encoding: 'utf8' });
    return [];
  } catch (error) {
    return (error as { stdout: string }).stdout.trimEnd().split(/\n(?! )/);
  }
}

describe('structure', () => {
  const files = {
    'tsconfig.json': STRICT,
    'src/base.ts': `export interface Closes { close(): void }
export interface Handles<T> extends Closes { register_handler(type: T): void }
export class Base<T> { protected inner(): void {} shared?: T }
type Constructor = new (...args: any[]) => object;
export function Counted<B extends Constructor>(Base: B) { return class Counter extends Base { count = 0 }; }
`,
    'src/router.ts': `import { Base, Counted, type Handles } from './base.js';
export class Router extends Base<string> implements Handles<string> {
  static make() { return new Router(); }
  #secret = 1;
  register_handler(type: string): void {}
  close(): void {}
}
export class Child extends Router { override close(): void {} }
export class Mixed extends Counted(Router) { own = 1 }
export const Expression = class { go() {} };
export default class { stop() {} }
`,
  };
  const declared = (target: Target, names: readonly Declaration[]) => names.map((each) => target.tellDeclaration(each));

  it('heritage follows extends, implements, generics and mixins, nearest first', () => {
    const target = makeTarget(files);
    const compiler = target.open(['src/router.ts']);
    const exports = compiler.exportsOf(target.file('src/router.ts'));
    const heritage = (name: string) => compiler.heritage(exports.get(name)![0]!).map((each) => each.name);
    expect(heritage('Router')).toEqual(['Base', 'Handles', 'Closes']);
    expect(heritage('Child')).toEqual(['Router', 'Base', 'Handles', 'Closes']);
    expect(heritage('Mixed')).toEqual(['Counter', 'Router', 'Base', 'Handles', 'Closes']);
    expect(heritage('Expression')).toEqual([]);
  });

  it('heritage knows JSDoc in JavaScript', () => {
    const target = makeTarget({
      'a.js': `/** @typedef {{ go(): void }} Goes */
class Base {}
/** @implements {Goes} */
class Child extends Base { go() {} }
module.exports = { Child };
`,
    });
    const compiler = target.open(['a.js']);
    const [child] = compiler.exportsOf(target.file('a.js')).get('Child')!;
    expect(compiler.heritage(child!).map((each) => each.name)).toEqual(['Base', 'Goes']);
  });

  it('members are those of instances, inherited ones included', () => {
    const target = makeTarget(files);
    const compiler = target.open(['src/router.ts']);
    const exports = compiler.exportsOf(target.file('src/router.ts'));
    const members = (name: string) => [...compiler.members(exports.get(name)![0]!).keys()].sort();
    expect(members('Child')).toEqual(['#secret', 'close', 'inner', 'register_handler', 'shared']);
    expect(members('Expression')).toEqual(['go']);
    expect(members('default')).toEqual(['stop']);
    expect(declared(target, compiler.members(exports.get('Child')![0]!).get('close')!)).toEqual([
      'method Child.close in src/router.ts',
    ]);
    expect(declared(target, compiler.members(exports.get('Child')![0]!).get('inner')!)).toEqual([
      'method Base.inner in src/base.ts',
    ]);
  });

  it('exports follow re-exports, and stars', () => {
    const target = makeTarget({
      ...files,
      'src/index.ts':
        "export * from './base.js';\nexport { Router as Renamed, default } from './router.js';\nexport * as all from './router.js';\nexport const own = 1;\n",
    });
    const compiler = target.open(['src/index.ts']);
    const exports = [...compiler.exportsOf(target.file('src/index.ts'))];
    expect(Object.fromEntries(exports.map(([name, all]) => [name, declared(target, all).join()]))).toEqual({
      Closes: 'interface Closes in src/base.ts',
      Handles: 'interface Handles in src/base.ts',
      Base: 'class Base in src/base.ts',
      Counted: 'function Counted in src/base.ts',
      Renamed: 'class Router in src/router.ts',
      default: 'class default in src/router.ts',
      all: 'module router.ts in src/router.ts',
      own: 'variable own in src/index.ts',
    });
  });

  it('a file that is no module exports nothing', () => {
    const target = makeTarget({ 'tsconfig.json': { compilerOptions: { module: 'esnext' } }, 'a.ts': 'const a = 1;' });
    expect(target.open(['a.ts']).exportsOf(target.file('a.ts')).size).toBe(0);
  });
});

describe('specifiers', () => {
  const files = {
    ...FILES,
    'tsconfig.json': {
      compilerOptions: {
        strict: true,
        module: 'esnext',
        moduleResolution: 'bundler',
        types: [],
        paths: { '@/*': ['./src/*'] },
      },
    },
    'src/index.ts': 'export {};',
    'src/legacy.js': 'export const a = 1;',
    'src/script.ts': 'const only = 1;',
    'node_modules/pkg/package.json': { name: 'pkg', types: './main.d.ts' },
    'node_modules/pkg/main.d.ts': 'export const a: 1;',
  };

  it('written in the file or not, resolve as its program resolves them', () => {
    const target = makeTarget(files);
    const compiler = target.open(['src/use.ts']);
    const find = (specifier: string) => {
      const file = compiler.resolveSpecifier(target.file('src/use.ts'), specifier);
      return file === undefined ? undefined : target.relative(file);
    };
    expect(find('./router.js')).toBe('src/router.ts');
    expect(find('./router')).toBe('src/router.ts');
    expect(find('@/router')).toBe('src/router.ts');
    expect(find('.')).toBe('src/index.ts');
    expect(find('pkg')).toBe('node_modules/pkg/main.d.ts');
    expect(find('./legacy.js')).toBe('src/legacy.js');
    expect(find('./script')).toBe('src/script.ts');
    expect(find('./nowhere')).toBeUndefined();
    expect(find('nowhere')).toBeUndefined();
    compiler.overlay(new Map([[target.file('src/nowhere.ts'), 'export {};']]));
    expect(find('./nowhere')).toBe('src/nowhere.ts');
    expect(target.resolve(compiler, 'src/use.ts', 'register_handler')).toBe(
      'method Router.register_handler in src/router.ts',
    );
  });
});

describe('an independent oracle', () => {
  const files = {
    'tsconfig.json': STRICT,
    'src/router.ts': `export interface Handles { register_handler(type: string): void }
export class Router implements Handles { register_handler(type: string): void {} }
export class Child extends Router { override register_handler(type: string): void { super.register_handler(type); } }
export class Queue { register_handler(job: string): void {} }
`,
    'src/use.ts': `import { type Handles, Router, Child, Queue } from './router.js';
export function all(r: Router, h: Handles, c: Child, q: Queue, u: Router | Queue, p: Partial<Router>) {
  r.register_handler('');
  h?.register_handler('');
  c['register_handler']('');
  q.register_handler('');
  u.register_handler.name;
  p.register_handler?.('');
  const { register_handler: local } = r;
  const literal: Handles = { register_handler() {} };
  return [local, literal, r.register_handler.bind(r)];
}
`,
  };

  it('definitions are those of the language service', () => {
    const target = makeTarget(files);
    const compiler = target.open(['src/use.ts', 'src/router.ts']);
    const service = languageService(target);
    const use = target.file('src/use.ts');
    const places = target.all('src/use.ts', 'register_handler');
    const found = compiler.resolve(use, places).map((each) => {
      if (each.kind !== 'declared') throw new Error(target.tell(each));
      return each.declarations.map(({ file, range }) => `${file}:${range.start}`).sort();
    });
    const literal = target.at('src/use.ts', 'register_handler() {}');
    const expected = places.map((place) => {
      // The service calls the literal's own member a definition; it is asked for the contextual one through its type.
      const at = place === literal ? target.at('src/use.ts', 'register_handler', 2) : place;
      return (service.getDefinitionAtPosition(use, at) ?? [])
        .map((each) => `${each.fileName}:${each.textSpan.start}`)
        .sort();
    });
    expect(found).toEqual(expected);
    expect(found).toHaveLength(9);
  });

  it('references are those of the language service, the declarations included', () => {
    const target = makeTarget(files);
    const compiler = target.open(['src/use.ts', 'src/router.ts']);
    const service = languageService(target);
    const router = target.file('src/router.ts');
    for (const nth of [1, 2, 3, 5]) {
      const offset = target.at('src/router.ts', 'register_handler', nth);
      const expected = (service.findReferences(router, offset) ?? [])
        .flatMap((each) => each.references)
        .map((each) => `${target.relative(each.fileName)}:${each.textSpan.start}`);
      const found = compiler
        .references(router, offset)
        .map((each) => `${target.relative(each.file)}:${each.range.start}`);
      expect(found).toEqual([...new Set(expected)].sort(byPlace));
    }
  });
});

function languageService(target: Target): ts.LanguageService {
  const project = new Project({ tsConfigFilePath: target.file('tsconfig.json') });
  return project.getLanguageService().compilerObject;
}

function byPlace(a: string, b: string): number {
  const [fileA, startA] = a.split(':') as [string, string];
  const [fileB, startB] = b.split(':') as [string, string];
  return fileA === fileB ? Number(startA) - Number(startB) : fileA < fileB ? -1 : 1;
}

describe('close', () => {
  it('may be called twice; whatever is asked afterwards says so', () => {
    const target = makeTarget(FILES);
    const compiler = target.open(['src/use.ts']);
    compiler.close();
    compiler.close();
    const closed = expect.objectContaining({ code: 'COMPILER_CLOSED' });
    const use = target.file('src/use.ts');
    expect(() => compiler.projects).toThrow(closed);
    expect(() => compiler.include([])).toThrow(closed);
    expect(() => compiler.resolve(use, [0])).toThrow(closed);
    expect(() => compiler.exportsOf(use)).toThrow(closed);
    expect(() => compiler.resolveSpecifier(use, './router.js')).toThrow(closed);
    expect(() => compiler.references(use, 0)).toThrow(closed);
    expect(() => compiler.overlay(new Map())).toThrow(closed);
    expect(() => compiler.syntaxErrors([use])).toThrow(closed);
    expect(() => compiler.diagnostics([use])).toThrow(closed);
  });

  it('happens when the use of a compiler throws', async () => {
    const target = makeTarget(FILES);
    let kept: ReturnType<typeof openCompiler> | undefined;
    const use = withCompiler({ root: target.root, files: [target.file('src/use.ts')] }, (compiler) => {
      kept = compiler;
      throw new Error('of ours');
    });
    await expect(use).rejects.toThrow('of ours');
    expect(() => kept?.projects).toThrow(expect.objectContaining({ code: 'COMPILER_CLOSED' }));
  });
});
