import path from 'node:path';
import { expect, test } from 'vitest';
import { createSurfaceReader } from '../../src/compiler/surface-reader.ts';
import { normalise } from '../../src/manifest/normalise.ts';
import { renderProxies } from '../../src/proxy/render-proxies.ts';
import { ProxyTarget } from './proxy-target.ts';

const TSCONFIG = JSON.stringify({
  compilerOptions: { strict: true, module: 'nodenext', target: 'es2022', noEmit: true, types: [] },
  include: ['**/*.ts'],
});

function target() {
  return new ProxyTarget({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': TSCONFIG,
    'node_modules/canonical/package.json': '{ "name": "canonical", "type": "module", "exports": "./index.js" }',
    'node_modules/canonical/index.js': 'export class Router { add(h) { return h; } }\nexport const wrap = (h) => h;\n',
    'node_modules/canonical/index.d.ts':
      'export declare class Router { add(h: object): object; }\nexport declare const wrap: (h: object) => object;\n',
    'src/types.ts': 'export interface Inner { n: number }\nexport interface Handler { inner: Inner; next?: Handler }\n',
    'src/core/router.ts':
      "import type { Handler } from '../types.js';\nexport type Late = Handler | undefined;\nexport class Old { register(handler: Handler): object { return handler; } }\n",
  });
}

const manifest = (canonical: string) =>
  normalise(
    {
      name: 'm',
      canonical: {
        [canonical]: {
          Router: {
            replaces: ['src/core/router.ts#Old'],
            members: { 'register(h)': 'add(wrap(h))' },
            imports: { wrap: canonical },
          },
        },
      },
    },
    '/m/reroute.config.ts',
    '',
  );

test('proxies for other repos stand under the folder, import packages only, and compile where nothing else is', () => {
  const from = target();
  const request = {
    migration: manifest('canonical'),
    root: from.root,
    reader: createSurfaceReader({ root: from.root }),
    readText: from.read,
    out: 'proxies',
  };
  const { changes } = renderProxies({ ...request, readOut: () => undefined });
  expect(changes.map(({ file, kind }) => [file, kind])).toEqual([['proxies/core/router.ts', 'create']]);
  const text = changes[0]!.after!;
  expect([...text.matchAll(/ from '([^']+)'/g)].map((match) => match[1]).sort()).toEqual([
    'canonical',
    'reroute/deprecation',
  ]);
  expect(text).toContain('npx reroute proxies --out proxies');
  expect(renderProxies({ ...request, readOut: () => text }).changes).toEqual([]);

  const legacy = new ProxyTarget({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': TSCONFIG,
    'proxies/core/router.ts': text,
    'use.ts':
      "import { Old, type Late } from './proxies/core/router.js';\nconst late: Late = { inner: { n: 1 }, next: { inner: { n: 2 } } };\nnew Old().register(late);\n",
  });
  legacy.write(
    Object.fromEntries(
      ['package.json', 'index.js', 'index.d.ts'].map((file) => [
        `node_modules/canonical/${file}`,
        from.read(path.join('node_modules/canonical', file))!,
      ]),
    ),
  );
  expect(legacy.compile()).toBe('');
});

test('a canonical module that is a file of the target is refused', () => {
  const from = target().write({
    'src/router.ts':
      'export class Router { add(h: object): object { return h; } }\nexport const wrap = (h: object): object => h;\n',
  });
  expect(() =>
    renderProxies({
      migration: manifest('src/router.ts'),
      root: from.root,
      reader: createSurfaceReader({ root: from.root }),
      readText: from.read,
      out: 'proxies',
      readOut: () => undefined,
    }),
  ).toThrow(expect.objectContaining({ code: 'PROXY_NOT_PACKAGE' }));
});
