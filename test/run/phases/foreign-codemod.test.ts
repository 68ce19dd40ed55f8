import { describe, expect, test } from 'vitest';
import type { PhaseInput } from '../../../src/manifest/define-migration.ts';
import { nodeDisk } from '../../../src/run/disk.ts';
import { Ledger } from '../../../src/run/ledger.ts';
import { rollback } from '../../../src/run/rollback.ts';
import { changed, type Files, MIGRATION, PhaseTarget, ROUTERS, treeOf } from './phase-target.ts';

/** Renames an identifier everywhere, as any transform from elsewhere would. */
const RENAME = `module.exports = function rename(file, { j }, { from, to }) {
  const root = j(file.source);
  const found = root.find(j.Identifier, { name: from });
  if (found.size() === 0) return undefined;
  found.forEach((path) => { path.node.name = to; });
  return root.toSource();
};
`;

/** A phase that renames in \`src\`. */
function renaming(from: string, to: string, steps: PhaseInput['steps'] = []): PhaseInput {
  return {
    name: 'renaming',
    files: ['src/**'],
    steps: [...steps, { codemod: 'rename/transform.cjs', options: { from, to } }],
  };
}

function targetOf(phases: readonly PhaseInput[], files: Files = {}, gates: string[] = ['types']): PhaseTarget {
  return new PhaseTarget({ ...ROUTERS, 'rename/transform.cjs': RENAME, ...files }, { ...MIGRATION, phases, gates });
}

describe('a jscodeshift transform as a step', () => {
  test('changes the files of its phase, is in the record and the ledger, and rolls back byte for byte', async () => {
    const queue = `\uFEFF${(ROUTERS['src/queue.ts'] as string).replaceAll('\n', '\r\n')}`;
    const target = targetOf([renaming('job', 'work')], {
      'src/queue.ts': queue,
      'lib/job.ts': 'export const job = 1;\n',
    });
    const tree = target.tree({ ledger: false });
    const record = await target.phase('renaming');
    expect(record.status).toBe('done');
    expect(record.changes.map(({ file, step, kind, edits }) => [file, step, kind, edits.length])).toEqual([
      ['src/queue.ts', 'rename', 'modify', 0],
    ]);
    expect(target.read('src/queue.ts')).toBe(queue.replaceAll('job:', 'work:').replaceAll('(job)', '(work)'));
    expect(record.gates[0]).toMatchObject({ gate: 'types', passed: true });
    const ledger = new Ledger(nodeDisk, target.root);
    expect(ledger.runs().flatMap(({ intents }) => intents.map(({ file }) => file))).toEqual(['src/queue.ts']);
    rollback({ disk: nodeDisk, ledger, what: 'all', migration: 'routers', now: new Date(Date.UTC(2026, 10, 22)) });
    expect(target.tree({ ledger: false })).toEqual(tree);
  });

  test('runs on what the other steps of its phase left, as one change', async () => {
    const target = targetOf([
      { name: 'consolidate', steps: ['proxies'] },
      renaming('router', 'mainRouter', ['imports', 'members']),
    ]);
    target.write({ 'test/app.test.ts': 'export {};\n' });
    const { records } = await target.run('all');
    const [change] = records[1]!.changes.filter(({ file }) => file === 'src/app.ts');
    expect(change!.step).toBe('imports+members+rename');
    expect(change!.before).toBe(ROUTERS['src/app.ts']);
    expect(target.read('src/app.ts')).toMatch(/import \{ Router \}[\s\S]*mainRouter\.addHandler\('ping'/);
    expect(
      records[1]!.outcomes.filter(({ usage, result }) => usage.place.file === 'src/app.ts' && result === 'edited'),
    ).toHaveLength(5);
  });

  test('leaves the files of other phases, the proxies and the manifest alone', async () => {
    const target = targetOf(
      [
        { name: 'consolidate', steps: ['proxies'] },
        { name: 'production', files: ['src/**'], steps: ['imports', 'members'] },
        {
          name: 'marking',
          files: ['test/**', 'src/old_router.ts', '*.ts'],
          steps: [{ codemod: 'mark/transform.cjs' }],
        },
      ],
      {
        'mark/transform.cjs':
          "module.exports = ({ source }) => source.startsWith('// seen') ? undefined : '// seen\\n' + source;\n",
        'test/other.ts': 'export const start = 1;\n',
      },
    );
    const manifest = target.read('reroute.config.ts');
    const { records } = await target.run('all');
    expect(changed(records[2]!)).toEqual(['test/app.test.ts', 'test/other.ts']);
    expect(target.read('src/app.ts')).not.toContain('// seen');
    expect(target.read('src/old_router.ts')).not.toContain('// seen');
    expect(target.read('reroute.config.ts')).toBe(manifest);
    const again = await target.run('all');
    expect(again.records.map(({ status }) => status)).toEqual(['nochange', 'nochange', 'nochange']);
  });

  test('runs in a phase of its own after one with the same files', async () => {
    const target = targetOf([
      { name: 'consolidate', steps: ['proxies'] },
      { name: 'production', files: ['src/**'], steps: ['imports', 'members'] },
      renaming('job', 'work'),
    ]);
    const { records } = await target.run('all');
    expect(changed(records[2]!)).toContain('src/queue.ts');
  });

  test('writes nothing in a dry run, not even a cache', async () => {
    const target = targetOf([renaming('job', 'work')]);
    target.write({ 'node_modules/.keep': '' });
    const tree = treeOf(target.root);
    const record = await target.phase('renaming', { dryRun: true });
    expect(changed(record)).toEqual(['src/queue.ts']);
    expect(treeOf(target.root)).toEqual(tree);
  });
});

describe('a transform whose change brings a diagnostic', () => {
  test('is held back as a whole in that file, with the diagnostic; other files stay changed', async () => {
    // The class is renamed in its own file and in `app.ts`; the test that uses it is not in the phase.
    const target = targetOf([renaming('push', 'shove')], {
      'src/list.ts': 'export const shove = 1;\nexport const push = shove;\n',
    });
    target.write({ 'src/list.ts': 'const push = 1;\nexport const list = push;\n' });
    const record = await target.phase('renaming');
    expect(changed(record)).toEqual(['src/list.ts']);
    expect(target.read('src/queue.ts')).toBe(ROUTERS['src/queue.ts']);
    expect(record.skipped).toEqual([
      {
        file: 'src/queue.ts',
        reason: {
          code: 'held-by-types',
          text: expect.stringMatching(
            /^the change of a codemod is held back, because it would bring TS\d+ .*shove.*\(src\/queue\.ts:4:16\)$/,
          ),
        },
      },
    ]);
    expect(record.gates[0]).toMatchObject({ gate: 'types', passed: true });
  });

  test('is held back also when the diagnostic stands in a file that imports it', async () => {
    const target = targetOf([renaming('start', 'begin')]);
    const record = await target.phase('renaming');
    expect(record.status).toBe('nochange');
    expect(record.skipped.map(({ file, reason }) => [file, reason.code])).toEqual([['src/app.ts', 'held-by-types']]);
    expect(record.skipped[0]!.reason.text).toContain('test/app.test.ts:1:10');
    expect(target.read('src/app.ts')).toBe(ROUTERS['src/app.ts']);
  });

  test('takes the edits of the other steps in that file along: they are for review', async () => {
    const target = targetOf([
      { name: 'consolidate', steps: ['proxies'] },
      renaming('start', 'begin', ['imports', 'members']),
    ]);
    const { records } = await target.run('all');
    expect(target.read('src/app.ts')).toBe(ROUTERS['src/app.ts']);
    const own = records[1]!.outcomes.filter(({ usage }) => usage.place.file === 'src/app.ts');
    expect(own.filter(({ result }) => result === 'edited')).toEqual([]);
    expect(own.filter(({ result }) => result === 'review')).toHaveLength(5);
  });
});

describe('a transform that fails', () => {
  test('on one file does not stop the others', async () => {
    const target = targetOf([{ name: 'renaming', files: ['src/**'], steps: [{ codemod: 'rename/transform.cjs' }] }], {
      'rename/transform.cjs':
        "module.exports = (file, { j }) => { if (file.path.endsWith('app.ts')) throw new Error('no idea'); j(file.source); return file.source + '// seen\\n'; };\n",
      'src/broken.ts': 'export const = 1;\n',
    });
    const record = await target.phase('renaming');
    expect(changed(record)).toEqual(['src/old_router.ts', 'src/queue.ts', 'src/router.ts']);
    expect(record.skipped).toEqual([
      {
        file: 'src/app.ts',
        reason: { code: 'error', text: 'the codemod failed: Error: no idea' },
        stack: expect.stringMatching(/^Error: no idea\n +at .*transform\.cjs/),
      },
      {
        file: 'src/broken.ts',
        position: { line: 1, column: 14 },
        reason: { code: 'syntax-error', text: expect.stringMatching(/^does not parse: /) },
      },
    ]);
    expect(target.read('src/app.ts')).toBe(ROUTERS['src/app.ts']);
  });

  test('by not being one is a clear error, and nothing is written', async () => {
    const target = targetOf([renaming('a', 'b')], { 'rename/transform.cjs': 'module.exports = { rename() {} };\n' });
    const tree = target.tree({ ledger: false });
    await expect(target.phase('renaming')).rejects.toMatchObject({
      code: 'CODEMOD_NOT_A_TRANSFORM',
      where: { file: expect.stringContaining('rename/transform.cjs') },
    });
    expect(target.tree({ ledger: false })).toEqual(tree);
  });
});
