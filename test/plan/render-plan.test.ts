import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadManifest } from '../../src/manifest/load.ts';
import { buildPlan, type Plan } from '../../src/plan/plan.ts';
import { renderPlan } from '../../src/plan/render-plan.ts';
import { type Files, MIGRATION, PhaseTarget, ROUTERS } from '../run/phases/phase-target.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const PAGE = { again: 'npx reroute plan --out migration-plan.md', manifest: 'reroute.config.ts' };
const TRANSFORM = 'codemods/ours/transform.cjs';
const INPUT = {
  ...MIGRATION,
  phases: [
    ...MIGRATION.phases!.slice(0, 2),
    { name: 'tests', files: ['test/**'], steps: ['imports' as const, { codemod: TRANSFORM }], gates: ['npm run e2e'] },
  ],
  gates: ['types', 'npm test'],
};
const FILES: Files = {
  ...ROUTERS,
  [TRANSFORM]: 'module.exports = () => undefined;\n',
  'src/any.ts': 'declare const any: any;\nany.register_handler();\n',
  'docs/example.ts': "import { OldRouter } from '../src/old_router.ts';\nnew OldRouter().get_order();\n",
  'src/latin1.ts': Buffer.from("import { OldRouter } from './old_router.ts'; // Zürich\n", 'latin1'),
};

async function planAt(
  root: string,
  states: Readonly<Record<string, Plan['phases'][number]['state']>> = {},
): Promise<Plan> {
  const migration = await loadManifest(path.join(root, 'reroute.config.ts'));
  return buildPlan({ migration, target: root, states: new Map(Object.entries(states)) });
}

/** A target in a folder named `target`. */
function stage(files: Files = FILES, input = INPUT): string {
  const { root } = new PhaseTarget(files, input, { runtime: false });
  const staged = path.join(temporaryFolder(), 'deeper/target');
  mkdirSync(path.dirname(staged), { recursive: true });
  cpSync(root, staged, { recursive: true });
  rmSync(root, { recursive: true });
  return staged;
}

/** The part of a page below a heading, up to the next of its level. */
function section(page: string, heading: string): string {
  const level = heading.split(' ')[0]!;
  const [, after] = page.split(`\n${heading}\n`);
  if (after === undefined) throw new Error(`no ${heading} in\n${page}`);
  return after.split(new RegExp(`\n${level} `))[0]!.trim();
}

describe('the page of a plan', () => {
  test('lists mentions apart, counted as for review', async () => {
    const files = { ...FILES, 'README.md': 'See `src/old_router.ts`.\n' };
    const page = renderPlan(await planAt(stage(files)), PAGE);
    expect(section(page, '## Mentions')).toBe(
      '1 place in documents, comments and strings that name what moves. Counted as for review.\n\n' +
        '- [ ] `README.md:1:6` `src/old_router.ts`: mentions src/old_router.ts',
    );
    expect(section(page, '## For review')).not.toContain('README.md');
    expect(renderPlan(await planAt(stage()), PAGE)).not.toContain('## Mentions');
  });

  test('is the same text for the same target, wherever it lies, and names no folder of this machine', async () => {
    const [one, other] = [stage(), stage()];
    const page = renderPlan(await planAt(one), PAGE);
    expect(renderPlan(await planAt(other), PAGE)).toBe(page);
    expect(renderPlan(await planAt(one), PAGE)).toBe(page);
    expect(page).not.toContain(path.dirname(one));
    expect(page).not.toMatch(/\/tmp\/|node_modules/);
    expect(page).toMatch(/[^\n]\n$/);
  });

  test('says what it is, of which manifest, and how to make it again', async () => {
    const plan = await planAt(stage());
    const [title, comment, target] = renderPlan(plan, PAGE).split('\n\n');
    expect(title).toBe('# Migration plan: routers');
    expect(comment).toBe(
      `<!-- @generated from reroute.config.ts (manifest ${plan.migration.hash}). Make it again: ${PAGE.again} -->`,
    );
    expect(target).toBe(
      'Target: `target`. 18 places found in the text: 14 proven to be deprecated, 1 for review, 3 left alone. 3 files to edit or to look at.',
    );
  });

  test('shows the differences of each implementation as a table', async () => {
    const page = renderPlan(await planAt(stage()), PAGE);
    expect(section(page, '### `src/old_router.ts#OldRouter`')).toBe(
      `Becomes \`src/router.ts#Router\`. Imported by 3 files.

|  | deprecated | canonical | mapped |
| --- | --- | --- | --- |
| only canonical | – | \`addHandler(type: string, handler: Handler): void\` |  |
| only canonical | – | \`getOrder(): string[]\` |  |
| only deprecated | \`get_order(): string[]\` | – | yes |
| only deprecated | \`register_handler(type: string, handler: Handler): void\` | – | yes |`,
    );
  });

  test('keeps a union in one cell of a table', async () => {
    const files = {
      ...FILES,
      'src/old_router.ts': (ROUTERS['src/old_router.ts'] as string).replace('type: string', 'type: string | number'),
    };
    const page = renderPlan(await planAt(stage(files)), PAGE);
    expect(page).toContain('`register_handler(type: string \\| number, handler: Handler): void`');
  });

  test('has the canonical imports, the phases with their files, the tests and the command', async () => {
    const page = renderPlan(await planAt(stage()), PAGE);
    expect(section(page, '## Canonical imports')).toBe(
      `| old | new |
| --- | --- |
| \`src/old_router.ts#OldRouter\` | \`src/router.ts#Router\` |
| \`src/old_router.ts#Handler\` | \`src/router.ts#Handler\` |`,
    );
    expect(section(page, '### 1. consolidate')).toBe(
      '- [ ] proxies\n\nWrites 1 proxy at the deprecated paths.\n\nRun: `npx reroute run consolidate`',
    );
    expect(section(page, '### 2. production')).toBe(
      `- [ ] imports, members

5 places to edit, 1 for review, 3 left alone, in 2 files.

- [ ] \`src/any.ts\`: 1 for review
- [ ] \`src/app.ts\`: 5 places

Run: \`npx reroute run production\``,
    );
    expect(section(page, '### 3. tests').split('\n## ')[0]!.trim()).toBe(
      `- [ ] imports, codemod \`ours/transform.cjs\`

5 places to edit, 0 for review, 0 left alone, in 1 file.

- [ ] \`test/app.test.ts\`: 5 places

Tests that import a deprecated module: \`test/app.test.ts\`.

Run: \`npx reroute run tests\``,
    );
  });

  test('has the review list, what is in no phase, what was skipped, the gates and the way back', async () => {
    const page = renderPlan(await planAt(stage()), PAGE);
    expect(section(page, '## In no phase')).toMatch(/stay as they are\.\n\n- `docs\/example\.ts`$/);
    expect(section(page, '## For review')).toMatch(/^- \[ \] `src\/any\.ts:2:5` `register_handler`: cannot be told: ./);
    expect(section(page, '## Skipped')).toBe('- `src/latin1.ts`: not read: it is not UTF-8');
    expect(section(page, '## Gates')).toBe(
      '- every phase: no new diagnostic, in memory, before writing\n- every phase: `npm test`\n- tests: `npm run e2e`',
    );
    expect(section(page, '## Rollback')).toMatch(
      /```\nnpx reroute rollback tests\nnpx reroute rollback production\nnpx reroute rollback consolidate\n```$/,
    );
  });

  test('ticks what the ledger says is done, and nothing that was rolled back', async () => {
    const page = renderPlan(await planAt(stage(), { consolidate: 'done', production: 'rolled-back' }), PAGE);
    expect(section(page, '### 1. consolidate')).toMatch(/^- \[x\] proxies\n/);
    expect(section(page, '### 2. production')).toMatch(/^- \[ \] imports, members \(rolled back\)\n/);
    expect(section(page, '### 3. tests')).toMatch(/^- \[ \] imports/);
  });

  test('after the run of all phases ticks every phase and has nothing left to edit', async () => {
    const { 'docs/example.ts': _, 'src/any.ts': _any, ...files } = FILES;
    const target = new PhaseTarget(files, { ...INPUT, gates: ['types'], phases: MIGRATION.phases! });
    await target.run('all');
    const plan = await planAt(target.root, { consolidate: 'done', production: 'done', tests: 'done' });
    const page = renderPlan(plan, PAGE);
    expect(page.match(/- \[x\] (proxies|imports, members)/g)).toHaveLength(3);
    expect(page.match(/Nothing to edit\./g)).toHaveLength(2);
    expect(page).not.toContain('- [ ]');
  });

  test('says what is not there', async () => {
    const plan = await planAt(stage(ROUTERS, { ...INPUT, phases: [{ name: 'all', steps: ['imports'] }], gates: [] }));
    const page = renderPlan({ ...plan, review: [], implementations: [] }, PAGE);
    expect(section(page, '## Implementations')).toBe('The manifest replaces no export.');
    expect(section(page, '## For review')).toBe('Nothing.');
    expect(section(page, '## Gates')).toBe('None: nothing is checked but the edits themselves.');
    expect(page).not.toContain('## Skipped');
    expect(page).not.toContain('## In no phase');
  });
});
