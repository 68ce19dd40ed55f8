import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createSurfaceReader } from '../../src/compiler/surface-reader.ts';
import { parseMapping } from '../../src/manifest/mapping.ts';
import { compareSurfaces } from '../../src/survey/compare-surfaces.ts';

const root = mkdtempSync(path.join(tmpdir(), 'reroute-compare-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;
function surfaceOf(text: string) {
  const file = `s${count++}.ts`;
  writeFileSync(path.join(root, file), `export ${text}\n`);
  return [...createSurfaceReader({ root }).surface({ kind: 'path', path: file }).exports.values()][0]!;
}

test('members that only one class has, and signatures that differ, are told apart and marked when mapped', () => {
  const old = surfaceOf(
    'class Old { constructor(a: string) { void a; } register_handler(type: string): void {} route(name: string): number { return 0; } same(a: number): void {} size = 1; static boot(): void {} }',
  );
  const now = surfaceOf(
    'class Router { constructor(a: string) { void a; } addHandler(type: string): void {} route(name: number): number { return name; } same(b: number): void {} get size(): number { return 1; } set size(v: number) {} static boot(): void {} }',
  );
  const differences = compareSurfaces(old, now, [parseMapping('register_handler(type)', 'addHandler(type)')]);
  expect(differences).toEqual([
    {
      kind: 'only-canonical',
      of: 'member',
      name: 'addHandler',
      deprecated: undefined,
      canonical: '(type: string): void',
      mapped: false,
    },
    {
      kind: 'only-deprecated',
      of: 'member',
      name: 'register_handler',
      deprecated: '(type: string): void',
      canonical: undefined,
      mapped: true,
    },
    {
      kind: 'signature',
      of: 'member',
      name: 'route',
      deprecated: '(name: string): number',
      canonical: '(name: number): number',
      mapped: false,
    },
  ]);
});

test('constructors, functions and constants are compared by what a caller gives and gets', () => {
  const construct = compareSurfaces(
    surfaceOf('class A { constructor(a: string) { void a; } }'),
    surfaceOf('class B { constructor(a: { a: string }) { void a; } }'),
    [parseMapping('new(a)', 'new({ a })')],
  );
  expect(construct).toEqual([
    {
      kind: 'signature',
      of: 'construct',
      name: 'new',
      deprecated: '(a: string): A',
      canonical: '(a: { a: string; }): B',
      mapped: true,
    },
  ]);
  const [call] = compareSurfaces(
    surfaceOf('function f(a: string): void { void a; }'),
    surfaceOf('function g(a: number): void { void a; }'),
    [],
  );
  expect(call).toMatchObject({
    of: 'call',
    name: 'f',
    deprecated: '(a: string): void',
    canonical: '(a: number): void',
    mapped: false,
  });
  expect(
    compareSurfaces(
      surfaceOf('function f(a: string): void { void a; }'),
      surfaceOf('function g(b: string): void { void b; }'),
      [],
    ),
  ).toEqual([]);
  expect(compareSurfaces(surfaceOf('const a: number = 1;'), surfaceOf('const b: string = "";'), [])).toMatchObject([
    { of: 'type', deprecated: ': number', canonical: ': string' },
  ]);
});

test('what only one has is found in statics too, and equal classes differ in nothing', () => {
  const text = 'class X { private hidden = 1; static of(): void {} go(): number { return this.hidden; } }';
  expect(compareSurfaces(surfaceOf(text), surfaceOf(text), [])).toEqual([]);
  expect(
    compareSurfaces(surfaceOf('class X { static of(): void {} }'), surfaceOf('class X { of(): void {} }'), []),
  ).toMatchObject([
    { kind: 'only-canonical', of: 'member', name: 'of' },
    { kind: 'only-deprecated', of: 'static', name: 'of' },
  ]);
});
