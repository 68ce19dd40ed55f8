import { describe, expect, test } from 'vitest';
import { ProxyTarget, warnings } from './proxy-target.ts';

const CONFIG = {
  'package.json': '{ "type": "module" }',
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      target: 'es2022',
      module: 'nodenext',
      rootDir: 'src',
      outDir: 'dist',
      declaration: true,
      isolatedModules: true,
      verbatimModuleSyntax: true,
      noImplicitOverride: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      types: [],
    },
    include: ['src'],
  }),
};

const CANONICAL = `
export type Handler = (payload: unknown) => void;
export interface Registration { readonly type: string; readonly handler: Handler; readonly priority: number }
export class MessageRouter {
  static made = 0;
  static create(): MessageRouter { MessageRouter.made++; return new MessageRouter(); }
  readonly #list: Registration[] = [];
  addHandler(registration: Registration): this { this.#list.push(registration); return this; }
  getHandlerOrder(): string[] { return this.#list.map((one) => one.type + ':' + one.priority); }
  get handlerCount(): number { return this.#list.length; }
  route(type: string, payload: unknown): boolean {
    const found = this.#list.find((one) => one.type === type);
    found?.handler(payload);
    return found !== undefined;
  }
  protected dropAll(): number { return this.#list.splice(0).length; }
}
let shared: MessageRouter | undefined;
export function getMessageRouter(): MessageRouter { return (shared ??= new MessageRouter()); }
`;

const HANDLER_FOR = `
import type { Handler, Registration } from './message-router.js';
export function handlerFor(type: string, handler: Handler, priority = 0): Registration { return { type, handler, priority }; }
`;

const OLD = `
import type { Clock } from '../clock.js';
/** What is called. */
export type Handler = (payload: unknown) => void;
export interface RouterOptions { clock?: Clock; fallback?: Handler }
export class MessageRouter {
  static create(): MessageRouter { return new MessageRouter(); }
  private readonly list: { type: string; handler: Handler; priority: number }[] = [];
  /** Adds a handler for one type. */
  register_handler(type: string, handler: Handler, priority?: number): void {
    this.list.push({ type, handler, priority: priority ?? 0 });
  }
  get_handler_order(): string[] { return this.list.map((one) => one.type + ':' + one.priority); }
  get handler_count(): number { return this.list.length; }
  route(type: string, payload: unknown): boolean {
    const found = this.list.find((one) => one.type === type);
    found?.handler(payload);
    return found !== undefined;
  }
  protected drop_all(): number { return this.list.splice(0).length; }
}
let shared: MessageRouter | undefined;
export function get_message_router(): MessageRouter { return (shared ??= new MessageRouter()); }
`;

/** Compiles against the old module; must go on compiling and printing the same. */
const CONSUMER = `
import { get_message_router, MessageRouter, type Handler, type RouterOptions } from './core/message_router.js';
const seen: unknown[] = [];
const note: Handler = (payload) => seen.push(payload);
const options: RouterOptions = { fallback: note };
const router: MessageRouter = new MessageRouter();
for (let i = 0; i < 3; i++) router.register_handler('t' + i, note);
router.register_handler('last', options.fallback!, 7);
const detached = router.register_handler;
detached.call(router, 'detached', note, 1);
class Sub extends MessageRouter {
  override register_handler(type: string, handler: Handler, priority?: number): void {
    super.register_handler('sub-' + type, handler, priority);
  }
  clear(): number { return this.drop_all(); }
}
const sub = new Sub();
sub.register_handler('x', note);
get_message_router().register_handler('shared', note);
MessageRouter.create().register_handler('made', note);
console.log(JSON.stringify([
  router.get_handler_order(), router.handler_count, router.route('t1', { a: 1 }), router.route('none', 0), seen,
  sub.get_handler_order(), sub.clear(), sub.handler_count, sub instanceof MessageRouter, sub instanceof Sub,
  router instanceof Sub, get_message_router().get_handler_order(), get_message_router() instanceof MessageRouter,
  Object.keys(Object.getPrototypeOf(router)), 'register_handler' in router,
]));
`;

const FILES = {
  ...CONFIG,
  'src/clock.ts': 'export interface Clock { now(): number }\n',
  'src/router/message-router.ts': CANONICAL,
  'src/router/handler-for.ts': HANDLER_FOR,
  'src/core/message_router.ts': OLD,
  'src/consumer.ts': CONSUMER,
};

const MANIFEST = {
  canonical: {
    'src/router/message-router.ts': {
      MessageRouter: {
        replaces: ['src/core/message_router.ts#MessageRouter'],
        members: {
          'register_handler(type, handler, priority?)': 'addHandler(handlerFor(type, handler, priority))',
          get_handler_order: 'getHandlerOrder',
          handler_count: 'handlerCount',
          drop_all: 'dropAll',
        },
        imports: { handlerFor: 'src/router/handler-for.ts' },
        overrides: { 'register_handler(it.type, it.handler, it.priority)': 'addHandler(it)' },
      },
      getMessageRouter: { replaces: ['src/core/message_router.ts#get_message_router'] },
    },
  },
};

describe('a class whose members were renamed', () => {
  test('consumers of the old module compile, and see the same through the proxy', () => {
    const target = new ProxyTarget(FILES);
    expect(target.compile()).toBe('');
    const before = target.run('dist/consumer.js');
    expect(before).toMatchObject({ status: 0, stderr: '' });

    const plan = target.plan(MANIFEST);
    expect(plan.proxies).toEqual([
      {
        path: 'src/core/message_router.ts',
        exports: expect.arrayContaining([
          { name: 'MessageRouter', form: 'members' },
          { name: 'Handler', form: 're-export' },
          { name: 'RouterOptions', form: 'type' },
          { name: 'get_message_router', form: 'value' },
        ]),
        unkept: [],
      },
    ]);
    target.apply(plan);
    expect(target.compile()).toBe('');
    const after = target.run('dist/consumer.js');
    expect(after.stdout).toBe(before.stdout);
    expect(after.status).toBe(0);
  });

  test('each deprecated member warns once per call site, with its replacement', () => {
    const target = new ProxyTarget(FILES);
    target.apply(target.plan(MANIFEST));
    expect(target.compile()).toBe('');
    const ran = target.run('dist/consumer.js');
    const of = (member: string) => warnings(ran).filter((line) => line.includes(`MessageRouter.${member} `));
    // The loop, `last`, detached, super, shared, made.
    expect(of('register_handler')).toHaveLength(6);
    expect(of('register_handler')[0]).toBe(
      '[REROUTE_ROUTER_n] DeprecationWarning: MessageRouter.register_handler is deprecated',
    );
    expect(ran.stderr).toMatch(
      /Called at file:.*consumer\.js:\d+:\d+\nUse addHandler\(handlerFor\(type, handler, priority\)\)/,
    );
    expect(of('handler_count')).toHaveLength(2);
  });

  test('the canonical type has no deprecated member, and its instances made elsewhere are instances of the old name', () => {
    const target = new ProxyTarget({
      ...FILES,
      'src/consumer.ts': `
import { MessageRouter as Old } from './core/message_router.js';
import { MessageRouter } from './router/message-router.js';
const router = new MessageRouter();
// @ts-expect-error the canonical type does not carry the old members
void router.register_handler;
console.log(Old === MessageRouter, router instanceof Old, Old.made === MessageRouter.made);
`,
    });
    target.write({ 'src/core/message_router.ts': OLD.replace('static create', 'static made = 0;\n  static create') });
    target.apply(target.plan(MANIFEST));
    expect(target.compile()).toBe('');
    expect(target.run('dist/consumer.js').stdout).toBe('true true true\n');
  });

  test('a second generation changes nothing, and another manifest makes the proxy from the original', () => {
    const target = new ProxyTarget(FILES);
    const first = target.plan(MANIFEST);
    expect(first.changes.map(({ file, kind, before }) => ({ file, kind, before }))).toEqual([
      { file: 'src/core/message_router.ts', kind: 'modify', before: OLD },
    ]);
    target.apply(first);
    expect(target.plan(MANIFEST).changes).toEqual([]);
    const originals = (file: string) => (file === 'src/core/message_router.ts' ? OLD : undefined);
    expect(target.plan(MANIFEST, originals).changes).toEqual([]);

    const other = { ...MANIFEST, review: { 'src/core/message_router.ts#RouterOptions': 'Look.' } };
    expect(() => target.plan(other)).toThrow(expect.objectContaining({ code: 'PROXY_ORIGINAL_MISSING' }));
    const again = target.plan(other, originals);
    expect(again.changes).toHaveLength(1);
    const hashless = (text: string | undefined) => text!.replace(/manifest \w+, text \w+/, '');
    expect(hashless(again.changes[0]!.after)).toBe(hashless(first.changes[0]!.after));
  });

  test('two deprecated classes with one method name are told apart by the number of arguments', () => {
    const target = new ProxyTarget({
      ...FILES,
      'src/socket/message_router.ts': `
import type { Registration } from '../router/message-router.js';
export class SocketRouter {
  private readonly list: Registration[] = [];
  register_handler(handler: Registration): void { this.list.push(handler); }
  getHandlerOrder(): string[] { return this.list.map((one) => one.type + ':' + one.priority); }
}
`,
      'src/consumer.ts': `
import { MessageRouter } from './core/message_router.js';
import { SocketRouter } from './socket/message_router.js';
const socket = new SocketRouter();
socket.register_handler({ type: 'one', handler: () => {}, priority: 1 });
const router = new MessageRouter();
router.register_handler('two', () => {});
router.register_handler('three', () => {}, 3);
console.log(JSON.stringify([socket.getHandlerOrder(), router.get_handler_order()]));
`,
    });
    expect(target.compile()).toBe('');
    const before = target.run('dist/consumer.js').stdout;
    const plan = target.plan({
      canonical: {
        'src/router/message-router.ts': {
          ...MANIFEST.canonical['src/router/message-router.ts'],
          MessageRouter: {
            ...MANIFEST.canonical['src/router/message-router.ts'].MessageRouter,
            replaces: [
              'src/core/message_router.ts#MessageRouter',
              {
                export: 'src/socket/message_router.ts#SocketRouter',
                members: { 'register_handler(handler)': 'addHandler(handler)' },
              },
            ],
          },
        },
      },
    });
    expect(
      plan.proxies.flatMap(({ exports }) => exports.map(({ form }) => form)).filter((form) => form === 'members'),
    ).toHaveLength(2);
    target.apply(plan);
    expect(target.compile()).toBe('');
    const after = target.run('dist/consumer.js');
    expect(after.stdout).toBe(before);
    expect(after.status).toBe(0);
    const socket = target.read('src/socket/message_router.ts')!;
    expect(socket).toContain(' *     register_handler → addHandler(handler)\n');
    expect(socket).toContain('  /** @deprecated Use `addHandler(handler)`. */\n');
  });

  const { MessageRouter, getMessageRouter } = MANIFEST.canonical['src/router/message-router.ts'];
  const withSocket = (socket: string | { export: string; members: Record<string, string> }) => ({
    canonical: {
      'src/router/message-router.ts': {
        getMessageRouter,
        MessageRouter: { ...MessageRouter, replaces: [...MessageRouter.replaces, socket] },
      },
    },
  });

  test('a mapping that does not compile is refused also where other classes share the member', () => {
    const target = new ProxyTarget({
      ...FILES,
      'src/socket/message_router.ts':
        'export class SocketRouter { register_handler(handler: number): void { void handler; } }\n',
    });
    const manifest = withSocket({
      export: 'src/socket/message_router.ts#SocketRouter',
      members: { 'register_handler(handler)': 'addHandler(handler)' },
    });
    expect(() => target.plan(manifest)).toThrow(
      expect.objectContaining({
        code: 'PROXY_TYPES',
        details: [
          expect.stringMatching(
            /^src\/socket.*Argument of type 'number' is not assignable .* In: .*\.addHandler\(handler\);/,
          ),
        ],
      }),
    );
  });

  test('types that a deprecated neighbour exported come from where they are now', () => {
    const target = new ProxyTarget({
      ...FILES,
      'src/socket/router.ts': `
import type { Handler } from '../core/message_router.js';
export class Socket { register_handler(type: string, handler: Handler): void { void [type, handler]; } }
`,
    });
    target.apply(target.plan(withSocket('src/socket/router.ts#Socket')));
    expect(target.compile()).toBe('');
    const proxy = target.read('src/socket/router.ts')!;
    expect(proxy).toContain("import type { Handler } from '../router/message-router.js';");
    expect(proxy).not.toMatch(/from '\.\.\/core/);
  });

  test('a generic class keeps its type parameters, its overloads and its property', () => {
    const target = new ProxyTarget({
      ...CONFIG,
      'src/store.ts': `
export class Store<T extends object> {
  limit = 10;
  readonly #items = new Map<string, T>();
  put(key: string, item: T): this { this.#items.set(key, item); return this; }
  find(key: string): T | undefined;
  find(test: (item: T) => boolean): T | undefined;
  find(by: string | ((item: T) => boolean)): T | undefined {
    return typeof by === 'string' ? this.#items.get(by) : [...this.#items.values()].find(by);
  }
}
`,
      'src/old_store.ts': `
export class OldStore<T extends object> {
  max = 10;
  private items = new Map<string, T>();
  set_item(key: string, item: T): this { this.items.set(key, item); return this; }
  find_item(key: string): T | undefined;
  find_item(test: (item: T) => boolean): T | undefined;
  find_item(by: string | ((item: T) => boolean)): T | undefined {
    return typeof by === 'string' ? this.items.get(by) : [...this.items.values()].find(by);
  }
}
`,
      'src/consumer.ts': `
import { OldStore } from './old_store.js';
interface User { name: string }
class Users extends OldStore<User> { named(name: string): User | undefined { return this.find_item((user) => user.name === name); } }
const users = new Users().set_item('a', { name: 'Ada' });
users.max += 5;
const user: User | undefined = users.find_item('a');
console.log(user?.name, users.named('Ada') === user, users.max);
`,
    });
    expect(target.compile()).toBe('');
    const before = target.run('dist/consumer.js').stdout;
    target.apply(
      target.plan({
        canonical: {
          'src/store.ts': {
            Store: {
              replaces: ['src/old_store.ts#OldStore'],
              members: { set_item: 'put', find_item: 'find', max: 'limit' },
            },
          },
        },
      }),
    );
    expect(target.compile()).toBe('');
    expect(before).toBe('Ada true 15\n');
    expect(target.run('dist/consumer.js').stdout).toBe(before);
  });
});

test('statics that do without this are called without one, also those of an adapter', () => {
  const target = new ProxyTarget({
    ...CONFIG,
    'src/router.ts': `export class Router {
  readonly name: string;
  constructor({ name }: { name: string } = { name: '' }) { this.name = name; }
  static kinds(kinds: string[]): string { return kinds.join(); }
}
`,
    'src/old.ts': `export class Old {
  static list_kinds(...kinds: string[]): string { return kinds.join(); }
}
export class Named {
  constructor(_name: string) {}
  static list_kinds(...kinds: string[]): string { return kinds.join(); }
}
`,
    'src/main.ts': `import { Named, Old } from './old.js';
const { list_kinds } = Old;
class Sub extends Named {}
console.log(list_kinds('a', 'b'), ['c'].map((kind) => (0, Named.list_kinds)(kind)), Sub.list_kinds('d'), new Sub('e') instanceof Named);
`,
    'src/console.d.ts': 'declare var console: { log(...values: unknown[]): void };\n',
  });
  expect(target.compile('--lib', 'es2022')).toBe('');
  const before = target.run('dist/main.js');
  expect(before.stderr).toBe('');
  const members = { 'list_kinds(...kinds)': 'kinds([...kinds])' };
  target.apply(
    target.plan({
      canonical: {
        'src/router.ts': {
          Router: {
            replaces: ['src/old.ts#Old', { export: 'src/old.ts#Named', members: { 'new(name)': 'new({ name })' } }],
            members,
          },
        },
      },
    }),
  );
  expect(target.compile('--lib', 'es2022')).toBe('');
  expect(target.run('dist/main.js', '--no-deprecation')).toEqual(before);
});
