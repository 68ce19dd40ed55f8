import { describe, expect, test } from 'vitest';
import { buildPlan } from '../../../src/plan/plan.ts';
import { renderPlan } from '../../../src/plan/render-plan.ts';
import { buildReport } from '../../../src/report/build-report.ts';
import { renderHtml } from '../../../src/report/html.ts';
import { renderJson } from '../../../src/report/json.ts';
import { renderMarkdown } from '../../../src/report/markdown.ts';
import { renderText } from '../../../src/report/text.ts';
import { type Files, PhaseTarget, told } from '../../run/phases/phase-target.ts';
import { reroute } from '../command.ts';

const options = {
  strict: true,
  module: 'esnext',
  moduleResolution: 'bundler',
  types: [],
  outDir: 'dist',
  rootDir: 'src',
};
const tsconfig = JSON.stringify({ compilerOptions: options, include: ['src'] });
const manifest = (name: string, rest: object = {}) =>
  JSON.stringify({ name: `@acme/${name}`, version: '1.0.0', ...rest });

/** Nothing is installed, nothing is built: what is inside the repository resolves to sources, `@vendor/app` does not. */
const CHECKOUT: Files = {
  'package.json': '{ "private": true, "workspaces": ["packages/*"] }\n',
  'package-lock.json': '{}\n',
  'packages/core/package.json': manifest('core', { main: 'dist/index.js', types: 'dist/index.d.ts' }),
  'packages/core/tsconfig.json': tsconfig,
  'packages/core/src/index.ts': "export * from './old';\n",
  'packages/core/src/old.ts': 'export class Old {\n  register(): number {\n    return 1;\n  }\n}\n',
  'packages/core/src/router.ts': 'export class Router {\n  add(): number {\n    return 1;\n  }\n}\n',
  'packages/app/package.json': manifest('app', { dependencies: { '@acme/core': '*', '@vendor/app': '^2' } }),
  'packages/app/tsconfig.json': tsconfig,
  'packages/app/src/inside.ts': "import { Old } from '@acme/core/dist/old';\nnew Old().register();\n",
  'packages/app/src/barrel.ts': "import { Old } from '@acme/core';\nexport const old = new Old();\nold.register();\n",
  'packages/app/src/direct.ts': "import { app } from '@vendor/app';\napp.router.register();\n",
  'packages/app/src/type.ts':
    "import type { Context } from '@vendor/app/types';\nexport const run = (context: Context) => context.register();\n",
  'packages/app/src/through.ts': "import { app } from './hands-on';\napp.register();\n",
  'packages/app/src/hands-on.ts': "export { app } from '@vendor/app';\n",
  'packages/app/src/called.ts': "import { ready } from '@vendor/app';\nready((router) => router.register());\n",
  'packages/app/src/heir.ts':
    "import { Base } from '@vendor/app';\nexport class Heir extends Base {\n  go() {\n    this.register();\n  }\n}\n",
  'packages/app/src/generated.ts': "import { client } from './generated/client';\nclient.register();\n",
  'packages/app/src/unlisted.ts': "import { thing } from 'nobody-lists-this';\nthing.register();\n",
  'packages/app/src/any.ts': 'export const anything = (value: any) => value.register();\n',
};

const MIGRATION = {
  name: 'checkout',
  canonical: {
    'packages/core/src/router.ts': {
      Router: { replaces: ['packages/core/src/old.ts#Old'], members: { register: 'add' } },
    },
  },
  phases: [{ name: 'all', steps: ['imports', 'members'] as ('imports' | 'members')[] }],
  gates: ['types'],
};

const NOTES = [
  ['missing-package', '@vendor/app', 5, 5, 'npm ci'],
  ['missing-package', 'nobody-lists-this', 1, 1, undefined],
  ['missing-file', 'packages/app/src/generated/client', 1, 1, 'Build or generate it, then run again.'],
];

describe('a fresh checkout', { timeout: 120_000 }, () => {
  test('loses no place inside the repository, and says what is missing for the others', async () => {
    const target = new PhaseTarget(CHECKOUT, MIGRATION, { runtime: false });
    const record = await target.phase('all');
    expect(target.read('packages/app/src/inside.ts')).toBe(
      "import { Router } from '@acme/core/dist/router';\nnew Router().add();\n",
    );
    expect(told(record).filter((line) => line.startsWith('packages/app') && !line.includes('inside.ts'))).toEqual([
      'packages/app/src/any.ts:1 register review any',
      'packages/app/src/barrel.ts:1 Old left through-barrel',
      'packages/app/src/barrel.ts:2 Old left through-barrel',
      'packages/app/src/barrel.ts:3 register edited',
      'packages/app/src/called.ts:2 register review any',
      'packages/app/src/direct.ts:2 register review missing-package',
      'packages/app/src/generated.ts:2 register review missing-file',
      'packages/app/src/heir.ts:4 register review any',
      'packages/app/src/through.ts:2 register review missing-package',
      'packages/app/src/type.ts:2 register review missing-package',
      'packages/app/src/unlisted.ts:2 register review missing-package',
    ]);

    const model = buildReport([record], { version: '0' });
    expect(model.notes.map(({ code, subject, places, files, next }) => [code, subject, places, files, next])).toEqual(
      NOTES,
    );
    const text = renderText(model, { detail: 'summary' });
    expect(text).toContain(
      '\nNotes\n  @vendor/app is not installed: 5 places in 5 files for review because of it\n    npm ci\n',
    );
    expect(text).toContain('nobody-lists-this is not installed, and no package.json lists it: 1 place in 1 file');
    expect(JSON.parse(renderJson(model)).notes[0]).toMatchObject({ subject: '@vendor/app', places: 5, next: 'npm ci' });
    expect(renderMarkdown(model)).toContain('@vendor/app is not installed: 5 places in 5 files');
    expect(renderHtml(model)).toContain('@vendor/app is not installed: 5 places in 5 files');
  });

  test('the command says it, for people and for scripts', async () => {
    const target = new PhaseTarget(CHECKOUT, MIGRATION, { runtime: false });
    const { stdout } = await reroute({ cwd: target.root }, 'run', '--all', '--dry-run');
    expect(stdout).toContain(
      '@vendor/app is not installed: 5 places in 5 files for review because of it\n    npm ci\n',
    );
    const { stdout: json } = await reroute({ cwd: target.root }, 'run', '--all', '--dry-run', '--json');
    expect(JSON.parse(json).targets[0].notes[0]).toEqual({
      code: 'missing-package',
      subject: '@vendor/app',
      text: '@vendor/app is not installed',
      next: 'npm ci',
      places: 5,
      files: 5,
    });
  });

  test('the plan says it too', async () => {
    const target = new PhaseTarget(CHECKOUT, MIGRATION, { runtime: false });
    const plan = await buildPlan({ migration: await target.migration(), target: target.root, states: new Map() });
    expect(plan.notes.map(({ code, subject, places, files, next }) => [code, subject, places, files, next])).toEqual(
      NOTES,
    );
    expect(renderPlan(plan, { again: 'npx reroute plan', manifest: 'reroute.config.ts' })).toContain(
      '## Notes\n\n- @vendor/app is not installed: 5 places in 5 files for review because of it. `npm ci`\n',
    );
  });

  test('a package that the manifest names and that is not installed ends the run with the command that brings it', async () => {
    const target = new PhaseTarget(
      CHECKOUT,
      { ...MIGRATION, canonical: { 'packages/core/src/router.ts': { Router: { replaces: ['@vendor/app#Old'] } } } },
      { runtime: false },
    );
    await expect(target.run()).rejects.toMatchObject({
      code: 'MANIFEST_UNKNOWN_MODULE',
      details: [expect.stringContaining('@vendor/app: does not resolve')],
      next: 'npm ci   (package.json lists what does not resolve)',
    });
  });
});
