import { describe, expect, it } from 'vitest';
import { makeTarget, STRICT, type Target } from './target.ts';

const ROUTER = `export interface Handles { register_handler(type: string): void }
export class Router { register_handler(type: string): this { return this; } static make(): Router { return new Router(); } }
export class Child extends Router { override register_handler(type: string): this { return this; } }
export class Queue { register_handler(job: () => void): void {} }
`;

/** What the only `register_handler` (or the n-th) of a snippet resolves to. */
function resolveIn(
  code: string,
  nth = 1,
  head = "import { type Handles, Router, Child, Queue } from './router.js';\n",
) {
  const target = makeTarget({ 'tsconfig.json': STRICT, 'src/router.ts': ROUTER, 'src/use.ts': head + code });
  return target.resolve(target.open(['src/use.ts']), 'src/use.ts', 'register_handler', nth);
}

const ROUTERS = 'method Router.register_handler in src/router.ts';
const QUEUES = 'method Queue.register_handler in src/router.ts';
const HANDLES = 'method Handles.register_handler in src/router.ts';

describe('member names resolve to the declaration of the type they are used on', () => {
  it.each([
    ['a variable', 'const r = new Router(); r.register_handler("");', ROUTERS],
    ['an unrelated class', 'new Queue().register_handler(() => {});', QUEUES],
    ['a parameter', 'export function f(r: Router) { r.register_handler(""); }', ROUTERS],
    [
      'a field and optional chaining',
      'class A { constructor(private r?: Router) { this.r?.register_handler(""); } }',
      ROUTERS,
    ],
    ['a return value', 'Router.make().register_handler("");', ROUTERS],
    [
      'a subclass that overrides',
      'new Child().register_handler("");',
      'method Child.register_handler in src/router.ts',
    ],
    ['super', 'class B extends Router { f() { super.register_handler(""); } }', ROUTERS],
    ['a type parameter', 'export function f<T extends Router>(r: T) { r.register_handler(""); }', ROUTERS],
    ['element access', 'declare const r: Router; r["register_handler"]("");', ROUTERS],
    [
      'a mapped type of keys',
      'type M<T> = { [K in keyof T]?: T[K] }; declare const r: M<Router>; r.register_handler?.("");',
      ROUTERS,
    ],
    ['Partial', 'declare const r: Partial<Router>; r.register_handler?.("");', ROUTERS],
    ['Readonly', 'declare const r: Readonly<Router>; r.register_handler("");', ROUTERS],
    ['a template part', 'declare const r: Router; `x $' + '{r.register_handler("")}`;', ROUTERS],
    ['an interface', 'declare const r: Handles; r.register_handler("");', HANDLES],
    ['a union', 'declare const r: Router | Queue; r.register_handler("" as never);', `${ROUTERS} | ${QUEUES}`],
    ['a bound method', 'declare const r: Router; const f = r.register_handler.bind(r);', ROUTERS],
  ])('%s', (_name, code, expected) => {
    expect(resolveIn(code)).toBe(expected);
  });
});

describe('names that declare and refer', () => {
  it.each([
    ['a destructured variable', 'declare const r: Router; const { register_handler } = r;', ROUTERS],
    ['a renamed destructured variable', 'declare const r: Router; const { register_handler: local } = r;', ROUTERS],
    [
      'a renamed one with a default',
      'declare const r: Partial<Router>; const { register_handler: local = () => {} } = r;',
      ROUTERS,
    ],
    ['a destructured parameter', 'export const f = ({ register_handler }: Router) => 1;', ROUTERS],
    ['a destructured parameter that is renamed', 'export const f = ({ register_handler: x }: Router) => x;', ROUTERS],
    ['a nested pattern', 'declare const o: { a: Router }; const { a: { register_handler } } = o;', ROUTERS],
    ['an optional source', 'declare const o: Router | undefined; const { register_handler } = o!;', ROUTERS],
    ['a destructuring assignment', 'let x; declare const r: Router; ({ register_handler: x } = r);', ROUTERS],
    ['an object literal with a contextual type', 'const h: Handles = { register_handler() {} };', HANDLES],
    [
      'an object literal as an argument',
      'declare function f(h: Handles): void; f({ register_handler: () => {} });',
      HANDLES,
    ],
    ['a literal that satisfies', 'const h = { register_handler() {} } satisfies Handles;', HANDLES],
    ['a literal in a union context', 'const h: Handles | string = { register_handler() {} };', HANDLES],
    ['an object literal of its own', 'const h = { register_handler() {} };', 'method h.register_handler in src/use.ts'],
    [
      'an anonymous object literal',
      'console.log({ register_handler() {} });',
      'method object.register_handler in src/use.ts',
    ],
  ])('%s', (_name, code, expected) => {
    expect(resolveIn(code)).toBe(expected);
  });

  it('a shorthand is the contextual member, or else the value', () => {
    const contextual = 'const register_handler = () => {}; const h: Handles = { register_handler };';
    expect(resolveIn(contextual, 2)).toBe(HANDLES);
    const alone = 'const register_handler = () => {}; const h = { register_handler };';
    expect(resolveIn(alone, 2)).toBe('variable register_handler in src/use.ts');
  });

  it('a use of a destructured variable is that variable', () => {
    expect(resolveIn('declare const r: Router; const { register_handler } = r; register_handler("");', 2)).toBe(
      'variable register_handler in src/use.ts',
    );
  });
});

describe('keys in types', () => {
  it.each([
    ['an indexed access type', 'type T = Router["register_handler"];', ROUTERS],
    ['Pick', 'type T = Pick<Router, "register_handler">;', ROUTERS],
    ['Omit', 'type T = Omit<Router, "register_handler">;', ROUTERS],
    ['one of several keys', 'type T = Pick<Queue, never | "register_handler">;', QUEUES],
    ["a type of one's own", 'type P<K extends keyof O, O> = O[K]; type T = P<"register_handler", Queue>;', QUEUES],
  ])('%s', (_name, code, expected) => {
    expect(resolveIn(code)).toBe(expected);
  });
});

describe('a key of a type that another file declares as keyof', () => {
  const TWO =
    "import type { Router } from './router.js';\nexport interface Two extends Router { more(): void }\nexport type Key = keyof Two;\n";
  it.each<[string, Record<string, string>]>([
    ['that is imported', { 'src/index.ts': TWO }],
    ['through a star', { 'src/index.ts': "export * from './inner.js';\n", 'src/inner.ts': TWO }],
    [
      'through names and folders',
      {
        'src/index.ts': "export type { Key } from './a/index.js';\n",
        'src/a/index.ts': "export * from './index.js';\nexport { type Key } from '../b.js';\n",
        'src/b.ts': TWO,
      },
    ],
    [
      'through an import that is exported',
      { 'src/index.ts': "import type { Key } from './b.js';\nexport type { Key };\n", 'src/b.ts': TWO },
    ],
  ])('%s', (_name, files) => {
    const use = "import type { Key } from './index.js';\nexport const key: Key = 'register_handler';\n";
    const target = makeTarget({ 'tsconfig.json': STRICT, 'src/router.ts': ROUTER, ...files, 'src/use.ts': use });
    expect(target.resolve(target.open(['src/use.ts']), 'src/use.ts', 'register_handler')).toBe(ROUTERS);
  });
});

describe('keys in calls', () => {
  it.each([
    ['a spy of an unknown library', 'declare const vi: any; vi.spyOn(new Router(), "register_handler");', ROUTERS],
    ['a spy on a prototype', 'declare const jest: any; jest.spyOn(Queue.prototype, "register_handler");', QUEUES],
    [
      'a function that takes a key',
      'declare function f<T, K extends keyof T>(o: T, k: K): void; f(new Queue(), "register_handler");',
      QUEUES,
    ],
    ['the in operator', 'declare const r: Router | Queue; "register_handler" in (r as Queue);', QUEUES],
    ['a spy on something without it', 'declare const vi: any; vi.spyOn(console, "register_handler");', 'nothing'],
    [
      'a string beside an object',
      'declare function f(o: object, s: string): void; f(new Queue(), "register_handler");',
      'nothing',
    ],
  ])('%s', (_name, code, expected) => {
    expect(resolveIn(code)).toBe(expected);
  });
});

describe('what is not known is told apart from what is no name', () => {
  it.each([
    ['a member of any', 'declare const a: any; a.register_handler();', 'unknown: the receiver is any'],
    [
      'an unresolved import',
      'import { a } from "./nowhere.js"; a.register_handler();',
      'unknown: unresolved import "./nowhere.js"',
    ],
    [
      'a value of an unresolved type',
      'import type { A } from "pkg"; declare const a: A; a.register_handler();',
      'unknown: unresolved import "pkg"',
    ],
    [
      'an index signature',
      'declare const a: { [k: string]: () => void }; a.register_handler();',
      'unknown: the receiver has an index signature ({ [k: string]: () => void; })',
    ],
    [
      'a member that is missing',
      'declare const a: { b: 1 }; a.register_handler();',
      'unknown: the receiver is typed { b: 1; }, which has no member "register_handler"',
    ],
    ['destructured from any', 'declare const a: any; const { register_handler } = a;', 'unknown: the receiver is any'],
    ['renamed from any', 'declare const a: any; const { register_handler: b } = a;', 'unknown: the receiver is any'],
    ['element access on any', 'declare const a: any; a["register_handler"]();', 'unknown: the receiver is any'],
    ['an undeclared name', 'register_handler();', 'unknown: no declaration of "register_handler" is found'],
    ['a line comment', '// register_handler', 'nothing'],
    ['a block comment before a name', '/* register_handler */ new Router();', 'nothing'],
    ['a comment in a class', 'class A { /* register_handler */ go() {} }', 'nothing'],
    ['a comment in a parameter list', 'function f(a: 1 /* register_handler */, b: 2) {}', 'nothing'],
    [
      'a comment between a receiver and its member',
      'new Router() /* register_handler */ .register_handler("");',
      'nothing',
    ],
    ['a line comment in a chain', 'new Router()\n  // register_handler first\n  .register_handler("");', 'nothing'],
    ['a block comment over lines', 'new Router()/* see\nregister_handler\n*/.register_handler("");', 'nothing'],
    ['a comment at the end', 'new Router(); // register_handler', 'nothing'],
    [
      'a JSDoc comment of a member of that name',
      'class A { /** register_handler is old */ register_handler() {} }',
      'nothing',
    ],
    ['a JSDoc comment', '/** register_handler is old */ function f() {}', 'nothing'],
    ['a string', 'console.log("register_handler");', 'nothing'],
    ['the text of a template', 'const s = `register_handler $' + '{1} x`;', 'nothing'],
    ['a regular expression', 'const s = /register_handler/;', 'nothing'],
  ])('%s', (_name, code, expected) => {
    expect(resolveIn(code)).toBe(expected);
  });

  it('an export that the module does not have', () => {
    const target = makeTarget({
      'tsconfig.json': STRICT,
      'src/router.ts': ROUTER,
      'src/use.ts': 'import { Nope } from "./router.js";\nNope.x();',
    });
    const compiler = target.open(['src/use.ts']);
    expect(target.resolve(compiler, 'src/use.ts', 'Nope')).toBe('unknown: "./router.js" has no export "Nope"');
  });
});

describe('imports are followed to the declaration', () => {
  const files = {
    'tsconfig.json': STRICT,
    'src/router.ts': `${ROUTER}export default class Main {}\n`,
    'src/barrel.ts': "export { Router as Renamed, default } from './router.js';\nexport * as all from './router.js';\n",
    'src/use.ts': `import Main, { Renamed, all } from './barrel.js';
import * as ns from './router.js';
export { Renamed as Again } from './barrel.js';
new Renamed(); new all.Queue(); new ns.Child(); new Main();
const lazy = import('./router.js');
lazy.then(({ Router }) => new Router());
type T = import('./router.js').Handles;
`,
  };

  it.each([
    ['Main', 1, 'class Main in src/router.ts'],
    ['Renamed', 1, 'class Router in src/router.ts'],
    ['all', 1, 'module router.ts in src/router.ts'],
    ['ns', 1, 'module router.ts in src/router.ts'],
    ['Renamed', 2, 'class Router in src/router.ts'],
    ['Again', 1, 'class Router in src/router.ts'],
    ['Renamed', 3, 'class Router in src/router.ts'],
    ['Queue', 1, 'class Queue in src/router.ts'],
    ['Child', 1, 'class Child in src/router.ts'],
    ['Main', 2, 'class Main in src/router.ts'],
    ['./barrel.js', 1, 'module src/barrel.ts'],
    ['./router.js', 1, 'module src/router.ts'],
    ['./barrel.js', 2, 'module src/barrel.ts'],
    ['./router.js', 2, 'module src/router.ts'],
    ['Router', 1, 'class Router in src/router.ts'],
    ['./router.js', 3, 'module src/router.ts'],
    ['Handles', 1, 'interface Handles in src/router.ts'],
  ])('%s (%i)', (needle, nth, expected) => {
    const target = makeTarget(files);
    expect(target.resolve(target.open(['src/use.ts']), 'src/use.ts', needle, nth)).toBe(expected);
  });
});

describe('declarations', () => {
  function declared(target: Target, file: string, needle: string, nth = 1) {
    const resolution = target.open([file]).resolve(target.file(file), [target.at(file, needle, nth)])[0]!;
    if (resolution.kind !== 'declared') throw new Error(target.tell(resolution));
    return resolution.declarations.map((each) => ({
      told: target.tellDeclaration(each),
      text: target.text(target.relative(each.file)).slice(each.range.start, each.range.end),
      owner: each.owner && target.text(target.relative(each.file)).slice(each.owner.range.start, each.owner.range.end),
    }));
  }

  it.each([
    [
      'overloads',
      'class A { go(a: string): void; go(a: number): void; go(a: unknown) {} }',
      'go',
      ['method A.go', 'method A.go', 'method A.go'],
    ],
    ['a parameter property', 'class A { constructor(private go: number) { this.go; } }', 'go', ['property A.go']],
    ['a quoted name', 'class A { "go"() {} } new A().go();', 'go', ['method A.go']],
    ['a private name', 'class A { #go() {} }', '#go', ['method A.#go']],
    ['an accessor pair', 'class A { get go() { return 1; } set go(v) {} }', 'go', ['accessor A.go', 'accessor A.go']],
    ['a type literal', 'type A = { go(): void }; declare const a: A; a.go();', 'go', ['method A.go']],
    ['a class expression', 'const A = class { go() {} }; new A().go();', 'go', ['method A.go']],
    ['an enum member', 'enum E { go }', 'go', ['property E.go']],
    [
      'merged interfaces',
      'interface A { go: 1 } interface A { b: 1 }; type X = A;',
      'A',
      ['interface A', 'interface A'],
    ],
  ])('%s', (_name, code, name, expected) => {
    const target = makeTarget({ 'tsconfig.json': STRICT, 'src/a.ts': `${code}\nexport {};\n` });
    const found = declared(target, 'src/a.ts', name);
    expect(found.map((each) => each.told)).toEqual(expected.map((each) => `${each} in src/a.ts`));
    for (const each of found) {
      expect(each.text).toBe(name);
      if (each.owner !== undefined) expect(each.owner).toBe(expected[0]!.split(/[ .]/)[1]);
    }
  });
});

describe('offsets', () => {
  it('do not count a byte order mark, and count UTF-16 units and both characters of CRLF', () => {
    const target = makeTarget({
      'tsconfig.json': STRICT,
      'src/router.ts': `\uFEFF/** 😀😀 */\r\n${ROUTER.replaceAll('\n', '\r\n')}`,
      'src/use.ts':
        "\uFEFF// 😀 é\r\nimport { Router } from './router.js';\r\nconst s = '😀'; new Router().register_handler('😀').register_handler(1);\r\n",
    });
    const compiler = target.open(['src/use.ts', 'src/router.ts']);
    const places = target.all('src/use.ts', 'register_handler');
    const resolutions = compiler.resolve(target.file('src/use.ts'), places);
    expect(resolutions.map((each) => target.tell(each))).toEqual([ROUTERS, ROUTERS]);
    const [declared] = resolutions;
    const { range } = declared?.kind === 'declared' ? declared.declarations[0]! : { range: { start: 0, end: 0 } };
    expect(range.start).toBe(target.at('src/router.ts', 'register_handler', 2));
    expect(target.text('src/router.ts').slice(range.start, range.end)).toBe('register_handler');
    const [diagnostic] = compiler.diagnostics([target.file('src/use.ts')]);
    expect(diagnostic?.range.start).toBe(target.at('src/use.ts', '1'));
    const places2 = compiler.references(target.file('src/use.ts'), places[0]!).map((each) => {
      return target.text(target.relative(each.file)).slice(each.range.start, each.range.end);
    });
    expect(new Set(places2)).toEqual(new Set(['register_handler']));
    expect(places2.length).toBeGreaterThanOrEqual(3);
  });
});
