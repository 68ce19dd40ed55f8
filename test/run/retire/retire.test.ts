import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildPlan } from '../../../src/plan/plan.ts';
import { buildReport } from '../../../src/report/build-report.ts';
import { renderHtml } from '../../../src/report/html.ts';
import { renderMarkdown } from '../../../src/report/markdown.ts';
import { renderText } from '../../../src/report/text.ts';
import { nodeDisk } from '../../../src/run/disk.ts';
import { isRetired, runRecords } from '../../../src/run/history.ts';
import { Ledger } from '../../../src/run/ledger.ts';
import type { Evidence } from '../../../src/run/retire/judge.ts';
import { surveyUses } from '../../../src/run/retire/target-uses.ts';
import type { UsageEvidence } from '../../../src/run/retire/usage-files.ts';
import { rollback } from '../../../src/run/rollback.ts';
import type { RunRecord } from '../../../src/run/run-record.ts';
import { type Files, MIGRATION, PhaseTarget, ROUTERS } from '../phases/phase-target.ts';

const tsc = path.resolve(import.meta.dirname, '../../../node_modules/typescript/bin/tsc');
const OLD = 'src/old_router.ts';
const IDS = ['src/router.ts#Router.register_handler', 'src/router.ts#Router.get_order'];
const RETIRING = { ...MIGRATION, phases: [...MIGRATION.phases!, { name: 'retire', steps: ['retire' as const] }] };

const QUIET: UsageEvidence = {
  files: 1,
  from: '2026-11-07',
  to: '2026-11-20',
  days: 14,
  silent: [],
  hits: new Map(),
  unreadable: 0,
};

/** A target in which everything has moved, but for what `files` bring. */
async function migrated(files: Files = {}, input = RETIRING): Promise<PhaseTarget> {
  const target = new PhaseTarget(ROUTERS, input);
  await target.run(['consolidate', 'production', 'tests']);
  return target.write(files);
}

function retire(target: PhaseTarget, evidence: Partial<Evidence> = {}, dryRun = false): Promise<RunRecord> {
  return target.phase('retire', { evidence: { usage: QUIET, others: [], ...evidence }, dryRun });
}

/** The conditions that fail, and what is said of each. */
function failing({ retirements }: RunRecord): Record<string, readonly string[]> {
  return Object.fromEntries(
    retirements!.flatMap(({ conditions }) =>
      conditions.filter(({ holds }) => !holds).map(({ of, text, details }) => [of, [text, ...details]]),
    ),
  );
}

function compile(target: PhaseTarget): string {
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', target.root, '--pretty', 'false'], {
    encoding: 'utf8',
  });
  return stdout + stderr;
}

describe('a proxy that nobody needs', () => {
  test('goes as a run: gated, in the ledger, in the reports; rollback gives back its bytes', async () => {
    const target = await migrated();
    const before = target.tree({ ledger: false });
    const dry = await retire(target, {}, true);
    expect(dry).toMatchObject({ status: 'done', dryRun: true, retirements: [{ proxy: OLD, goes: true }] });
    expect(target.tree({ ledger: false })).toEqual(before);

    const record = await retire(target);
    expect(record).toMatchObject({
      status: 'done',
      changes: [{ file: OLD, kind: 'delete', step: 'retire' }],
      gates: [{ gate: 'types', passed: true }],
      retirements: [{ proxy: OLD, goes: true }],
    });
    expect(existsSync(path.join(target.root, OLD))).toBe(false);
    expect(compile(target)).toBe('');

    const ledger = new Ledger(nodeDisk, target.root);
    const [stored] = runRecords(nodeDisk, ledger, record.id);
    expect(stored!.retirements).toEqual(record.retirements);
    const report = buildReport([stored!], { version: '0.0.0' });
    expect(renderText(report, { detail: 'summary' })).toContain('1 of 1 proxy gone');
    expect(renderMarkdown(report)).toContain('| `src/old_router.ts` | gone |');
    expect(renderHtml(report)).toContain('<b>src/old_router.ts</b> gone');

    rollback({ disk: nodeDisk, ledger, what: { phase: 'retire' }, migration: 'routers', now: new Date() });
    expect(target.tree({ ledger: false })).toEqual(before);
  });

  test('is known as retired afterwards: phases and the plan go on with the manifest as it is', async () => {
    const target = await migrated();
    await retire(target);
    const ledger = new Ledger(nodeDisk, target.root);
    const migration = await target.migration();
    expect(isRetired(ledger, migration, OLD)).toBe(true);
    expect((await target.phase('consolidate')).status).toBe('nochange');
    expect((await retire(target)).retirements).toEqual([]);
    const plan = await buildPlan({
      migration,
      target: target.root,
      states: new Map(),
      isRetired: (file) => isRetired(ledger, migration, file),
    });
    expect(plan.counts.proven).toBe(0);
  });

  test('stays when a gate fails without it', async () => {
    const target = await migrated({
      'check.mjs': "import { statSync } from 'node:fs';\nstatSync(['src', 'old_router.ts'].join('/'));\n",
    });
    target.describe({ ...RETIRING, gates: ['types', 'node check.mjs'] });
    const before = target.tree({ ledger: false });
    const record = await retire(target);
    expect(record.status).toBe('failed');
    expect(target.tree({ ledger: false })).toEqual(before);
  });
});

describe('a proxy stays, and each condition says why', () => {
  const USES: Readonly<Record<string, { files: Files; says: string }>> = {
    'an import': {
      files: { 'src/late.ts': "import { OldRouter } from './old_router.ts';\nexport const late = new OldRouter();\n" },
      says: "src/late.ts:1:28 imports it as './old_router.ts'",
    },
    'a dynamic import': {
      files: { 'src/late.ts': "export const late = () => import('./old_router.ts');\n" },
      says: "src/late.ts:1:35 imports it as './old_router.ts'",
    },
    'a type only': {
      files: { 'src/late.ts': "export type Late = import('./old_router.ts').OldRouter;\n" },
      says: "src/late.ts:1:28 imports it as './old_router.ts'",
    },
    'a barrel': {
      files: { 'src/index.ts': "export * from './old_router.ts';\n" },
      says: "src/index.ts:1:16 imports it as './old_router.ts'",
    },
    'a mock': {
      files: {
        'test/mock.test.ts':
          "declare const vi: { mock(path: string): void };\nvi.mock('../src/old_router.ts');\nexport {};\n",
      },
      says: "test/mock.test.ts:2:10 imports it as '../src/old_router.ts'",
    },
    'a member of something that could be it': {
      files: { 'src/late.ts': "declare const plugin: any;\nplugin.register_handler('x', () => {});\nexport {};\n" },
      says: 'src/late.ts:2:8 may use register_handler, for review',
    },
    'a configuration': {
      files: { 'jest.config.json': '{ "setupFiles": ["<rootDir>/src/old_router.ts"] }\n' },
      says: 'jest.config.json:1:28 names it: /src/old_router.ts',
    },
    'a path in code': {
      files: { 'scripts/build.mjs': "export const entry = 'src/old_router.ts';\n" },
      says: 'scripts/build.mjs:1:23 names it: src/old_router.ts',
    },
  };
  test.each(Object.entries(USES))('for %s', async (_name, { files, says }) => {
    const target = await migrated(files);
    const before = target.tree({ ledger: false });
    const record = await retire(target);
    expect(record.status).toBe('nochange');
    const { uses, ...others } = failing(record);
    expect(others).toEqual({});
    expect(uses!.join('\n')).toContain(says);
    expect(target.tree({ ledger: false })).toEqual(before);
  });

  test('but not for prose and comments', async () => {
    const target = await migrated({
      'README.md': 'See [the router](src/old_router.ts).\n',
      'src/late.ts': '// It was in src/old_router.ts once.\nexport {};\n',
    });
    expect((await retire(target)).retirements).toMatchObject([{ goes: true }]);
  });

  test('for a use in another target', async () => {
    const target = await migrated();
    const other = new PhaseTarget(ROUTERS, RETIRING);
    const others = [surveyUses(other.root, await other.migration(), 'throw')];
    const { uses } = failing(await retire(target, { others }));
    expect(uses![0]).toMatch(/^\d+ places in 2 targets$/);
    expect(uses!.join('\n')).toContain(`${other.root}/src/app.ts:1:28 imports it as './old_router.ts'`);
  });

  test('for what the ratchet still accepts', async () => {
    const baseline = { reroute: 1, uses: { [IDS[0]!]: ['src/app.ts'], 'src/other.ts#x': ['src/app.ts'] } };
    const target = await migrated({ 'reroute-baseline.json': JSON.stringify(baseline) });
    expect(failing(await retire(target))).toEqual({
      ratchet: [expect.stringContaining('1 accepted use'), `src/app.ts may use ${IDS[0]}`],
    });
  });

  test.each([
    ['2026-12-01', 'until 2026-12-01, in 10 days'],
    ['2.0.0', 'until version 2.0.0; package.json is at 1.4.0'],
  ])('until %s', async (until, says) => {
    const input = { ...RETIRING, deprecation: { until } };
    const target = await migrated({}, input);
    target.write({ 'package.json': '{ "name": "target", "type": "module", "private": true, "version": "1.4.0" }\n' });
    expect(failing(await retire(target))).toEqual({ date: [says] });
    target.write({ 'package.json': '{ "name": "target", "type": "module", "private": true, "version": "2.0.0" }\n' });
    target.describe({ ...input, deprecation: { until: until === '2.0.0' ? until : '2026-11-01' } });
    expect((await retire(target)).retirements).toMatchObject([{ goes: true }]);
  });

  test('without usage files, unless the user goes on without', async () => {
    const target = await migrated();
    expect(failing(await retire(target, { usage: undefined }))).toEqual({
      usage: [expect.stringContaining('no usage file was handed in')],
    });
    expect(await retire(target, { usage: 'waived' })).toMatchObject({ status: 'done' });
  });

  test('for a call in the window, with who called last; and for days of which nobody knows', async () => {
    const target = await migrated();
    const caller = { site: 'file:///srv/job.js:9:1', host: 'h1', at: '2026-11-20T11:00:00.000Z', build: '1.2' };
    const hits = new Map([[IDS[1]!, { count: 3, callers: [caller] }]]);
    const record = await retire(target, { usage: { ...QUIET, hits, silent: ['2026-11-09'] } });
    expect(failing(record)).toEqual({ usage: ['3 calls from 2026-11-07 to today'] });
    expect(record.retirements![0]!.callers).toEqual([caller]);
    const text = renderText(buildReport([record], { version: '0.0.0' }), { detail: 'summary' });
    expect(text).toContain('file:///srv/job.js:9:1 (build 1.2, host h1), 2026-11-20 11:00 UTC');

    const silent = ['2026-11-09', '2026-11-10', '2026-11-12'];
    expect(failing(await retire(target, { usage: { ...QUIET, silent } }))).toEqual({
      usage: [
        expect.stringContaining('heartbeats not on 3 days of the 14'),
        'no heartbeat from 2026-11-09 to 2026-11-10',
        'no heartbeat on 2026-11-12',
      ],
    });
  });

  test('as long as a proxy that stays imports it', async () => {
    const target = await migrated();
    const proxy = target.read(OLD);
    const importing = "import './old_router.ts';\nexport { Router as Third } from './router.ts';\n";
    target.write({ 'src/third.ts': 'export class Third {}\n' });
    target.describe({
      ...RETIRING,
      canonical: {
        ...RETIRING.canonical,
        'src/queue.ts': { Queue: { replaces: ['src/third.ts#Third'] } },
      },
    });
    target.write({
      'src/third.ts': `${proxy.slice(0, proxy.indexOf('import '))}${importing}`,
      'src/late.ts': "export { Third } from './third.ts';\n",
    });
    const { retirements } = await retire(target);
    expect(retirements!.map(({ proxy: one, goes }) => [one, goes])).toEqual([
      [OLD, false],
      ['src/third.ts', false],
    ]);
    expect(retirements![0]!.conditions[0]!.details).toEqual(['src/third.ts imports it']);
  });
});

test('the old implementation that was kept beside a proxy goes with it', async () => {
  const target = await migrated({}, { ...RETIRING, fallback: true });
  expect(target.read('src/old_router.legacy.ts')).toContain('class OldRouter');
  const record = await retire(target);
  expect(record.changes.map(({ file, kind }) => [file, kind])).toEqual([
    [OLD, 'delete'],
    ['src/old_router.legacy.ts', 'delete'],
  ]);
  expect(compile(target)).toBe('');
});

test('a proxy that only hands on has nothing to count: no usage file can tell of it', async () => {
  const target = new PhaseTarget(
    {
      ...ROUTERS,
      'src/old_place.ts': 'export const place = 1;\n',
      'src/app.ts': 'export {};\n',
      'test/app.test.ts': 'export {};\n',
    },
    {
      name: 'places',
      canonical: { 'src/new_place.ts': { exports: '*', replaces: ['src/old_place.ts'] } },
      deprecation: { until: '2026-01-01' },
      phases: [
        { name: 'consolidate', steps: ['proxies'] },
        { name: 'retire', steps: ['retire'] },
      ],
    },
  );
  await target.run(['consolidate']);
  const record = await retire(target, { usage: undefined });
  expect(record.retirements).toMatchObject([{ proxy: 'src/old_place.ts', goes: true }]);
  expect(compile(target)).toBe('');
});
