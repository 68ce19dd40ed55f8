import { describe, expect, test } from 'vitest';
import { ProxyTarget, warnings } from './proxy-target.ts';

const TSCONFIG = JSON.stringify({
  compilerOptions: { strict: true, target: 'es2022', module: 'nodenext', rootDir: 'src', outDir: 'dist', types: [] },
  include: ['src'],
});
const ESM = { 'package.json': '{ "type": "module" }', 'tsconfig.json': TSCONFIG };

/** Compiles and runs the consumer against the old modules, then against their proxies. */
function beforeAndAfter(files: Readonly<Record<string, string>>, manifest: Parameters<ProxyTarget['plan']>[0]) {
  const target = new ProxyTarget({ ...ESM, ...files });
  expect(target.compile()).toBe('');
  const before = target.run('dist/consumer.js');
  const plan = target.plan(manifest);
  target.apply(plan);
  expect(target.compile()).toBe('');
  const after = target.run('dist/consumer.js');
  expect(before).toMatchObject({ status: 0, stderr: '' });
  expect(after.stdout).toBe(before.stdout);
  expect(target.plan(manifest).changes).toEqual([]);
  const forms = Object.fromEntries(
    plan.proxies.map(({ path, exports }) => [path, Object.fromEntries(exports.map(({ name, form }) => [name, form]))]),
  );
  return { target, after, forms };
}

describe('re-export', () => {
  test('a class of the same members under another name keeps its identity and says nothing at run time', () => {
    const { target, after, forms } = beforeAndAfter(
      {
        'src/router.ts':
          'export class Router { route(type: string): string { return type; } }\nexport const LIMIT = 3;\nexport interface Message { type: string }\n',
        'src/old/router.ts':
          'export class OldRouter { route(type: string): string { return type; } }\nexport const LIMIT = 3;\nexport interface Message { type: string }\nexport default OldRouter;\n',
        'src/consumer.ts': `
import Default, { OldRouter, LIMIT, type Message } from './old/router.js';
const message: Message = { type: 'a' };
class Sub extends OldRouter {}
console.log(new Sub().route(message.type), LIMIT, Default === OldRouter, new Default() instanceof OldRouter);
`,
      },
      {
        canonical: {
          'src/router.ts': { Router: { replaces: ['src/old/router.ts#OldRouter', 'src/old/router.ts#default'] } },
        },
      },
    );
    expect(forms).toEqual({
      'src/old/router.ts': { OldRouter: 're-export', default: 're-export', LIMIT: 're-export', Message: 're-export' },
    });
    expect(after.stderr).toBe('');
    expect(target.read('src/old/router.ts')).toContain(
      'export { /** @deprecated Use `src/router.ts#Router`. */ Router as OldRouter }',
    );
  });

  test('what a barrel hands on from elsewhere it goes on handing on', () => {
    const { forms } = beforeAndAfter(
      {
        'src/router.ts': 'export class Router { route(): number { return 1; } }\n',
        'src/other.ts': 'export const a = 1;\nexport const b = 2;\nexport const c = 3;\n',
        'src/old/index.ts':
          "import { c } from '../other.js';\nexport { a } from '../other.js';\nexport * from '../more.js';\nexport { c as see };\nexport class OldRouter { route(): number { return 1; } }\n",
        'src/more.ts': 'export const more = 4;\n',
        'src/consumer.ts':
          "import { a, see, more, OldRouter } from './old/index.js';\nconsole.log(a, see, more, new OldRouter().route());\n",
      },
      { canonical: { 'src/router.ts': { Router: { replaces: ['src/old/index.ts#OldRouter'] } } } },
    );
    expect(forms['src/old/index.ts']).toEqual({ OldRouter: 're-export', a: 're-export', see: 're-export' });
  });
});

describe('function', () => {
  test('a re-mapped function forwards, keeps overloads and generics, and warns', () => {
    const { after, forms } = beforeAndAfter(
      {
        'src/send.ts':
          'export interface Send<T> { to: string; body: T; loud?: boolean }\nexport function send<T>({ to, body, loud = false }: Send<T>): { to: string; body: T; loud: boolean } { return { to, body, loud }; }\n',
        'src/old/send.ts': `
export function send_event<T>(to: string, body: T): { to: string; body: T; loud: boolean } { return { to, body, loud: false }; }
export function shout(to: string): { to: string; body: string; loud: boolean };
export function shout<T>(to: string, body: T): { to: string; body: T; loud: boolean };
export function shout(to: string, body: unknown = 'hey'): { to: string; body: unknown; loud: boolean } { return { to, body, loud: true }; }
`,
        'src/consumer.ts': `
import { send_event, shout } from './old/send.js';
const sent = send_event('ada', { n: 1 });
const n: number = sent.body.n;
console.log(JSON.stringify([sent, n, shout('bob'), shout('eve', 3)]));
`,
      },
      {
        canonical: {
          'src/send.ts': {
            send: {
              replaces: [
                { export: 'src/old/send.ts#send_event', members: { '(to, body)': '({ to, body })' } },
                {
                  export: 'src/old/send.ts#shout',
                  members: { '(to)': "({ to, body: 'hey', loud: true })", '(to, body)': '({ to, body, loud: true })' },
                },
              ],
            },
          },
        },
      },
    );
    expect(forms['src/old/send.ts']).toEqual({ send_event: 'function', shout: 'function' });
    expect(warnings(after)).toEqual([
      '[REROUTE_ROUTER_n] DeprecationWarning: send_event is deprecated',
      '[REROUTE_ROUTER_n] DeprecationWarning: shout is deprecated',
      '[REROUTE_ROUTER_n] DeprecationWarning: shout is deprecated',
    ]);
  });
});

const QUALITY = {
  'src/router.ts': `
export interface Options { supervisor: string; hub?: string }
export class Router {
  readonly options: Options;
  protected readonly list: string[] = [];
  constructor(options: Options) { this.options = options; }
  addHandler(name: string): void { this.list.push(name); }
  names(): string[] { return [...this.list]; }
  static of(): Router { return new Router({ supervisor: 'x' }); }
}
`,
  'src/old/quality.ts': `
import type { Options } from '../router.js';
export class QualityRouter {
  readonly options: Options;
  protected readonly list: string[] = [];
  constructor(supervisor: string, hub?: string) { this.options = hub === undefined ? { supervisor } : { supervisor, hub }; }
  register_handler(name: string): void { this.list.push(name); }
  names(): string[] { return [...this.list]; }
}
`,
  'src/consumer.ts': `
import { QualityRouter } from './old/quality.js';
class Sub extends QualityRouter { constructor() { super('sub', 'hub'); } first(): string | undefined { return this.list[0]; } }
const router = new QualityRouter('boss');
router.register_handler('a');
const sub = new Sub();
sub.register_handler('b');
console.log(JSON.stringify([router.options, router.names(), sub.options, sub.first(), sub instanceof QualityRouter, sub instanceof Sub, router instanceof Sub, ({}) instanceof QualityRouter]));
`,
};
const QUALITY_MANIFEST = {
  canonical: {
    'src/router.ts': {
      Router: {
        replaces: ['src/old/quality.ts#QualityRouter'],
        members: { 'new(supervisor, hub?)': 'new({ supervisor, hub })', 'register_handler(name)': 'addHandler(name)' },
      },
    },
  },
};

describe('adapter', () => {
  test('a class with another constructor is a subclass of the canonical one', () => {
    const { after, forms } = beforeAndAfter(QUALITY, QUALITY_MANIFEST);
    expect(forms).toEqual({ 'src/old/quality.ts': { QualityRouter: 'adapter' } });
    expect(warnings(after).filter((line) => line.includes('new QualityRouter'))).toHaveLength(2);
  });

  test('instances are instances of both, whoever made them, and the canonical class gets no member', () => {
    const target = new ProxyTarget({
      ...ESM,
      ...QUALITY,
      'src/consumer.ts': `
import { QualityRouter } from './old/quality.js';
import { Router } from './router.js';
class Sub extends QualityRouter {}
const old = new QualityRouter('x');
console.log(old instanceof Router, old instanceof QualityRouter, Router.of() instanceof QualityRouter, Router.of() instanceof Sub, 'register_handler' in Router.of());
`,
    });
    target.apply(target.plan(QUALITY_MANIFEST));
    expect(target.compile()).toBe('');
    expect(target.run('dist/consumer.js').stdout).toBe('true true true false false\n');
  });

  test('two classes that mean different things by one call each get a class of their own', () => {
    const manifest = {
      canonical: {
        'src/router.ts': {
          Router: {
            replaces: [
              { export: 'src/old/a.ts#A', members: { 'put(name)': 'addHandler(name)' } },
              { export: 'src/old/b.ts#B', members: { 'put(name)': "addHandler('b-' + name)" } },
            ],
          },
        },
      },
    };
    const { forms } = beforeAndAfter(
      {
        'src/router.ts':
          'export class Router { readonly list: string[] = []; addHandler(name: string): void { this.list.push(name); } }\n',
        'src/old/a.ts':
          'export class A { readonly list: string[] = []; put(name: string): void { this.list.push(name); } }\n',
        'src/old/b.ts':
          "export class B { readonly list: string[] = []; put(name: string): void { this.list.push('b-' + name); } }\n",
        'src/consumer.ts':
          "import { A } from './old/a.js';\nimport { B } from './old/b.js';\nconst [a, b] = [new A(), new B()];\na.put('x');\nb.put('x');\nconsole.log(a.list, b.list);\n",
      },
      manifest,
    );
    expect(forms).toEqual({ 'src/old/a.ts': { A: 'adapter' }, 'src/old/b.ts': { B: 'adapter' } });
  });
});

describe('JavaScript', () => {
  test('an ES module without types gets a JavaScript proxy', () => {
    const target = new ProxyTarget({
      'package.json': '{ "type": "module" }',
      'src/router.js':
        'export class Router { #l = []; addHandler(h, p = 0) { this.#l.push([h, p]); return this; } names() { return this.#l; } }\n',
      'src/old.js':
        'export class Old { constructor() { this.l = []; }\n  /** @param {string} name @returns {this} */\n  register(name, p = 0) { this.l.push([name, p]); return this; }\n  names() { return this.l; } }\nexport default Old;\n',
      'src/consumer.js':
        "import Default, { Old } from './old.js';\nconst old = new Old();\nclass Sub extends Old {}\nold.register('a').register('b', 2);\nconsole.log(JSON.stringify([old.names(), new Sub().register('c').names(), new Sub() instanceof Old, Default === Old]));\n",
    });
    const before = target.run('src/consumer.js');
    expect(before.status).toBe(0);
    const plan = target.plan({
      canonical: {
        'src/router.js': {
          Router: { replaces: ['src/old.js#Old', 'src/old.js#default'], members: { register: 'addHandler' } },
        },
      },
    });
    expect(plan.proxies[0]!.unkept).toEqual(['Old.l']);
    target.apply(plan);
    const after = target.run('src/consumer.js');
    expect(after.stdout).toBe(before.stdout);
    expect(warnings(after).length).toBe(3);
    expect(target.read('src/old.js')).toContain('@deprecated Use `addHandler`.');
    expect(target.read('src/old.js')).not.toContain('type Old');
  });

  test('CommonJS shapes are kept: named, and one value', () => {
    const target = new ProxyTarget({
      'package.json': '{}',
      'lib/router.js':
        'class Router { constructor() { this.l = []; } addHandler(h) { this.l.push(h); } }\nmodule.exports = { Router, limit: 3 };\n',
      'lib/old.js':
        'class Old { constructor() { this.l = []; } register(h) { this.l.push(h); } }\nmodule.exports = { Old, limit: 3 };\n',
      'lib/single.js':
        'class Single { constructor() { this.l = []; } register(h) { this.l.push(h); } }\nmodule.exports = Single;\n',
      'consumer.js':
        "const { Old, limit } = require('./lib/old');\nconst Single = require('./lib/single');\nconst [a, b] = [new Old(), new Single()];\na.register(1);\nb.register(2);\nconsole.log(a.l, b.l, limit, typeof Single);\n",
      'esm.mjs':
        "import { Old } from './lib/old.js';\nimport Single from './lib/single.js';\nconsole.log(typeof Old, typeof Single);\n",
    });
    const before = target.run('consumer.js').stdout + target.run('esm.mjs').stdout;
    const plan = target.plan({
      canonical: {
        'lib/router.js': {
          Router: {
            replaces: ['lib/old.js#Old', 'lib/single.js#default'],
            members: { 'register(h)': 'addHandler(h)' },
          },
        },
      },
    });
    target.apply(plan);
    const after = target.run('consumer.js');
    expect(after.stderr).toContain('Router.register is deprecated');
    expect(after.stdout + target.run('esm.mjs').stdout).toBe(before);
    expect(target.read('lib/old.js')).toContain('module.exports.Old = Old;');
    expect(target.read('lib/single.js')).toContain('module.exports = Single;');
  });
});

describe('specifiers', () => {
  test.each([
    ['without an extension', 'bundler', "import type { X } from './x';", "from '../router'"],
    ['with .ts', 'bundler', "import type { X } from './x.ts';", "from '../router.ts'"],
  ])('the proxy imports %s where the old module did', (_, resolution, line, expected) => {
    const target = new ProxyTarget({
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          strict: true,
          module: 'esnext',
          moduleResolution: resolution,
          noEmit: true,
          allowImportingTsExtensions: true,
          types: [],
        },
        include: ['src'],
      }),
      'src/router.ts': 'export class Router { go(x: number): void { void x; } }\n',
      'src/old/x.ts': 'export type X = number;\n',
      'src/old/router.ts': `${line}\nexport class Old { go(x: X): void { void x; } }\n`,
    });
    target.apply(target.plan({ canonical: { 'src/router.ts': { Router: { replaces: ['src/old/router.ts#Old'] } } } }));
    expect(target.compile()).toBe('');
    expect(target.read('src/old/router.ts')).toContain(expected);
  });

  test('line ends and a byte order mark of the old module are kept', () => {
    const target = new ProxyTarget({
      ...ESM,
      'src/router.ts': 'export const a = 1;\n',
      'src/old.ts': '\uFEFFexport const a = 1;\r\n',
    });
    const [change] = target.plan({ canonical: { 'src/router.ts': { a: { replaces: ['src/old.ts#a'] } } } }).changes;
    expect(change).toMatchObject({ bom: true, before: 'export const a = 1;\r\n' });
    expect(change!.after!.replaceAll('\r\n', '')).not.toContain('\n');
  });
});
