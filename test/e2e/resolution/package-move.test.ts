import { describe, expect, test } from 'vitest';
import type { MigrationInput } from '../../../src/manifest/define-migration.ts';
import { buildReport } from '../../../src/report/build-report.ts';
import { outcome } from '../../../src/run/stored-outcome.ts';
import { type Files, PhaseTarget } from '../../run/phases/phase-target.ts';

const ROUTER = 'export declare class Router { add(): void }\n';
const INSTALLED: Files = {
  'node_modules/@acme/legacy-router/package.json': '{ "name": "@acme/legacy-router", "types": "index.d.ts" }',
  'node_modules/@acme/legacy-router/index.d.ts': ROUTER,
  'node_modules/@acme/router/package.json': '{ "name": "@acme/router", "types": "index.d.ts" }',
  'node_modules/@acme/router/index.d.ts': ROUTER,
  'tsconfig.json': '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "types": [] } }',
};
const USE = "import { Router } from '@acme/legacy-router';\nnew Router().add();\n";

function target(files: Files, rest: Partial<MigrationInput> = {}): PhaseTarget {
  return new PhaseTarget(
    { ...INSTALLED, ...files },
    {
      name: 'packages',
      canonical: { '@acme/router': { exports: '*', replaces: ['@acme/legacy-router'] } },
      dependencies: { '@acme/router': '^2.1.0' },
      phases: [
        { name: 'production', files: ['**', '!test/**'], steps: ['imports'] },
        { name: 'tests', files: ['test/**'], steps: ['imports'] },
      ],
      ...rest,
    },
    { runtime: false },
  );
}

describe('from package to package', { timeout: 60_000 }, () => {
  test('entries move in their sections, sorted where they were sorted, and nothing else changes', async () => {
    const before = `{
  "name": "app",
  "scripts": {"x": "y"},
  "dependencies": {
    "@acme/legacy-router": "1.0.0",
    "@acme/queue": "~3",
    "zod": "^4"
  },
  "peerDependencies": { "react": "*", "@acme/legacy-router": "1", "a": "1" }
}`;
    const moved = target({ 'package.json': before, 'src/a.ts': USE, 'package-lock.json': '{\n  "name": "app"\n}\n' });
    const { records } = await moved.run();
    expect(moved.read('src/a.ts')).toBe(USE.replace('legacy-router', 'router'));
    expect(moved.read('package.json')).toBe(
      before
        .replace(
          '    "@acme/legacy-router": "1.0.0",\n    "@acme/queue": "~3",',
          '    "@acme/queue": "~3",\n    "@acme/router": "^2.1.0",',
        )
        .replace('"@acme/legacy-router": "1", "a"', '"@acme/router": "^2.1.0", "a"'),
    );
    const locks = records[0]!.outcomes.filter(({ reason }) => reason?.code === 'lock-file');
    expect(locks.map(({ usage, reason }) => [usage.place.file, reason!.text])).toEqual([
      ['package-lock.json', 'package.json has other dependencies now: let the package manager write this file again'],
    ]);
    expect(locks[0]!.usage.subject).toEqual({ kind: 'outdated', by: 'package.json' });
    expect(outcome.parse(locks[0])).toEqual(locks[0]);
    const { review } = buildReport(records, { version: '1', readText: (file) => moved.read(file) });
    expect(review.map(({ code, items }) => [code, items.map(({ place, line }) => [place.file, line])])).toEqual([
      ['lock-file', [['package-lock.json', '{']]],
    ]);
    const { records: again } = await moved.run();
    expect(again.flatMap(({ changes }) => changes)).toEqual([]);
  });

  test.each<[string, object, Files, boolean]>([
    ['a script that runs its command', { scripts: { build: 'tsc && legacy build' } }, {}, true],
    ['a script that runs it by its name', { scripts: { build: 'npx @acme/legacy-router build' } }, {}, true],
    ['what package.json configures', { jest: { preset: '@acme/legacy-router/jest' } }, {}, true],
    ['a script of a package inside', {}, { 'packages/a/package.json': '{ "scripts": { "a": "legacy" } }' }, true],
    ['a script that another command has to itself', { scripts: { build: 'other-legacy run ./legacy-x' } }, {}, false],
    [
      'words about the package, and versions of what it needs',
      { description: 'no legacy', overrides: { '@acme/legacy-router': '1' } },
      {},
      false,
    ],
    ['a workflow that runs it', {}, { 'ci.yml': 'run: npx @acme/legacy-router\n' }, true],
  ])('an entry stays for %s', async (_name, more, files, stays) => {
    const bin = { name: '@acme/legacy-router', types: 'index.d.ts', bin: { legacy: 'cli.js' } };
    const moved = target({
      'package.json': `${JSON.stringify({ ...more, dependencies: { '@acme/legacy-router': '1' } }, null, 2)}\n`,
      'node_modules/@acme/legacy-router/package.json': JSON.stringify(bin),
      'src/a.ts': USE,
      ...files,
    });
    await moved.run();
    const { dependencies } = JSON.parse(moved.read('package.json')) as { dependencies: Record<string, string> };
    expect(Object.keys(dependencies)).toEqual(stays ? ['@acme/legacy-router', '@acme/router'] : ['@acme/router']);
  });

  test('the command of a package that is not installed is called as the package is', async () => {
    const { 'node_modules/@acme/legacy-router/package.json': _, ...rest } = INSTALLED;
    const moved = new PhaseTarget(
      {
        ...rest,
        'node_modules/@acme/legacy-router/index.d.ts': ROUTER,
        'package.json': '{ "scripts": { "a": "legacy-router" }, "dependencies": { "@acme/legacy-router": "1" } }\n',
        'src/a.ts': USE,
      },
      {
        name: 'packages',
        canonical: { '@acme/router': { exports: '*', replaces: ['@acme/legacy-router'] } },
        dependencies: { '@acme/router': '2' },
        phases: [{ name: 'all', steps: ['imports'] }],
      },
      { runtime: false },
    );
    await moved.run();
    expect(moved.read('package.json')).toContain('{ "@acme/legacy-router": "1", "@acme/router": "2" }');
  });

  test('mentions in the same package.json are edited too, and one between its entries is for review', async () => {
    const before = `{
  "main": "src/old/router.ts",
  "dependencies": {
    "@acme/legacy-router": "1"
  },
  "files": ["src/old/router.ts"],
  "devDependencies": {
    "@acme/legacy-router": "1"
  },
  "types": "src/old/router.ts"
}
`;
    const moved = target(
      { 'package.json': before, 'src/a.ts': USE, 'src/old/router.ts': 'export class Own {}\n' },
      {
        canonical: {
          '@acme/router': { exports: '*', replaces: ['@acme/legacy-router'] },
          'src/new/router.ts': { exports: '*', replaces: ['src/old/router.ts'] },
        },
        phases: [{ name: 'production', steps: ['proxies', 'imports'] }],
        mentions: true,
      },
    );
    const { records } = await moved.run();
    const [{ account, outcomes }] = records as [(typeof records)[0]];
    expect(moved.read('package.json')).toBe(
      before
        .replace('"main": "src/old/', '"main": "src/new/')
        .replace('"types": "src/old/', '"types": "src/new/')
        .replaceAll('"@acme/legacy-router": "1"', '"@acme/router": "^2.1.0"'),
    );
    expect(outcomes.filter(({ usage }) => usage.place.file === 'package.json').map(({ result }) => result)).toEqual([
      'edited',
      'review',
      'edited',
    ]);
    expect(account.edited + account.review + account.left).toBe(account.found);
  });

  test('the old entry stays until the last file of that package is done', async () => {
    const files = {
      'package.json': '{\n\t"dependencies": {\n\t\t"@acme/legacy-router": "1"\n\t}\n}\n',
      'src/a.ts': USE,
      'test/a.ts': USE,
    };
    const moved = target(files);
    await moved.phase('production');
    expect(moved.read('package.json')).toBe(
      '{\n\t"dependencies": {\n\t\t"@acme/legacy-router": "1",\n\t\t"@acme/router": "^2.1.0"\n\t}\n}\n',
    );
    await moved.phase('tests');
    expect(moved.read('package.json')).toBe('{\n\t"dependencies": {\n\t\t"@acme/router": "^2.1.0"\n\t}\n}\n');
  });

  test('another entry point of the old package, or a configuration that names it, keeps the entry', async () => {
    const manifest = '{ "dependencies": { "@acme/legacy-router": "1" } }';
    const both = '{ "dependencies": { "@acme/legacy-router": "1", "@acme/router": "^2.1.0" } }';
    const users: readonly Files[] = [
      { 'src/b.js': "require('@acme/legacy-router/package.json');\n" },
      { '.babelrc.json': '{ "plugins": ["@acme/legacy-router/babel"] }' },
    ];
    for (const rest of users) {
      const moved = target({ 'package.json': manifest, 'src/a.ts': USE, ...rest });
      await moved.run();
      expect(moved.read('package.json')).toBe(both);
    }
  });

  test('in a workspace each package has its own entry, and what only the root lists changes there', async () => {
    const listed = '{ "name": "one", "dependencies": { "@acme/legacy-router": "1" } }';
    const moved = target({
      'package.json': '{ "workspaces": ["packages/*"], "devDependencies": { "@acme/legacy-router": "1" } }',
      'packages/one/package.json': listed,
      'packages/one/a.ts': USE,
      'packages/two/package.json': '{ "name": "two" }',
      'packages/two/a.ts': USE,
    });
    await moved.run();
    expect(moved.read('packages/one/package.json')).toBe(
      '{ "name": "one", "dependencies": { "@acme/router": "^2.1.0" } }',
    );
    expect(moved.read('packages/two/package.json')).toBe('{ "name": "two" }');
    expect(moved.read('package.json')).toBe(
      '{ "workspaces": ["packages/*"], "devDependencies": { "@acme/router": "^2.1.0" } }',
    );
  });

  test('a missing version is told before anything is written; an entry that is there needs none', async () => {
    const manifest = '{ "dependencies": { "@acme/legacy-router": "1" } }';
    const without = target({ 'package.json': manifest, 'src/a.ts': USE });
    without.describe({
      name: 'packages',
      canonical: { '@acme/router': { exports: '*', replaces: ['@acme/legacy-router'] } },
      phases: [{ name: 'production', steps: ['imports'] }],
    });
    await expect(without.run()).rejects.toMatchObject({
      code: 'MANIFEST_NO_VERSION',
      details: ['package.json needs an entry for @acme/router'],
      next: "Add to the manifest: dependencies: { '@acme/router': '<version range>' }",
    });
    expect(without.read('src/a.ts')).toBe(USE);
    without.write({ 'package.json': '{ "dependencies": { "@acme/legacy-router": "1", "@acme/router": "2" } }' });
    await without.run();
    expect(without.read('package.json')).toBe('{ "dependencies": { "@acme/router": "2" } }');
  });

  test('a version for a package that nothing moves to is a mistake in the manifest', async () => {
    await expect(target({}, { dependencies: { '@acme/ruter': '1' } }).migration()).rejects.toMatchObject({
      code: 'MANIFEST_INVALID',
      details: [expect.stringContaining("nothing moves to the package '@acme/ruter'; did you mean '@acme/router'?")],
    });
  });
});
