import { describe, expect, test } from 'vitest';
import { ProxyTarget, warnings } from './proxy-target.ts';

const ESM = {
  'package.json': '{ "type": "module" }',
  'tsconfig.json': JSON.stringify({
    compilerOptions: { strict: true, target: 'es2022', module: 'nodenext', rootDir: 'src', outDir: 'dist', types: [] },
    include: ['src'],
  }),
};

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly canonical: Parameters<ProxyTarget['plan']>[0]['canonical'];
  /** Names that the warnings must say, in order, each once for a place. */
  readonly warned: readonly string[];
  readonly forms: Readonly<Record<string, string>>;
}

const CASES: readonly Case[] = [
  {
    name: 'named and default exports, namespaces, types only',
    files: {
      'src/next.ts': `
export interface Shape { readonly side: number }
export type Side = Shape['side'];
export type Boxed<T extends object> = { readonly box: T };
export function area({ side }: Shape): number { return side * side; }
export default class Square implements Shape { constructor(readonly side: number) {} }
export const names: readonly string[] = ['square'];
export * as tools from './tools.js';
`,
      'src/tools.ts': 'export const round = (n: number): number => Math.round(n);\nexport type Tool = typeof round;\n',
      'src/old.ts': `
export interface Shape { readonly side: number }
export type Side = Shape['side'];
export type Boxed<T extends object> = { readonly box: T };
export function area({ side }: Shape): number { return side * side; }
export default class Square implements Shape { constructor(readonly side: number) {} }
export const names: readonly string[] = ['square'];
export * as tools from './tools.js';
`,
      'src/consumer.ts': `
import Square, { area, names, tools, type Boxed, type Shape, type Side } from './old.js';
import * as whole from './old.js';
import { default as Again } from './old.js';
const side: Side = 2;
const box: Boxed<Shape> = { box: new Square(side) };
const tool: whole.tools.Tool = tools.round;
console.log(area(box.box), names, tool(1.6), whole.area(new whole.default(3)), Again === Square, Object.keys(whole));
`,
    },
    canonical: {
      'src/next.ts': {
        area: { replaces: ['src/old.ts#area'] },
        default: { replaces: ['src/old.ts#default'] },
        names: { replaces: ['src/old.ts#names'] },
        Shape: { replaces: ['src/old.ts#Shape'] },
      },
    },
    warned: [],
    forms: {
      area: 're-export',
      default: 're-export',
      names: 're-export',
      tools: 're-export',
      Shape: 're-export',
      Side: 're-export',
      Boxed: 're-export',
    },
  },
  {
    name: 'enums, const enums and constants',
    files: {
      'src/next.ts': `
export enum Level { Low, High = 5, Name = 'name' }
export const enum Flag { Off = 1, On = 2 }
export const LIMIT = 3 as const;
export const DEFAULTS = { level: Level.High, tags: ['a'] as readonly string[] } as const;
export const kind: unique symbol = Symbol('kind');
`,
      'src/old.ts': `
export enum OldLevel { Low, High = 5, Name = 'name' }
export const enum OldFlag { Off = 1, On = 2 }
export const OLD_LIMIT = 3 as const;
export const DEFAULTS = { level: OldLevel.High, tags: ['a'] as readonly string[] } as const;
export const kind: unique symbol = Symbol('kind');
`,
      'src/consumer.ts': `
import { OldLevel, OldFlag, OLD_LIMIT, DEFAULTS, kind } from './old.js';
const level: OldLevel = OldLevel.High;
const flag: OldFlag.On = OldFlag.On;
const limit: 3 = OLD_LIMIT;
const keyed: { [kind]?: number } = { [kind]: 1 };
const same: OldLevel = DEFAULTS.level;
type Names = keyof typeof OldLevel;
const name: Names = 'Low';
const of = (at: OldLevel): string => { switch (at) { case OldLevel.Low: return 'low'; case OldLevel.High: return 'high'; default: return at; } };
console.log(level, flag, limit, keyed[kind], same, OldLevel[name], OldLevel[5], of(OldLevel.Name), DEFAULTS.tags);
`,
    },
    canonical: {
      'src/next.ts': {
        Level: { replaces: ['src/old.ts#OldLevel'] },
        Flag: { replaces: ['src/old.ts#OldFlag'] },
        LIMIT: { replaces: ['src/old.ts#OLD_LIMIT'] },
      },
    },
    warned: [],
    forms: {
      OldLevel: 're-export',
      OldFlag: 're-export',
      OLD_LIMIT: 're-export',
      DEFAULTS: 're-export',
      kind: 're-export',
    },
  },
  {
    name: 'functions: overloads, generics, async, generators, `this`, arrows, rest, predicates, assertions',
    files: {
      'src/next.ts': `
export function pick(options: { from: string; at?: number }): string { return options.from.charAt(options.at ?? 0); }
export function mapAll<T, U>(options: { list: readonly T[]; with: (item: T) => U }): U[] { return options.list.map(options.with); }
export async function load<T>(options: { value: T }): Promise<T> { await null; return options.value; }
export function* count(options: { to: number }): Generator<number, string, boolean | undefined> { for (let i = 0; i < options.to; i++) if (yield i) return 'stopped'; return 'end'; }
export async function* stream(options: { of: readonly string[] }): AsyncGenerator<string> { for (const one of options.of) yield one; }
export function label(this: { name: string }, options: { mark: string }): string { return this.name + options.mark; }
export const join = (options: { separator: string; parts: readonly string[] }): string => options.parts.join(options.separator);
export function isText(value: { value: unknown }): boolean { return typeof value.value === 'string'; }
export function isString(value: unknown): value is string { return typeof value === 'string'; }
export function assertString(value: unknown): asserts value is string { if (typeof value !== 'string') throw new TypeError('no text'); }
`,
      'src/old.ts': `
export function pick_char(from: string): string;
export function pick_char(from: string, at: number): string;
export function pick_char(from: string, at = 0): string { return from.charAt(at); }
export function map_all<T, U>(list: readonly T[], to: (item: T) => U): U[] { return list.map(to); }
export async function load_it<T>(value: T): Promise<T> { await null; return value; }
export function* count_to(to: number): Generator<number, string, boolean | undefined> { for (let i = 0; i < to; i++) if (yield i) return 'stopped'; return 'end'; }
export async function* stream_of(of: readonly string[]): AsyncGenerator<string> { for (const one of of) yield one; }
export function label_it(this: { name: string }, mark: string): string { return this.name + mark; }
export const join_all = (separator: string, ...parts: string[]): string => parts.join(separator);
export function is_string(value: unknown): value is string { return typeof value === 'string'; }
export function assert_string(value: unknown): asserts value is string { if (typeof value !== 'string') throw new TypeError('no text'); }
`,
      'src/consumer.ts': `
import { assert_string, count_to, is_string, join_all, label_it, load_it, map_all, pick_char, stream_of } from './old.js';
const lengths: number[] = map_all(['a', 'bb'], (text) => text.length);
const loaded: { n: 1 } = await load_it({ n: 1 } as const);
const counter = count_to(3);
const first: IteratorResult<number, string> = counter.next();
const stopped = counter.next(true);
const streamed: string[] = [];
for await (const one of stream_of(['x', 'y'])) streamed.push(one);
const thing: { name: string; label: typeof label_it } = { name: 'thing', label: label_it };
const unknown: unknown = 'text';
let told = '';
if (is_string(unknown)) told = unknown.toUpperCase();
const other: unknown = 'asserted';
const check: (value: unknown) => asserts value is string = assert_string;
check(other);
console.log(pick_char('abc'), pick_char('abc', 1), lengths, loaded.n, first.value, stopped, [...count_to(2)], streamed, thing.label('!'), label_it.call({ name: 'called' }, '?'), join_all('-', 'a', 'b'), join_all('+'), told, other.length, map_all.name.length > 0);
try { check(1); } catch (error) { console.log((error as Error).message); }
`,
    },
    canonical: {
      'src/next.ts': {
        pick: {
          replaces: ['src/old.ts#pick_char'],
          members: { '(from)': '({ from })', '(from, at)': '({ from, at })' },
        },
        mapAll: { replaces: ['src/old.ts#map_all'], members: { '(list, to)': '({ list, with: to })' } },
        load: { replaces: ['src/old.ts#load_it'], members: { '(value)': '({ value })' } },
        count: { replaces: ['src/old.ts#count_to'], members: { '(to)': '({ to })' } },
        stream: { replaces: ['src/old.ts#stream_of'], members: { '(of)': '({ of })' } },
        label: { replaces: ['src/old.ts#label_it'], members: { '(mark)': '({ mark })' } },
        join: {
          replaces: ['src/old.ts#join_all'],
          members: { '(separator, ...parts)': '({ separator, parts: [...parts] })' },
        },
        isString: { replaces: ['src/old.ts#is_string'], members: { '(value)': '(value)' } },
        assertString: { replaces: ['src/old.ts#assert_string'], members: { '(value)': '(value)' } },
      },
    },
    warned: [
      'pick_char',
      'map_all',
      'load_it',
      'count_to',
      'stream_of',
      'label_it',
      'join_all',
      'is_string',
      'assert_string',
    ],
    forms: Object.fromEntries(
      'pick_char map_all load_it count_to stream_of label_it join_all is_string assert_string'
        .split(' ')
        .map((name) => [name, 'function']),
    ),
  },
  {
    name: 'classes: statics, #fields, accessors, symbols, generics, iterators',
    files: {
      'src/next.ts': `
const secret: unique symbol = Symbol('secret');
export class Bag<T extends { id: string }> {
  static #made = 0;
  static of<T extends { id: string }>(...items: T[]): Bag<T> { const bag = new Bag<T>(); for (const item of items) bag.add(item); return bag; }
  static get made(): number { return Bag.#made; }
  static limit = 10;
  #items: T[] = [];
  constructor() { Bag.#made++; }
  add(item: T): this { this.#items.push(item); return this; }
  get size(): number { return this.#items.length; }
  get label(): string { return this.#items.map(({ id }) => id).join(); }
  set label(text: string) { this.#items = this.#items.map((item) => ({ ...item, id: text + item.id })); }
  *[Symbol.iterator](): IterableIterator<T> { yield* this.#items; }
  get [Symbol.toStringTag](): string { return 'Bag'; }
  [secret](): number { return 1; }
  protected first(): T | undefined { return this.#items[0]; }
  async find(id: string): Promise<T | undefined> { await null; return this.#items.find((item) => item.id === id); }
  static is(value: unknown): value is Bag<{ id: string }> { return value !== null && typeof value === 'object' && #items in value; }
}
`,
      'src/old.ts': `
export class OldBag<T extends { id: string }> {
  static #made = 0;
  static make<T extends { id: string }>(...items: T[]): OldBag<T> { const bag = new OldBag<T>(); for (const item of items) bag.add_item(item); return bag; }
  static get made_count(): number { return OldBag.#made; }
  static max = 10;
  #items: T[] = [];
  constructor() { OldBag.#made++; }
  add_item(item: T): this { this.#items.push(item); return this; }
  get item_count(): number { return this.#items.length; }
  get text(): string { return this.#items.map(({ id }) => id).join(); }
  set text(text: string) { this.#items = this.#items.map((item) => ({ ...item, id: text + item.id })); }
  *[Symbol.iterator](): IterableIterator<T> { yield* this.#items; }
  get [Symbol.toStringTag](): string { return 'Bag'; }
  protected first_item(): T | undefined { return this.#items[0]; }
  async find_item(id: string): Promise<T | undefined> { await null; return this.#items.find((item) => item.id === id); }
  static is(value: unknown): value is OldBag<{ id: string }> { return value !== null && typeof value === 'object' && #items in value; }
}
`,
      'src/consumer.ts': `
import { OldBag } from './old.js';
interface User { id: string; name: string }
class Users extends OldBag<User> { head(): User | undefined { return this.first_item(); } }
const users = new Users().add_item({ id: 'a', name: 'Ada' });
const made: OldBag<{ id: string; n: number }> = OldBag.make({ id: 'b', n: 1 }, { id: 'c', n: 2 });
made.text = 'x-';
OldBag.max += 1;
const ids = [...made].map(({ id }) => id);
const unknown: unknown = made;
const found: { id: string; n: number } | undefined = await made.find_item('x-b');
console.log(users.head()?.name, users.item_count, made.text, ids, OldBag.made_count, OldBag.max, String(made), OldBag.is(unknown) && unknown.item_count, found?.n, OldBag.is(users), users instanceof OldBag);
`,
    },
    canonical: {
      'src/next.ts': {
        Bag: {
          replaces: ['src/old.ts#OldBag'],
          members: {
            make: 'of',
            made_count: 'made',
            max: 'limit',
            add_item: 'add',
            item_count: 'size',
            text: 'label',
            first_item: 'first',
            find_item: 'find',
          },
        },
      },
    },
    warned: [
      'Bag.make',
      'Bag.made_count',
      'Bag.max',
      'Bag.add_item',
      'Bag.item_count',
      'Bag.text',
      'Bag.first_item',
      'Bag.find_item',
    ],
    forms: { OldBag: 'members' },
  },
  {
    name: 'abstract classes',
    files: {
      'src/next.ts': `
export abstract class Step<I, O> {
  protected abstract apply(input: I): O;
  runAll(inputs: readonly I[]): O[] { return inputs.map((input) => this.apply(input)); }
}
`,
      'src/old.ts': `
export abstract class OldStep<I, O> {
  protected abstract apply(input: I): O;
  run_all(inputs: readonly I[]): O[] { return inputs.map((input) => this.apply(input)); }
}
`,
      'src/consumer.ts': `
import { OldStep } from './old.js';
class Doubled extends OldStep<number, string> { protected override apply(input: number): string { return String(input * 2); } }
// @ts-expect-error it is abstract
const wrong = (): unknown => new OldStep<number, string>();
const make = (Base: abstract new () => OldStep<number, string>): string => Base.name.length > 0 ? 'named' : '';
console.log(new Doubled().run_all([1, 2]), new Doubled() instanceof OldStep, make(Doubled), typeof wrong);
`,
    },
    canonical: {
      'src/next.ts': { Step: { replaces: ['src/old.ts#OldStep'], members: { run_all: 'runAll' } } },
    },
    warned: ['Step.run_all'],
    forms: { OldStep: 'members' },
  },
  {
    name: 'decorated classes',
    files: {
      'src/decorators.ts': `
export const log: string[] = [];
export function logged<T extends (this: never, ...args: never[]) => unknown>(method: T, context: ClassMethodDecoratorContext): T {
  const name = String(context.name);
  return function (this: never, ...args: never[]) { log.push(name); return method.apply(this, args); } as T;
}
export function sealed(target: abstract new (...args: never[]) => object, _: ClassDecoratorContext): void { Object.seal(target); }
`,
      'src/next.ts': `
import { logged } from './decorators.js';
export class Service { @logged fetchAll(n: number): number[] { return [n]; } @logged stop(): void {} }
`,
      'src/old.ts': `
import { logged } from './decorators.js';
export class OldService { @logged fetch_all(n: number): number[] { return [n]; } @logged stop(): void {} }
`,
      'src/consumer.ts': `
import { log, logged } from './decorators.js';
import { OldService } from './old.js';
class Sub extends OldService { @logged more(): number[] { return this.fetch_all(2); } }
const sub = new Sub();
sub.more();
sub.stop();
console.log(log.length, new OldService().fetch_all(1));
`,
    },
    canonical: {
      'src/next.ts': { Service: { replaces: ['src/old.ts#OldService'], members: { fetch_all: 'fetchAll' } } },
    },
    warned: ['Service.fetch_all', 'Service.fetch_all'],
    forms: { OldService: 'members' },
  },
  {
    name: 'singletons and live bindings',
    files: {
      'src/next.ts': `
export class Hub { #n = 0; join(): number { return ++this.#n; } }
export const hub = new Hub();
export let current = 'none';
export let listeners = 0;
export function select(name: string): void { current = name; listeners++; }
export default hub;
`,
      'src/old.ts': `
export class OldHub { #n = 0; join_it(): number { return ++this.#n; } }
export const old_hub = new OldHub();
export let current_name = 'none';
export let listeners = 0;
export function select(name: string): void { current_name = name; listeners++; }
export default old_hub;
`,
      'src/consumer.ts': `
import hub, { current_name, listeners, old_hub, OldHub, select } from './old.js';
import * as whole from './old.js';
const before = [current_name, whole.current_name, listeners];
select('one');
const joined: number = old_hub.join_it();
console.log(before, current_name, whole.current_name, listeners, whole.listeners, joined, hub.join_it(), hub === old_hub, hub instanceof OldHub);
`,
    },
    canonical: {
      'src/next.ts': {
        Hub: { replaces: ['src/old.ts#OldHub'], members: { join_it: 'join' } },
        hub: { replaces: ['src/old.ts#old_hub'] },
        current: { replaces: ['src/old.ts#current_name'] },
        default: { replaces: ['src/old.ts#default'] },
      },
    },
    warned: ['Hub.join_it', 'Hub.join_it'],
    forms: { OldHub: 'members', old_hub: 'value', current_name: 're-export', default: 'value' },
  },
];

describe('what compiled and ran against the old module compiles and runs the same against the proxy', () => {
  test.each(CASES)('$name', ({ files, canonical, warned, forms }) => {
    const target = new ProxyTarget({ ...ESM, ...files });
    expect(target.compile()).toBe('');
    const before = target.run('dist/consumer.js');
    expect(before).toMatchObject({ status: 0, stderr: '' });
    const plan = target.plan({ canonical });
    target.apply(plan);
    expect(target.compile()).toBe('');
    const after = target.run('dist/consumer.js');
    expect(after.stdout).toBe(before.stdout);
    expect(after.status).toBe(0);
    const said = warnings(after).map((line) => /Warning: (.*) is deprecated$/.exec(line)?.[1]);
    expect(new Set(said)).toEqual(new Set(warned));
    const given = Object.fromEntries(plan.proxies[0]!.exports.map(({ name, form }) => [name, form]));
    expect(given).toMatchObject(forms);
  });
});
