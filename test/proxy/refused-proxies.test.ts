import { describe, expect, test } from 'vitest';
import type { RerouteError } from '../../src/base/errors.ts';
import { ProxyTarget } from './proxy-target.ts';

const ESM = {
  'package.json': '{ "type": "module" }',
  'tsconfig.json': JSON.stringify({
    compilerOptions: { strict: true, target: 'es2022', module: 'nodenext', noEmit: true, types: [] },
    include: ['src'],
  }),
};

function refusal(
  files: Readonly<Record<string, string>>,
  members: Record<string, string>,
  more: object = {},
): RerouteError {
  const target = new ProxyTarget({ ...ESM, ...files });
  expect(target.compile()).toBe('');
  try {
    target.plan({ canonical: { 'src/router.ts': { Router: { replaces: ['src/old.ts#Old'], members, ...more } } } });
  } catch (error) {
    return error as RerouteError;
  }
  throw new Error('the proxies were made');
}

const ROUTER = {
  'src/router.ts':
    'export class Router { addHandler(handler: string): number { return handler.length; } size(): number { return 0; } }\n',
};

describe('no proxy is made', () => {
  test('when a deprecated member is not mapped: every one is listed with its signature and a line to add', () => {
    const error = refusal(
      {
        ...ROUTER,
        'src/old.ts':
          'export class Old { add_handler(handler: string, late?: boolean): number { return late ? 0 : handler.length; } stop(): void {} protected on_stop(): void {} static boot(): void {} }\n',
      },
      {},
    );
    expect(error.code).toBe('PROXY_UNMAPPED_MEMBERS');
    expect(error.details).toEqual([
      'src/old.ts#Old: add_handler(handler: string, late?: boolean): number',
      'src/old.ts#Old: stop(): void',
      'src/old.ts#Old: on_stop(): void (protected)',
      'src/old.ts#Old: boot(): void',
      'In the manifest:',
      "  'add_handler(handler, late?)': 'addHandler(handler, late)',",
      expect.stringContaining("  'stop()': "),
      expect.stringContaining("  'on_stop()': "),
      "  'boot()': 'boot()',",
    ]);
  });

  test('when the canonical member of the same name takes less than the old one did', () => {
    const error = refusal(
      {
        ...ROUTER,
        'src/old.ts':
          'export class Old { addHandler(handler: string | number): number { return String(handler).length; } size(): number { return 0; } }\n',
      },
      {},
    );
    expect(error.code).toBe('PROXY_UNMAPPED_MEMBERS');
    expect(error.details[0]).toMatch(
      /^src\/old\.ts#Old: addHandler\(handler: string \| number\): number no longer holds; the canonical one is addHandler\(handler: string\): number\./,
    );
    expect(error.details.filter((line) => line.includes('size'))).toEqual([]);
  });

  test('when the old constructor was called otherwise and nothing maps it', () => {
    const error = refusal(
      {
        'src/router.ts': 'export class Router { constructor(readonly o: { a: string }) {} }\n',
        'src/old.ts': 'export class Old { readonly o: { a: string }; constructor(a: string) { this.o = { a }; } }\n',
      },
      {},
    );
    expect(error.code).toBe('PROXY_UNMAPPED_MEMBERS');
    expect(error.details[0]).toContain('new (a: string)');
    expect(error.details.slice(-2)).toEqual(['In the manifest:', "  'new(a)': 'new(a)',"]);
  });

  test('when a signature allows a call that no mapping is for', () => {
    const error = refusal(
      {
        ...ROUTER,
        'src/old.ts':
          'export class Old { register(handler: string, priority?: number): void { void [handler, priority]; } }\n',
      },
      { 'register(handler)': 'addHandler(handler)' },
    );
    expect(error.code).toBe('PROXY_UNMAPPED_MEMBERS');
    expect(error.details[0]).toContain(
      "may be called with 2 argument(s), and no mapping is for that (there is 'register(handler)')",
    );
  });

  test('when a mapped member would hide a member of the canonical class', () => {
    const error = refusal(
      { ...ROUTER, 'src/old.ts': 'export class Old { size(): number { return 1; } }\n' },
      { 'size()': 'addHandler("")' },
    );
    expect(error.code).toBe('PROXY_MEMBER_TAKEN');
  });

  test('when what a mapping says does not compile with the old types', () => {
    const error = refusal(
      { ...ROUTER, 'src/old.ts': 'export class Old { register(handler: number): void { void handler; } }\n' },
      { 'register(handler)': 'addHandler(handler)' },
    );
    expect(error.code).toBe('PROXY_TYPES');
    expect(error.details[0]).toContain(
      "Argument of type 'number' is not assignable to parameter of type 'string'. In: this.addHandler(handler);",
    );
  });

  test('when another export of the module has no successor; types are declared again', () => {
    const error = refusal(
      {
        ...ROUTER,
        'src/old.ts':
          'export class Old { size(): number { return 1; } }\nexport const LIMIT = 3;\nexport function helper(): void {}\nexport type Fine = string;\n',
      },
      {},
    );
    expect(error.code).toBe('PROXY_UNMAPPED_EXPORT');
    expect(error.details.map((line) => line.split(':')[1]!.trim()).sort()).toEqual([
      'constant LIMIT',
      'function helper',
    ]);
  });

  test('when a type needs a class that the proxy does not have', () => {
    const error = refusal(
      {
        ...ROUTER,
        'src/old.ts':
          'class Inner { private x = 1; get(): number { return this.x; } }\nexport type Box = { inner: Inner };\nexport class Old { size(): number { return 1; } }\n',
      },
      {},
    );
    expect(error.code).toBe('PROXY_UNMAPPED_EXPORT');
    expect(error.details[0]).toContain('Inner is needed for a type');
  });

  test.each([
    [
      'takes fewer parameters in a callback',
      'each(to: (item: string) => void): void { to(""); }',
      'each(to: (item: string, at: number) => void): void { to("", 0); }',
    ],
    ['gives more than it did', 'get(): string | undefined { return ""; }', 'get(): string { return ""; }'],
    ['asks for more', 'get(a: string, b: number): string { return a + b; }', 'get(a: string): string { return a; }'],
    ['has another property type', 'limit: number | string = 1;', 'limit: number = 1;'],
    ['has a readonly property', 'readonly limit: number = 1;', 'limit: number | string = 1;'],
    [
      'has a narrower static',
      'static of(a: string): void { void a; }',
      'static of(a: string | number): void { void a; }',
    ],
    ['has a narrower constructor', 'constructor(a: string) { void a; }', 'constructor(a: string | number) { void a; }'],
    [
      'has a narrower generic constraint',
      'put<T extends { id: string }>(item: T): T { return item; }',
      'put<T extends object>(item: T): T { return item; }',
    ],
  ])('when the canonical member %s: both signatures are shown', (_, now, was) => {
    const error = refusal(
      { 'src/router.ts': `export class Router { ${now} }\n`, 'src/old.ts': `export class Old { ${was} }\n` },
      {},
    );
    expect(error.code).toBe('PROXY_UNMAPPED_MEMBERS');
    expect(error.details[0]).toMatch(/^src\/old\.ts#Old: .* no longer holds; the canonical one is /);
  });

  test.each([
    ['lacks a member', 'Low = 1'],
    ['gives a member another value', 'Low = 1, High = 3'],
  ])('when the canonical enum %s', (_, members) => {
    const error = refusal(
      {
        'src/router.ts': `export class Router {}\nexport enum Level { ${members} }\n`,
        'src/old.ts': 'export class Old {}\nexport enum Level { Low = 1, High = 2 }\n',
      },
      {},
    );
    expect(error.code).toBe('PROXY_UNMAPPED_MEMBERS');
    expect(error.details[0]).toMatch(/^src\/old\.ts#Level: .*High/);
  });

  test('when the manifest names an export that is not there', () => {
    const error = refusal({ ...ROUTER, 'src/old.ts': 'export class Older { size(): number { return 1; } }\n' }, {});
    expect(error).toMatchObject({ code: 'MANIFEST_UNKNOWN_EXPORT', details: ['nearest: Older'] });
  });

  test('when the old module does not parse', () => {
    const target = new ProxyTarget({ ...ESM, ...ROUTER, 'src/old.ts': 'export class Old {\n  size( {\n' });
    expect(() => target.plan({ canonical: { 'src/router.ts': { Router: { replaces: ['src/old.ts#Old'] } } } })).toThrow(
      expect.objectContaining({ code: 'PROXY_SYNTAX', where: { file: 'src/old.ts' } }),
    );
  });
});
