import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import picomatch from 'picomatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RerouteError } from '../../src/base/errors.ts';
import { formatPlace } from '../../src/base/places.ts';
import { findManifest, loadManifest } from '../../src/manifest/load.ts';
import { formatExport, type Migration } from '../../src/manifest/migration.ts';

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'reroute-manifest-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A manifest in a folder of its own; `codemods/ours.ts` is there too. */
async function write(source: string, name = 'reroute.config.ts'): Promise<string> {
  const own = path.join(folder, String(++count));
  await mkdir(path.join(own, 'codemods'), { recursive: true });
  await writeFile(path.join(own, 'codemods/ours.ts'), 'export default () => undefined;\n');
  await writeFile(path.join(own, name), source);
  return path.join(own, name);
}

async function load(body: string): Promise<Migration> {
  return loadManifest(await write(manifest(body)));
}

function manifest(body: string): string {
  return `import { defineMigration } from 'reroute';\n\nexport default defineMigration(${body});\n`;
}

async function failure(file: string | Promise<string>): Promise<RerouteError> {
  const error: unknown = await loadManifest(await file).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RerouteError);
  return error as RerouteError;
}

const ROUTER = `{
  name: 'message-router',
  canonical: {
    'src/router/message-router.ts': {
      MessageRouter: {
        replaces: [
          './src/core/message-router.ts#MessageRouter',
          { export: 'src/quality.ts#default', members: { 'new(a)': 'new({ a, hub })', 'register_handler(handler)': 'prepend(handler)' }, imports: { hub: 'src/hub.ts#theHub' } },
        ],
        members: {
          'register_handler(handler)': 'addHandler(handler)',
          'register_handler(type, handler)': 'addHandler(handlerFor(type, handler))',
          get_handler_order: 'getHandlerOrder',
        },
        imports: { handlerFor: 'src/router/handler-for.ts', unused: '@acme/tools' },
      },
    },
    '@acme/next': { exports: '*', replaces: ['npm:lodash/fp.js', 'src/old.d.ts'] },
    'src/in-place.mjs': { Queue: { members: { add_job: 'addJob' } } },
  },
  review: { 'src/event.ts#event_router': 'Needs a user: userEventRouter(context)' },
  phases: [
    { name: 'all', steps: ['proxies', 'imports', 'members', { codemod: './codemods/ours.ts', options: { deep: [1] } }], gates: ['npm test', 'types'] },
    { name: 'rest', files: ['./src/**', '!./src/x.ts'], steps: ['imports'] },
  ],
  gates: ['npm run lint', 'types', 'types'],
}`;

describe('a good manifest', () => {
  it('becomes a migration, checked and normalised', async () => {
    const file = await write(manifest(ROUTER));
    const migration = await loadManifest(file);
    expect(migration).toMatchObject({ name: 'message-router', file, hash: expect.stringMatching(/^[0-9a-f]{12}$/) });
    const [router, module, queue] = migration.moves;
    if (router?.kind !== 'export' || queue?.kind !== 'export') throw new Error('not export moves');

    expect(formatExport(router.canonical)).toBe('src/router/message-router.ts#MessageRouter');
    expect(router.replaces.map((each) => formatExport(each.export))).toEqual([
      'src/core/message-router.ts#MessageRouter',
      'src/quality.ts#default',
    ]);
    expect(
      router.replaces.map(({ mappings }) => mappings.map(({ source }) => `${source.from} → ${source.to}`)),
    ).toEqual([
      [
        'register_handler(handler) → addHandler(handler)',
        'register_handler(type, handler) → addHandler(handlerFor(type, handler))',
        'get_handler_order → getHandlerOrder',
      ],
      [
        'new(a) → new({ a, hub })',
        'register_handler(handler) → prepend(handler)',
        'register_handler(type, handler) → addHandler(handlerFor(type, handler))',
        'get_handler_order → getHandlerOrder',
      ],
    ]);
    expect([...router.imports].map(([name, ref]) => `${name}: ${formatExport(ref)}`)).toEqual([
      'handlerFor: src/router/handler-for.ts#handlerFor',
      'unused: @acme/tools#unused',
      'hub: src/hub.ts#theHub',
    ]);
    expect(module).toEqual({
      kind: 'module',
      canonical: { kind: 'package', specifier: '@acme/next' },
      replaces: [
        { kind: 'package', specifier: 'lodash/fp.js' },
        { kind: 'path', path: 'src/old.d.ts' },
      ],
    });
    expect(queue.replaces).toEqual([]);
    expect(queue.inPlace.map(({ name, to }) => [name, to.member])).toEqual([['add_job', 'addJob']]);
    expect(migration.review).toEqual([
      {
        export: { module: { kind: 'path', path: 'src/event.ts' }, name: 'event_router' },
        reason: 'Needs a user: userEventRouter(context)',
      },
    ]);
    const codemod = {
      kind: 'codemod',
      path: path.join(path.dirname(file), 'codemods/ours.ts'),
      options: { deep: [1] },
      seconds: 60,
      megabytes: 1024,
    };
    expect(migration.phases).toEqual([
      {
        name: 'all',
        files: ['**'],
        steps: [{ kind: 'proxies' }, { kind: 'imports' }, { kind: 'members' }, codemod],
        gates: [{ kind: 'types' }, { kind: 'command', command: 'npm test' }],
      },
      { name: 'rest', files: ['src/**', '!src/x.ts'], steps: [{ kind: 'imports' }], gates: [] },
    ]);
    expect(migration.gates).toEqual([{ kind: 'types' }, { kind: 'command', command: 'npm run lint' }]);
  });

  it('loads where reroute is not installed, and leaves nothing behind', async () => {
    const file = await write(manifest(ROUTER));
    const before = await readdir(path.dirname(file), { recursive: true });
    await loadManifest(file);
    expect(await readdir(path.dirname(file), { recursive: true })).toEqual(before);
  });

  it.each([
    ['reroute.config.mjs', `export default ${ROUTER};`],
    ['reroute.config.js', `module.exports = ${ROUTER};`],
    [
      'reroute.config.mts',
      `import type { MigrationInput } from 'reroute';\nexport default ${ROUTER} satisfies MigrationInput;`,
    ],
  ])('may be %s', async (name, source) => {
    expect((await loadManifest(await write(source, name))).moves).toHaveLength(3);
  });

  it('is read again after it changed', async () => {
    const file = await write(manifest(ROUTER));
    await loadManifest(file);
    await writeFile(file, manifest(ROUTER.replace("'message-router'", "'second'")));
    expect((await loadManifest(file)).name).toBe('second');
  });

  it('gives a deprecated export whose imports differ a move of its own', async () => {
    const { moves } = await load(`{ name: 'x', canonical: { 'a.ts': { A: {
      replaces: ['b.ts#B', { export: 'c.ts#C', imports: { make: 'other.ts' } }, 'd.ts#D'],
      members: { 'f(x)': 'g(make(x))' }, imports: { make: 'make.ts' } } } } }`);
    expect(
      moves.map((move) =>
        move.kind === 'export'
          ? [move.replaces.map((each) => each.export.name), formatExport(move.imports.get('make')!)]
          : [],
      ),
    ).toEqual([
      [['B', 'D'], 'make.ts#make'],
      [['C'], 'other.ts#make'],
    ]);
  });
});

describe('what is left out', () => {
  const SIMPLE = "{ name: 'x', canonical: { 'a.ts': { A: { replaces: ['b.ts#B'] } } } }";

  it('gates are the types', async () => {
    expect((await load(SIMPLE)).gates).toEqual([{ kind: 'types' }]);
  });

  it('proxies come first, only when a module of the target is replaced', async () => {
    const names = async (body: string): Promise<string[]> => (await load(body)).phases.map(({ name }) => name);
    const others = ['production', 'integration-tests', 'unit-tests'];
    expect(await names(SIMPLE)).toEqual(['consolidate', ...others]);
    expect(await names("{ name: 'x', canonical: { 'a.ts': { A: { members: { f: 'g' } } } } }")).toEqual(others);
    expect(await names("{ name: 'x', canonical: { '@acme/b': { exports: '*', replaces: ['@acme/a'] } } }")).toEqual(
      others,
    );
  });

  it.each([
    ['src/a.ts', 'production'],
    ['index.js', 'production'],
    ['src/integration/slack.ts', 'production'],
    ['src/latest/contest.ts', 'production'],
    ['vitest.config.ts', 'production'],
    ['packages/core/src/testing-tools.ts', 'production'],
    ['test/integration/a.ts', 'integration-tests'],
    ['tests/e2e/deep/a.spec.ts', 'integration-tests'],
    ['packages/core/test/integration/a.test.ts', 'integration-tests'],
    ['integration/a.ts', 'integration-tests'],
    ['e2e/a.ts', 'integration-tests'],
    ['src/a.integration.test.ts', 'integration-tests'],
    ['src/a.e2e.ts', 'integration-tests'],
    ['src/a.e2e-spec.ts', 'integration-tests'],
    ['src/integration/slack.test.ts', 'integration-tests'],
    ['test/a.ts', 'unit-tests'],
    ['src/a.test.tsx', 'unit-tests'],
    ['src/a.spec.js', 'unit-tests'],
    ['src/a_test.ts', 'unit-tests'],
    ['src/__tests__/a.ts', 'unit-tests'],
    ['src/__mocks__/a.ts', 'unit-tests'],
    ['spec/a.js', 'unit-tests'],
  ])('%s belongs to %s', async (file, expected) => {
    const phases = (await load(SIMPLE)).phases.filter(({ steps }) => steps.some(({ kind }) => kind === 'imports'));
    const owners = phases.filter(({ files }) => {
      const matches = (globs: string[]): boolean => globs.some((glob) => picomatch(glob, { dot: true })(file));
      const not = files.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
      return matches(files.filter((glob) => !glob.startsWith('!'))) && !matches(not);
    });
    expect(owners[0]?.name).toBe(expected);
  });
});

describe('the hash', () => {
  it('says nothing of where the manifest lies, of layout, comments and the order of keys', async () => {
    const one = await load(ROUTER);
    const two = await load(
      `{ /* same */ gates: ['npm run lint', 'types'], ${ROUTER.slice(1).replace(/\n {2}gates: .*\n/, '\n')}`,
    );
    const swapped = ROUTER.replace(/(get_handler_order: 'getHandlerOrder',)/, '').replace(
      'members: {\n',
      "members: { get_handler_order: 'getHandlerOrder',\n",
    );
    const three = await load(swapped);
    expect(swapped).not.toBe(ROUTER);
    expect([two.hash, three.hash]).toEqual([one.hash, one.hash]);
  });

  it('says that defaults are the same written out', async () => {
    const body = "{ name: 'x', canonical: { 'a.ts': { A: { replaces: ['b.ts#B'] } } }";
    expect((await load(`${body}, gates: ['types'] }`)).hash).toBe((await load(`${body} }`)).hash);
    expect((await load(`${body}, fallback: false }`)).hash).toBe((await load(`${body} }`)).hash);
    expect((await load(`${body}, fallback: true }`)).hash).not.toBe((await load(`${body} }`)).hash);
    await expect(load(`${body}, fallback: 'yes' }`)).rejects.toThrow(
      expect.objectContaining({ code: 'MANIFEST_INVALID' }),
    );
  });

  it.each([
    ["'addHandler(handler)'", "'addHandler(handler, 1)'"],
    ["'message-router'", "'router'"],
    ['src/quality.ts', 'src/quality2.ts'],
    ['src/hub.ts#theHub', 'src/hub.ts'],
    ["'proxies', 'imports'", "'imports', 'proxies'"],
    ['deep: [1]', 'deep: [2]'],
    ['npm run lint', 'npm run check'],
    ['Needs a user', 'Needs someone'],
  ])('changes with %s', async (from, to) => {
    expect((await load(ROUTER.replace(from, to))).hash).not.toBe((await load(ROUTER)).hash);
  });
});

describe('a manifest that does not load', () => {
  it('is not there: says what was looked for, what is there instead, and what to do', async () => {
    const file = await write('{}', 'reroute.config.json');
    const own = path.dirname(file);
    expect(() => findManifest(own)).toThrow(
      expect.objectContaining({
        code: 'MANIFEST_NOT_FOUND',
        message: `There is no manifest in ${own}.`,
        details: [
          'Looked for reroute.config.ts, reroute.config.mts, reroute.config.js, reroute.config.mjs.',
          `There is ${file}.`,
        ],
        next: expect.stringContaining('reroute init'),
      }),
    );
    expect(() => findManifest(own, 'nope.ts')).toThrow(`There is no manifest ${path.join(own, 'nope.ts')}.`);
    expect((await failure(path.join(own, 'nope.ts'))).code).toBe('MANIFEST_NOT_FOUND');
  });

  it('is found by name, by path and by folder', async () => {
    const file = await write(manifest(ROUTER), 'reroute.config.mjs');
    const own = path.dirname(file);
    expect(findManifest(own)).toBe(file);
    expect(findManifest(path.dirname(own), path.join(path.basename(own), 'reroute.config.mjs'))).toBe(file);
    expect(findManifest('/', own)).toBe(file);
    await writeFile(path.join(own, 'reroute.config.ts'), '');
    expect(findManifest(own)).toBe(path.join(own, 'reroute.config.ts'));
  });

  it('throws: gives its own error and line', async () => {
    const file = await write(
      "interface X {}\n\nconst x = (): never => {\n  throw new TypeError('no such team');\n};\nx();\nexport default {};\n",
    );
    const error = await failure(file);
    expect(error).toMatchObject({
      code: 'MANIFEST_THROWS',
      details: ['TypeError: no such team'],
      where: { file, line: 4 },
    });
    expect((error.cause as Error).message).toBe('no such team');
    const first = await write('export default process.env.NO_SUCH_NAME!.length;\n');
    expect((await failure(first)).where).toMatchObject({ file: first, line: 1 });
  });

  it('does not parse: gives the line and column', async () => {
    const file = await write("export default {\n  name: 'x',\n  oops oops\n};\n");
    const error = await failure(file);
    expect(error).toMatchObject({ code: 'MANIFEST_THROWS', where: { file, line: 3 } });
    expect(error.details.join()).toContain('Unexpected token');
  });

  it('imports what is not there', async () => {
    const error = await failure(write("import './nothing.ts';\nexport default {};\n"));
    expect(error).toMatchObject({ code: 'MANIFEST_THROWS', where: { line: 1 } });
    expect(error.details[0]).toBe("Cannot find module './nothing.ts'");
  });

  it('has no default export', async () => {
    const error = await failure(write('export const migration = {};\n'));
    expect(error).toMatchObject({
      code: 'MANIFEST_INVALID',
      message: 'The manifest has no default export.',
      details: ['It exports migration.'],
    });
    expect(error.next).toContain('export default defineMigration(');
  });
});

describe('a manifest with problems', () => {
  const VALID = "canonical: { 'a.ts': { A: { replaces: ['b.ts#B'] } } }";
  const A = (move: string): string => `{ name: 'x', canonical: { 'src/a.ts': { Router: ${move} } } }`;

  it('tells all of them, each with its key path and place', async () => {
    const file = await write(
      manifest(`{
  nam: 'x',
  canonical: {
    'src/a.ts': {
      Router: {
        replaces: ['src/b.ts'],
        members: { 'x(': 'y', f: 'g' },
      },
    },
  },
  phases: [{ name: 'one', steps: ['import'] }],
}`),
    );
    const error = await failure(file);
    expect(error).toMatchObject({
      code: 'MANIFEST_INVALID',
      message: 'The manifest has 5 problems.',
      next: `Edit ${file} and run the same command again.`,
    });
    expect(error.details).toEqual([
      "nam (4:3): there is no such key; allowed: name, canonical, review, dependencies, deprecation, mentions, fallback, phases, gates; did you mean 'name'?",
      'name (3:32): is missing; allowed: a text',
      expect.stringMatching(
        /^canonical\['src\/a\.ts'\]\.Router\.members\['x\('\] \(9:20\): the left side 'x\(' does not parse: .*; allowed: name, name\(params\)/,
      ),
      "canonical['src/a.ts'].Router.replaces[0] (8:20): found 'src/b.ts'; name the export too: 'src/b.ts#<name>', 'src/b.ts#default' for the default export",
      "phases[0].steps[0] (13:35): found 'import'; allowed: 'proxies', 'imports', 'members', 'retire', { codemod: '<path>' }; did you mean 'imports'?",
    ]);
    expect(error.where && 'line' in error.where ? formatPlace(error.where) : '').toBe(`${file}:4:3`);
  });

  it.each<[title: string, body: string, ...details: (string | RegExp)[]]>([
    ['nothing at all', 'undefined as any ?? 5 as any', /^the manifest.*: found 5; allowed: an object$/],
    ['a name of another type', `{ name: 3, ${VALID} }`, /^name .*: found 3; allowed: a text$/],
    [
      'a name that no file could have',
      `{ name: 'a b/c', ${VALID} }`,
      /^name .*: found 'a b\/c'; allowed: letters, digits, '\.', '_' and '-'$/,
    ],
    ['no canonical', "{ name: 'x' }", /^canonical .*: is missing; allowed: an object$/],
    [
      'an empty canonical',
      "{ name: 'x', canonical: {} }",
      /^canonical .*: found nothing; allowed: at least one module$/,
    ],
    [
      'a key that nobody knows',
      `{ name: 'x', ${VALID}, plugins: [] }`,
      /^plugins .*: there is no such key; allowed: name, canonical, review, dependencies, deprecation, mentions, fallback, phases, gates$/,
    ],
    [
      'a misspelt key of an export',
      A("{ replace: ['b.ts#B'] }"),
      /^canonical\['src\/a\.ts'\]\.Router\.replace .*: there is no such key; allowed: replaces, members, imports, overrides, deprecation; did you mean 'replaces'\?$/,
    ],
    ['an export that does nothing', A('{}'), /Router .*: it replaces nothing and renames no members/],
    [
      'a list in place of texts',
      A("{ replaces: 'b.ts#B' }"),
      /\.Router\.replaces .*: found 'b\.ts#B'; allowed: a list$/,
    ],
    [
      'a deprecated of another type',
      A('{ replaces: [4] }'),
      /\.Router\.replaces\[0\] .*: found 4; allowed: '<module>#<name>', or \{ export: /,
    ],
    [
      'a misspelt key of a deprecated',
      A("{ replaces: [{ exports: 'b.ts#B' }] }"),
      /replaces\[0\]\.export .*: is missing; allowed: a text/,
      /replaces\[0\]\.exports .*: there is no such key; .*did you mean 'export'\?/,
    ],
    [
      'a member of another type',
      A("{ replaces: ['b.ts#B'], members: { f: 1 } }"),
      /members\.f .*: found 1; allowed: a text$/,
    ],
    [
      'a path without its extension',
      A("{ replaces: ['src/b#B'] }"),
      /: found 'src\/b'; a path ends in its extension \('src\/b\.ts'\), and a package of that name is written 'npm:src\/b'$/,
    ],
    [
      'a path that leaves the target',
      A("{ replaces: ['../b.ts#B'] }"),
      /: found '\.\.\/b\.ts'; a path does not leave the target's root$/,
    ],
    ['an absolute path', A("{ replaces: ['/b.ts#B'] }"), /: found '\/b\.ts'; a path is relative to the target's root$/],
    [
      'no package name either',
      A("{ replaces: ['@/b#B'] }"),
      /: found '@\/b'; allowed: a path in the target with its extension/,
    ],
    [
      'an export name with blanks',
      A("{ replaces: ['b.ts#B C'] }"),
      /: found 'b\.ts#B C'; 'B C' is not an export's name$/,
    ],
    [
      'a whole module by half',
      "{ name: 'x', canonical: { 'a.ts': { exports: 'all', replace: ['b.ts'] } } }",
      /\.exports .*: found 'all'; allowed: '\*'$/,
      /\.replaces .*: is missing; allowed: a list$/,
      /\.replace .*did you mean 'replaces'\?$/,
    ],
    [
      'an export where a module moves',
      "{ name: 'x', canonical: { 'a.ts': { exports: '*', replaces: ['b.ts#B'] } } }",
      /replaces\[0\] .*: found 'b\.ts#B'; a whole module moves, so name the module: 'b\.ts'$/,
    ],
    [
      'a name that is not imported',
      A("{ replaces: ['b.ts#B'], members: { 'f(x)': 'g(handlerFro(x))' }, imports: { handlerFor: 'src/h.ts' } }"),
      /members\['f\(x\)'\] .*: 'handlerFro' in 'g\(handlerFro\(x\)\)' is neither a parameter nor in imports; add imports: \{ handlerFro: '<module>' \}; did you mean 'handlerFor'\?$/,
    ],
    [
      'an import that hides a global',
      A("{ replaces: ['b.ts#B'], imports: { Map: 'src/map.ts' } }"),
      /imports\.Map .*: 'Map' is a name that every JavaScript has/,
    ],
    [
      'the same deprecated twice',
      "{ name: 'x', canonical: { 'a.ts': { A: { replaces: ['b.ts#B'] }, C: { replaces: ['./b.ts#B'] } } } }",
      /^canonical\['a\.ts'\]\.C\.replaces\[0\] .*: b\.ts#B is replaced already \(canonical\['a\.ts'\]\.A\.replaces\[0\]\)$/,
    ],
    [
      'an export of a module that moves',
      "{ name: 'x', canonical: { 'a.ts': { exports: '*', replaces: ['b.ts'] }, 'c.ts': { C: { replaces: ['b.ts#B'] } } } }",
      /: b\.ts#B moves with its whole module already \(canonical\['a\.ts'\]\.replaces\[0\]\)$/,
    ],
    [
      'a deprecated that is canonical',
      "{ name: 'x', canonical: { 'a.ts': { A: { replaces: ['b.ts#B'] } }, 'b.ts': { B: { replaces: ['c.ts#C'] } } } }",
      /^canonical\['a\.ts'\]\.A\.replaces\[0\] .*: b\.ts#B is canonical as well \(canonical\['b\.ts'\]\.B\); it is one or the other$/,
    ],
    [
      'the same canonical twice',
      "{ name: 'x', canonical: { 'a.ts': { A: { replaces: ['b.ts#B'] } }, './a.ts': { A: { replaces: ['c.ts#C'] } } } }",
      /^canonical\['\.\/a\.ts'\]\.A .*: it is there already \(canonical\['a\.ts'\]\.A\)$/,
    ],
    [
      'a replaced export for review',
      `{ name: 'x', ${VALID}, review: { 'b.ts#B': 'Look' } }`,
      /^review\['b\.ts#B'\] .*: b\.ts#B is replaced as well/,
    ],
    [
      'a review without a reason',
      `{ name: 'x', ${VALID}, review: { 'c.ts#C': ' ' } }`,
      /^review\['c\.ts#C'\] .*: found ' '; allowed: a text that is not empty$/,
    ],
    [
      'a phase twice',
      `{ name: 'x', ${VALID}, phases: [{ name: 'a', steps: ['imports'] }, { name: 'a', steps: ['members'] }] }`,
      /^phases\[1\]\.name .*: 'a' is the name of another phase \(phases\[0\]\)$/,
    ],
    [
      'a phase without steps',
      `{ name: 'x', ${VALID}, phases: [{ name: 'a', steps: [] }] }`,
      /^phases\[0\]\.steps .*: found an empty list; allowed: 'proxies', 'imports'/,
    ],
    [
      'no codemod file',
      `{ name: 'x', ${VALID}, phases: [{ name: 'a', steps: [{ codemod: 'codemods/our.ts' }] }] }`,
      /^phases\[0\]\.steps\[0\]\.codemod .*: found 'codemods\/our\.ts', but there is no such file in the manifest's folder; did you mean 'ours\.ts'\?$/,
    ],
    [
      'a gate that needs a shell',
      `{ name: 'x', ${VALID}, gates: ['npm test && npm run lint'] }`,
      /^gates\[0\] .*: found 'npm test && npm run lint'; a gate runs without a shell: write one gate for each command, or \{ command: "…", shell: true \}$/,
    ],
    [
      'a misspelt gate',
      `{ name: 'x', ${VALID}, gates: ['npm test', 'type'] }`,
      /^gates\[1\] .*: found 'type'; allowed: 'types', 'clean', or a command; did you mean 'types'\?$/,
    ],
    [
      'a rename in place that goes on',
      A("{ members: { a: 'b', b: 'c' } }"),
      /members\.a .*: in place, its result is renamed again by 'b': 'c'; rename to a new name$/,
    ],
    [
      'a call in place that fits its result',
      A("{ members: { 'f(x, y?)': 'f({ x }, y)' } }"),
      /in place, its result is renamed again by 'f\(x, y\?\)'/,
    ],
  ])('%s', async (_, body, ...details) => {
    const error = await failure(write(manifest(body)));
    expect(error.code).toBe('MANIFEST_INVALID');
    expect(error.details).toHaveLength(details.length);
    details.forEach((detail, index) => {
      expect(error.details[index]).toMatch(detail);
    });
  });

  it.each([
    [
      "{ 'f(x)': 'g(x)', 'f(y, z?)': 'h(y, z)' }",
      "'f(x)' and 'f(y, z?)' say the same: a call with 1 argument fits both",
    ],
    ["{ 'f(...x)': 'g(...x)', f: 'g' }", "'f(...x)' and 'f' say the same: a plain rename is for every use"],
  ])('two mappings that one use fits: %s', async (members, message) => {
    const error = await failure(write(manifest(A(`{ replaces: ['b.ts#B', 'c.ts#C'], members: ${members} }`))));
    expect(error.code).toBe('MANIFEST_AMBIGUOUS_SIGNATURE');
    expect(error.details).toHaveLength(1);
    expect(error.details[0]).toContain(message);
    expect(error.details[0]).toContain("(the other is canonical['src/a.ts'].Router.members['f(");
  });

  it('a call in place that does not fit its result is fine', async () => {
    expect((await load(A("{ members: { 'f(x)': 'f(x, 1)' } }"))).moves).toHaveLength(1);
  });

  it('a manifest that is computed has no places, but the same key paths', async () => {
    const file = await write('const make = () => ({ nam: 1 });\nexport default make();\n');
    const error = await failure(file);
    expect(error.where).toEqual({ file });
    expect(error.details[0]).toMatch(/^nam: there is no such key/);
  });

  it('finds the place through a constant, and through as const and satisfies', async () => {
    const file = await write("const input = {\n  name: 'x',\n  canonical: 4,\n} as const;\nexport default input;\n");
    expect((await failure(file)).details).toEqual(['canonical (3:3): found 4; allowed: an object']);
  });
});
