import { describe, expect, test } from 'vitest';
import { buildReport } from '../../../src/report/build-report.ts';
import type { RunRecord } from '../../../src/run/run-record.ts';
import { PhaseTarget, told } from '../../run/phases/phase-target.ts';
import { migrates, type Resolution } from './resolution-target.ts';

const ROUTER = 'export class Router {\n  add(): number {\n    return 1;\n  }\n}\n';
const use = (specifier: string) =>
  `import { Router } from '${specifier}';\nexport const one: number = new Router().add();\n`;
const moves = (from: string, to: string): Resolution['canonical'] => ({
  [to]: { Router: { replaces: [`${from}#Router`] } },
});
const notesOf = (record: RunRecord) => buildReport([record], { version: '0' }).notes.map(({ text }) => text);

describe('what TypeScript 7 takes no longer is read as it was meant, and told once', { timeout: 120_000 }, () => {
  test('baseUrl and paths of a configuration that is extended, with moduleResolution node', async () => {
    const record = await migrates({
      files: {
        'config/base.json':
          '{\n  "compilerOptions": {\n    "baseUrl": "../src",\n    "paths": { "~/*": ["lib/*"], "@router": ["old/router"] },\n    "module": "commonjs",\n    "moduleResolution": "node",\n    "target": "es5",\n    "types": [], "strict": true\n  }\n}\n',
        'tsconfig.json': '{ "extends": "./config/base.json", "include": ["src"] }',
        'src/old/router.ts': ROUTER,
        'src/new/router.ts': ROUTER,
        'src/lib/old.ts': ROUTER,
        'src/lib/new.ts': ROUTER,
        'src/folder/index.ts': ROUTER,
        'src/other/index.ts': ROUTER,
        'src/deep/base.ts': use('old/router'),
        'src/deep/alias.ts': use('~/old'),
        'src/deep/single.ts': use('@router'),
        'src/deep/folder.ts': use('folder'),
        'src/deep/relative.ts': use('../folder'),
      },
      canonical: {
        ...moves('src/old/router.ts', 'src/new/router.ts'),
        ...moves('src/lib/old.ts', 'src/lib/new.ts'),
        ...moves('src/folder/index.ts', 'src/other/index.ts'),
      },
      expected: {
        'src/deep/base.ts': use('new/router'),
        'src/deep/alias.ts': use('~/new'),
        'src/deep/single.ts': use('../new/router'),
        'src/deep/folder.ts': use('other'),
        'src/deep/relative.ts': use('../other'),
      },
      tsc: 'TypeScript 6',
    });
    expect(notesOf(record)).toEqual([
      'config/base.json:3:5: TypeScript 7 takes baseUrl no longer. Reroute reads it as paths: { "*": … } from there',
      'config/base.json:6:5: TypeScript 7 takes "moduleResolution": "node" no longer. Reroute resolves as "bundler" does, which finds what it finds',
      'config/base.json:7:5: TypeScript 7 takes "target": "es5" no longer. Reroute goes on without it, since it does not change which module a name comes from',
    ]);
  });

  test('classic resolution beside the file; what it finds further up is for review', async () => {
    const files = {
      'tsconfig.json':
        '{ "compilerOptions": { "module": "amd", "moduleResolution": "classic", "types": [], "strict": true }, "include": ["src"] }',
      'src/old.ts': ROUTER,
      'src/new.ts': ROUTER,
      'src/relative.ts': use('./old'),
    };
    await migrates({
      files,
      canonical: moves('src/old.ts', 'src/new.ts'),
      expected: { 'src/relative.ts': use('./new') },
      tsc: 'TypeScript 6',
    });
    const climbing = new PhaseTarget(
      { ...files, 'src/deep/up.ts': use('old') },
      {
        name: 'classic',
        canonical: moves('src/old.ts', 'src/new.ts'),
        phases: [{ name: 'all', steps: ['imports'] }],
        gates: ['types'],
      },
      { runtime: false },
    );
    const record = await climbing.phase('all');
    expect(told(record)).toContain('src/deep/up.ts:1 old review unresolved-specifier');
    expect(notesOf(record).join('\n')).toContain('TypeScript 7 takes "moduleResolution": "classic" no longer');
  });

  test('one note for one setting, however many configurations have it', async () => {
    const config = '{ "compilerOptions": { "baseUrl": ".", "types": [] } }';
    const record = await migrates({
      files: Object.fromEntries(
        ['a', 'b', 'c'].flatMap((each) => [
          [`${each}/tsconfig.json`, config],
          [`${each}/old.ts`, ROUTER],
          [`${each}/new.ts`, ROUTER],
          [`${each}/use.ts`, use('old')],
        ]),
      ),
      canonical: Object.assign({}, ...['a', 'b', 'c'].map((each) => moves(`${each}/old.ts`, `${each}/new.ts`))),
      expected: Object.fromEntries(['a', 'b', 'c'].map((each) => [`${each}/use.ts`, use('new')])),
      tsc: false,
    });
    expect(notesOf(record)).toEqual([
      'a/tsconfig.json:1:24 and 2 more: TypeScript 7 takes baseUrl no longer. Reroute reads it as paths: { "*": … } from there',
    ]);
  });

  test('options that never were, and a base configuration that is not installed', async () => {
    const target = new PhaseTarget(
      {
        'package.json': '{ "devDependencies": { "@tsconfig/node20": "1" } }',
        'pnpm-lock.yaml': '',
        'tsconfig.json':
          '{ "extends": "@tsconfig/node20/tsconfig.json", "compilerOptions": { "keyofStringsOnly": true, "types": [] } }',
        'src/old.ts': ROUTER,
        'src/new.ts': ROUTER,
        'src/use.ts': use('./old'),
      },
      {
        name: 'bad',
        canonical: moves('src/old.ts', 'src/new.ts'),
        phases: [{ name: 'all', steps: ['imports'] }],
        gates: ['types'],
      },
      { runtime: false },
    );
    const record = await target.phase('all');
    expect(target.read('src/use.ts')).toBe(use('./new'));
    expect(buildReport([record], { version: '0' }).notes).toMatchObject([
      {
        text: "tsconfig.json:1:14: File '@tsconfig/node20/tsconfig.json' not found. Reroute goes on without it",
        next: 'pnpm install',
      },
      { text: "tsconfig.json:1:69: Unknown compiler option 'keyofStringsOnly'. Reroute goes on without it" },
    ]);
  });

  test('a configuration that TypeScript takes as it is has no note', async () => {
    const record = await migrates({
      files: {
        'tsconfig.json':
          '{ "compilerOptions": { "module": "nodenext", "types": [], "noEmit": true }, "include": ["src"] }',
        'src/old.ts': ROUTER,
        'src/new.ts': ROUTER,
        'src/use.ts': use('./old.js'),
      },
      canonical: moves('src/old.ts', 'src/new.ts'),
      expected: { 'src/use.ts': use('./new.js') },
    });
    expect(notesOf(record)).toEqual([]);
  });
});
