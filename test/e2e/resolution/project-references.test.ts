import { describe, expect, test } from 'vitest';
import { migrates, type Resolution } from './resolution-target.ts';

const ROUTER = 'export class Router {\n  add(): number {\n    return 1;\n  }\n}\n';
const use = (specifier: string) =>
  `import { Router } from '${specifier}';\nexport const one: number = new Router().add();\n`;
const OPTIONS = { strict: true, module: 'esnext', moduleResolution: 'bundler', types: [] };

function tsconfig(options: object, rest: object): string {
  return JSON.stringify({ compilerOptions: { ...OPTIONS, ...options }, ...rest });
}

const moves = (from: string, to: string): Resolution['canonical'] => ({
  [to]: { Router: { replaces: [`${from}#Router`] } },
});

describe('project references', { timeout: 120_000 }, () => {
  test('a solution of composite projects: consumers in each, across the references', async () => {
    await migrates({
      files: {
        'tsconfig.json':
          '{ "files": [], "references": [{ "path": "./core" }, { "path": "./web" }, { "path": "./web/tsconfig.spec.json" }] }',
        'core/tsconfig.json': tsconfig(
          { composite: true, outDir: '../out/core', rootDir: '.' },
          { include: ['**/*.ts'] },
        ),
        'core/old.ts': ROUTER,
        'core/router.ts': ROUTER,
        'core/own.ts': use('./old'),
        'web/tsconfig.json': tsconfig(
          { composite: true, outDir: '../out/web' },
          { include: ['**/*.ts'], exclude: ['**/*.spec.ts'], references: [{ path: '../core' }] },
        ),
        'web/main.ts': use('../core/old'),
        'web/tsconfig.spec.json': tsconfig(
          { composite: true, outDir: '../out/spec' },
          { include: ['**/*.spec.ts'], references: [{ path: '../core' }, { path: './tsconfig.json' }] },
        ),
        'web/main.spec.ts': `${use('../core/old')}import './main';\n`,
      },
      canonical: moves('core/old.ts', 'core/router.ts'),
      expected: {
        'core/own.ts': use('./router'),
        'web/main.ts': use('../core/router'),
        'web/main.spec.ts': `${use('../core/router')}import './main';\n`,
      },
      tsc: ['-b'],
    });
  });

  test('each file is read with the project of the solution that includes it', async () => {
    // Both say `@/`, each of its own folder; the solution itself says nothing.
    const project = (folder: string) =>
      tsconfig(
        { composite: true, outDir: `out/${folder}`, paths: { '@/*': [`./${folder}/*`] } },
        { include: [folder] },
      );
    await migrates({
      files: {
        'tsconfig.json':
          '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./tsconfig.node.json" }] }',
        'tsconfig.app.json': project('app'),
        'tsconfig.node.json': project('server'),
        'app/old.ts': ROUTER,
        'app/router.ts': ROUTER,
        'app/main.ts': use('@/old'),
        'server/old.ts': ROUTER,
        'server/main.ts': use('@/old'),
      },
      canonical: moves('app/old.ts', 'app/router.ts'),
      expected: { 'app/main.ts': use('@/router') },
      tsc: ['-b'],
    });
  });
});

describe('several projects over one file', { timeout: 120_000 }, () => {
  const files = (server: string): Resolution['files'] => ({
    'tsconfig.json': tsconfig({ noEmit: true, paths: { '#env/*': ['./app/*'] } }, { include: ['app', 'shared'] }),
    'tsconfig.server.json': tsconfig(
      { noEmit: true, paths: { '#env/*': [`./${server}/*`] } },
      { include: ['server', 'shared'] },
    ),
    'app/old.ts': ROUTER,
    'app/router.ts': ROUTER,
    'app/main.ts': use('#env/old'),
    'server/old.ts': ROUTER,
    'shared/main.ts': use('#env/old'),
  });

  test('a specifier that all of them read alike moves', async () => {
    await migrates({
      files: files('app'),
      canonical: moves('app/old.ts', 'app/router.ts'),
      expected: { 'app/main.ts': use('#env/router'), 'shared/main.ts': use('#env/router') },
    });
  });

  test('one that leads elsewhere in another of them is for review', async () => {
    const record = await migrates({
      files: files('server'),
      canonical: moves('app/old.ts', 'app/router.ts'),
      expected: { 'app/main.ts': use('#env/router') },
      // Without the deprecated module the shared file has none.
      tsc: false,
    });
    expect(
      record.outcomes.filter(({ result }) => result === 'review').map(({ usage, reason }) => [usage.id, reason]),
    ).toEqual([
      [
        'shared/main.ts:24',
        {
          code: 'conditional-specifier',
          text: "'#env/old' leads to app/old.ts here and to server/old.ts under another tsconfig",
        },
      ],
    ]);
  });
});
