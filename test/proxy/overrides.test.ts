import { describe, expect, test } from 'vitest';
import type { RerouteError } from '../../src/base/errors.ts';
import { ProxyTarget, warnings } from './proxy-target.ts';

const ESM = {
  'package.json': '{ "type": "module" }',
  'tsconfig.json': JSON.stringify({
    compilerOptions: { strict: true, target: 'es2022', module: 'nodenext', rootDir: 'src', outDir: 'dist', types: [] },
    include: ['src'],
  }),
};

const ROUTER = `
export interface Registration { readonly type: string; readonly run: (payload: string) => string }
export const registrationFor = (type: string, run: Registration['run']): Registration => ({ type, run });
export class Router {
  readonly #list: Registration[] = [];
  addHandler(registration: Registration): this { this.#list.push(registration); return this; }
  addTwice(registration: Registration): this { return this.addHandler(registration).addHandler(registration); }
  visit(depth: number): string { return depth === 0 ? '.' : '(' + this.visit(depth - 1) + ')'; }
  async onMessage(text: string): Promise<string> { await null; return 'canonical ' + text + ' of ' + this.#list.length; }
  receive(text: string): Promise<string> { return this.onMessage(text); }
  types(): string[] { return this.#list.map(({ type }) => type); }
}
`;

const OLD = `
import type { Registration } from '../router.js';
export class OldRouter {
  readonly #list: { type: string; run: Registration['run'] }[] = [];
  register_handler(type: string, run: Registration['run']): void { this.#list.push({ type, run }); }
  addTwice(registration: Registration): this { this.register_handler(registration.type, registration.run); this.register_handler(registration.type, registration.run); return this; }
  visit_all(depth: number): string { return depth === 0 ? '.' : '(' + this.visit_all(depth - 1) + ')'; }
  async on_message(text: string): Promise<string> { await null; return 'canonical ' + text + ' of ' + this.#list.length; }
  receive(text: string): Promise<string> { return this.on_message(text); }
  types(): string[] { return this.#list.map(({ type }) => type); }
}
`;

const CONSUMER = `
import { OldRouter } from './old/router.js';
import { Middle } from './middle.js';
class Named extends OldRouter {
  override register_handler(type: string, run: (payload: string) => string): void { super.register_handler('named-' + type, run); }
  override visit_all(depth: number): string { return '<' + super.visit_all(depth) + '>'; }
  override async on_message(text: string): Promise<string> { await null; return 'named ' + (await super.on_message(text)); }
}
class Deep extends Middle { override visit_all(depth: number): string { return '{' + super.visit_all(depth) + '}'; } }
const run = (payload: string): string => payload;
const named = new Named();
named.addTwice({ type: 'a', run }).register_handler('b', run);
const plain = new OldRouter();
plain.addTwice({ type: 'c', run });
console.log(JSON.stringify([
  named.types(), plain.types(), await named.receive('x'), await plain.receive('y'), named.visit_all(2), plain.visit_all(2),
  new Deep().visit_all(1),
]));
`;

const FILES = {
  ...ESM,
  'src/router.ts': ROUTER,
  'src/old/router.ts': OLD,
  'src/middle.ts': "import { OldRouter } from './old/router.js';\nexport class Middle extends OldRouter {}\n",
  'src/consumer.ts': CONSUMER,
};

const MEMBERS = {
  'register_handler(type, run)': 'addHandler(registrationFor(type, run))',
  visit_all: 'visit',
  on_message: 'onMessage',
};
const OVERRIDES = { 'register_handler(it.type, it.run)': 'addHandler(it)' };

const manifest = (more: object) => ({
  canonical: {
    'src/router.ts': {
      Router: {
        replaces: ['src/old/router.ts#OldRouter'],
        members: MEMBERS,
        imports: { registrationFor: 'src/router.ts' },
        ...more,
      },
    },
  },
});

function stopped(target: ProxyTarget, input: ReturnType<typeof manifest>): RerouteError {
  try {
    target.plan(input);
  } catch (error) {
    return error as RerouteError;
  }
  throw new Error('the proxies were made');
}

describe('members', () => {
  test('canonical code reaches what a subclass has under the old name, and its super the canonical member', () => {
    const target = new ProxyTarget(FILES);
    expect(target.compile()).toBe('');
    const before = target.run('dist/consumer.js');
    expect(before).toMatchObject({ status: 0, stderr: '' });
    expect(before.stdout).toContain('["named-a","named-a","named-b"]');
    const plan = target.plan(manifest({ overrides: OVERRIDES }));
    expect(plan.proxies[0]!.exports).toEqual([{ name: 'OldRouter', form: 'members' }]);
    target.apply(plan);
    expect(target.compile()).toBe('');
    const after = target.run('dist/consumer.js');
    expect(after.stdout).toBe(before.stdout);
    expect(after.status).toBe(0);
    // `super` in each override, and the calls of the old names; nothing says more often that it is deprecated.
    expect(warnings(after).filter((line) => line.includes('register_handler'))).toHaveLength(1);
  });

  test('generation stops where nobody knows how to call the override, and shows the line to add', () => {
    const error = stopped(new ProxyTarget(FILES), manifest({}));
    expect(error.code).toBe('PROXY_OVERRIDE');
    expect(error.details).toEqual([
      "src/old/router.ts#OldRouter: register_handler is overridden in src/consumer.ts:5:12 Named.register_handler, and addHandler cannot be said to it: 'register_handler(type, run)' becomes 'addHandler(registrationFor(type, run))'",
      'In the manifest:',
      "  overrides: { 'register_handler(it.type, it.run)': 'addHandler(it)' },",
    ]);
  });

  test('a canonical class that no subclass overrides stays as it was', () => {
    const target = new ProxyTarget({
      ...FILES,
      'src/consumer.ts': `
import { Router } from './router.js';
const before = Reflect.ownKeys(Router.prototype).map((key) => Object.getOwnPropertyDescriptor(Router.prototype, key)!);
await import('./old/router.js');
const after = Reflect.ownKeys(Router.prototype).map((key) => Object.getOwnPropertyDescriptor(Router.prototype, key)!);
console.log(before.every((one, at) => one.value === after[at]!.value), after.length - before.length, Object.getOwnPropertySymbols(Router.prototype).length);
`,
    });
    target.apply(target.plan(manifest({})));
    expect(target.compile()).toBe('');
    expect(target.run('dist/consumer.js').stdout).toBe('true 3 0\n');
    expect(target.read('src/old/router.ts')).not.toContain('reachOverrides');
  });

  test('a line in `overrides` is enough where no subclass is found', () => {
    const target = new ProxyTarget({
      ...FILES,
      'src/consumer.ts': `
import { OldRouter } from './old/router.js';
const make = (Base: typeof OldRouter) => class extends Base {
  override register_handler(type: string, run: (payload: string) => string): void { super.register_handler('mixed-' + type, run); }
};
console.log(new (make(OldRouter))().addTwice({ type: 'a', run: (text) => text }).types().join());
`,
    });
    target.apply(target.plan(manifest({ overrides: OVERRIDES })));
    expect(target.compile()).toBe('');
    expect(target.run('dist/consumer.js', '--no-deprecation').stdout).toBe('mixed-a,mixed-a\n');
  });

  test('once the subclass is rewritten the proxy is not stale', () => {
    const target = new ProxyTarget(FILES);
    const input = manifest({ overrides: OVERRIDES });
    target.apply(target.plan(input));
    const proxy = target.read('src/old/router.ts')!;
    expect(proxy).toContain('reaches overrides of register_handler, visit_all, on_message');
    target.write({
      'src/consumer.ts': "import { Router } from './router.js';\nexport class Named extends Router {}\n",
    });
    const originals = (file: string) => (file === 'src/old/router.ts' ? OLD : undefined);
    expect(target.plan(input, originals).changes).toEqual([]);
  });

  test('an adapter, which always reaches them, makes no other class do so the next time', () => {
    const target = new ProxyTarget({
      ...FILES,
      'src/router.ts': `export class Router {
  readonly level: number;
  constructor({ level = 0 }: { level?: number } = {}) { this.level = level; }
  add(type: string): string { return type; }
}
`,
      'src/old/router.ts': 'export class OldRouter {\n  add_it(type: string): string { return type; }\n}\n',
      'src/old/quality.ts':
        'export class Quality {\n  constructor(_level: number) {}\n  add_it(type: string): string { return type; }\n}\n',
      'src/consumer.ts': '',
    });
    const originals = new Map(['src/old/router.ts', 'src/old/quality.ts'].map((file) => [file, target.read(file)!]));
    const input: Parameters<ProxyTarget['plan']>[0] = {
      canonical: {
        'src/router.ts': {
          Router: {
            replaces: [
              'src/old/router.ts#OldRouter',
              { export: 'src/old/quality.ts#Quality', members: { 'new(level)': 'new({ level })' } },
            ],
            members: { add_it: 'add' },
          },
        },
      },
    };
    target.apply(target.plan(input));
    expect(target.compile()).toBe('');
    expect(target.read('src/old/quality.ts')).toContain('reachOverrides');
    expect(target.read('src/old/router.ts')).not.toContain('reachOverrides');
    expect(target.plan(input, (file) => originals.get(file)).changes).toEqual([]);
  });

  test('a subclass that overrides the canonical member as well, or calls it in place of super, ends', () => {
    const target = new ProxyTarget({
      ...FILES,
      'src/consumer.ts': `
import { OldRouter } from './old/router.js';
class Both extends OldRouter {
  override visit_all(depth: number): string { return 'old ' + super.visit_all(depth); }
  visit(depth: number): string { return 'new ' + (Object.getPrototypeOf(OldRouter.prototype), Reflect.get(OldRouter.prototype, 'visit') as (depth: number) => string).call(this, depth); }
}
class Straight extends OldRouter {
  override visit_all(depth: number): string { return 'straight ' + (this as unknown as { visit(depth: number): string }).visit(depth); }
}
const visit = (it: object): string => (it as { visit(depth: number): string }).visit(0);
console.log(JSON.stringify([visit(new Both()), visit(new Straight()), new Both().visit_all(0)]));
`,
    });
    target.apply(target.plan(manifest({})));
    expect(target.compile()).toBe('');
    expect(target.run('dist/consumer.js')).toMatchObject({
      stdout: '["new .","straight .","old new ."]\n',
      status: 0,
    });
  });

  test('two deprecated classes of one canonical class, both loaded, in CommonJS', () => {
    const old = (name: string, member: string, parameters: string) =>
      `class ${name} { ${member}(${parameters}) { return text + loud; } both() { return ''; } }\nmodule.exports = { ${name} };\n`;
    const target = new ProxyTarget({
      'package.json': '{}',
      'router.js':
        'class Router { #mark = "!"; say(text, loud) { return text + loud + this.#mark; } both() { return this.say("a", 1); } }\nmodule.exports = { Router };\n',
      'one.js': old('One', 'speak', 'text, loud'),
      'two.js': old('Two', 'shout', 'loud, text'),
      'consumer.js': `
const { One } = require('./one');
const { Two } = require('./two');
class A extends One { speak(text, loud) { return 'A' + super.speak(text, loud); } }
class B extends Two { shout(loud, text) { return 'B' + super.shout(loud, text); } }
class C extends A { shout(loud, text) { return 'C' + super.shout(loud, text); } }
console.log(new A().both(), new B().both(), new C().both(), new One().both());
`,
    });
    target.apply(
      target.plan({
        canonical: {
          'router.js': {
            Router: {
              replaces: [
                { export: 'one.js#One', members: { 'speak(text, loud)': 'say(text, loud)' } },
                { export: 'two.js#Two', members: { 'shout(loud, text)': 'say(text, loud)' } },
              ],
            },
          },
        },
      }),
    );
    expect(target.run('consumer.js', '--no-deprecation')).toMatchObject({
      stdout: 'Aa1! Ba1! Aa1! a1!\n',
      stderr: '',
      status: 0,
    });
  });
});

test('adapter: overrides are reached, whoever subclasses it, and the canonical class is left alone', () => {
  const target = new ProxyTarget({
    ...ESM,
    'src/sender.ts': `
export class Sender {
  readonly #to: string;
  constructor({ to }: { to: string }) { this.#to = to; }
  send({ body, loud = false }: { body: string; loud?: boolean }): string { return this.#to + ':' + body + (loud ? '!' : ''); }
  twice(body: string): string { return this.send({ body }) + this.send({ body, loud: true }); }
}
`,
    'src/old.ts': `
export class OldSender {
  readonly #to: string;
  constructor(to: string) { this.#to = to; }
  send_event(body: string, loud?: boolean): string { return this.#to + ':' + body + (loud ? '!' : ''); }
  twice(body: string): string { return this.send_event(body) + this.send_event(body, true); }
}
`,
    'src/consumer.ts': `
import { OldSender } from './old.js';
class Boxed extends OldSender { override send_event(body: string, loud?: boolean): string { return '[' + super.send_event(body, loud) + ']'; } }
const make = (Base: typeof OldSender) => class extends Base { override send_event(body: string, loud?: boolean): string { return '<' + super.send_event(body, loud) + '>'; } };
console.log(new Boxed('a').twice('b'), new (make(OldSender))('c').twice('d'), new OldSender('e').twice('f'), new Boxed('g').send_event('h'));
`,
  });
  expect(target.compile()).toBe('');
  const before = target.run('dist/consumer.js');
  expect(before).toMatchObject({ stdout: '[a:b][a:b!] <c:d><c:d!> e:fe:f! [g:h]\n', stderr: '' });
  const plan = target.plan({
    canonical: {
      'src/sender.ts': {
        Sender: {
          replaces: ['src/old.ts#OldSender'],
          members: { 'new(to)': 'new({ to })', 'send_event(body, loud?)': 'send({ body, loud })' },
        },
      },
    },
  });
  target.apply(plan);
  expect(plan.proxies[0]!.exports[0]!.form).toBe('adapter');
  expect(target.compile()).toBe('');
  expect(target.run('dist/consumer.js', '--no-deprecation')).toMatchObject({ stdout: before.stdout, stderr: '' });
});
