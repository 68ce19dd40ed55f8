import { describe, expect, test } from 'vitest';
import type { ExportMove, Mapping, Migration } from '../../src/manifest/migration.ts';
import { search } from '../../src/survey/search.ts';
import { searchTerms } from '../../src/survey/search-terms.ts';
import { TargetView } from '../../src/survey/target-view.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function rename(from: string, to: string): Mapping {
  return {
    source: { from, to },
    of: 'member',
    name: from,
    parameters: undefined,
    to: { text: to, member: to, holes: [], freeNames: [] },
  };
}

function migrationOf(deprecated: string, name: string, ...mappings: readonly Mapping[]): Migration {
  const move: ExportMove = {
    kind: 'export',
    canonical: { module: { kind: 'package', specifier: '@acme/router' }, name: 'Router' },
    replaces: [{ export: { module: { kind: 'path', path: deprecated }, name }, mappings }],
    inPlace: [],
    imports: new Map(),
  };
  return { name: 'm', file: '/m.ts', hash: '0'.repeat(12), moves: [move], review: [], phases: [], gates: [] };
}

function hits(files: Record<string, string | Uint8Array>, migration: Migration) {
  const view = new TargetView(temporaryFolder(files));
  const result = search(view, searchTerms(migration), view.files());
  const found = [...result.hits.values()]
    .flat()
    .map((hit) => `${hit.place.file}:${hit.place.line}:${hit.place.column} ${hit.what} ${hit.text}`);
  return { found, skipped: result.skipped };
}

const MIGRATION = migrationOf('src/core/message_router.ts', 'Router', rename('register_handler', 'addHandler'));

describe('names', () => {
  test('are found as whole words wherever they are spelled out, comments and strings included', () => {
    const { found } = hits(
      {
        'a.ts': [
          'r.register_handler(x); // register_handler',
          'const re_register_handler = 1, register_handlers = 2, $register_handler = 3, register_handlerß = 4;',
          "spy(r, 'register_handler'); r?.register_handler;",
        ].join('\n'),
      },
      MIGRATION,
    );
    expect(found).toEqual([
      'a.ts:1:3 member register_handler',
      'a.ts:1:27 member register_handler',
      'a.ts:3:9 member register_handler',
      'a.ts:3:32 member register_handler',
    ]);
  });

  test('with letters beyond ASCII are found', () => {
    const migration = migrationOf('src/a.ts', 'Router', rename('größe', 'size'));
    expect(hits({ 'a.ts': 'box.größe;\n' }, migration).found).toEqual(['a.ts:1:5 member größe']);
  });

  test('of an export are searched only when its uses change', () => {
    const same = migrationOf('src/a.ts', 'Router');
    const renamed = migrationOf('src/a.ts', 'OldRouter');
    expect(hits({ 'b.ts': 'new Router();' }, same).found).toEqual([]);
    expect(hits({ 'b.ts': 'new OldRouter();' }, renamed).found).toEqual(['b.ts:1:5 export OldRouter']);
  });
});

describe('specifiers', () => {
  test('are found by their last segment, whatever their style', () => {
    const { found } = hits(
      {
        'a.ts': [
          "import a from './core/message_router';",
          'import b from "@/core/message_router.js";',
          'const c = await import(`../message_router.ts`);',
          "import d from './message_router_factory';",
          "import e from './message_router/other';",
          "import f from './message_router?raw';",
        ].join('\n'),
      },
      MIGRATION,
    );
    expect(found).toEqual([
      'a.ts:1:16 specifier ./core/message_router',
      'a.ts:2:16 specifier @/core/message_router.js',
      'a.ts:3:25 specifier ../message_router.ts',
      'a.ts:6:16 specifier ./message_router?raw',
    ]);
  });

  test('of an index module are found by its folder, by index and by dots', () => {
    const { found } = hits(
      { 'a.ts': "import '../services';\nimport './services/index.js';\nimport '..';\nimport './other';\n" },
      migrationOf('src/services/index.ts', 'Router'),
    );
    expect(found.map((line) => line.split(' ')[2])).toEqual(['../services', './services/index.js', '..']);
  });

  test('of a package are found as a whole', () => {
    const move = MIGRATION.moves[0] as ExportMove;
    const module = { kind: 'package', specifier: '@acme/old-router' } as const;
    const migration = {
      ...MIGRATION,
      moves: [{ ...move, replaces: [{ export: { module, name: 'Router' }, mappings: [] }] }],
    };
    const { found } = hits({ 'a.ts': "import '@acme/old-router';\nimport '@acme/old-router-x';\n" }, migration);
    expect(found).toEqual(['a.ts:1:9 specifier @acme/old-router']);
  });

  test('the deprecated module itself is not searched: a proxy takes its place', () => {
    expect(hits({ 'src/core/message_router.ts': 'register_handler;' }, MIGRATION).found).toEqual([]);
  });
});

describe('files that have no text', () => {
  test('are listed, not read', () => {
    const { found, skipped } = hits(
      {
        'binary.ts': Buffer.from('G@\0register_handler', 'latin1'),
        'latin1.js': Buffer.from('register_handler // gr\xf6\xdfe', 'latin1'),
        'harmless.js': Buffer.from('// gr\xf6\xdfe', 'latin1'),
      },
      MIGRATION,
    );
    expect(found).toEqual([]);
    expect(skipped.map(({ file, reason }) => [file, reason.code])).toEqual([
      ['binary.ts', 'binary'],
      ['latin1.js', 'not-utf-8'],
    ]);
  });

  test('positions do not count a byte order mark', () => {
    expect(hits({ 'a.ts': '\uFEFFregister_handler' }, MIGRATION).found).toEqual(['a.ts:1:1 member register_handler']);
  });
});
