import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { GateInput } from '../../../src/manifest/define-migration.ts';
import { nodeDisk } from '../../../src/run/disk.ts';
import { phaseStates } from '../../../src/run/history.ts';
import { Ledger } from '../../../src/run/ledger.ts';
import { type Files, MIGRATION, PhaseTarget, ROUTERS } from './phase-target.ts';

const UNKNOWN = { 'src/unknown.ts': 'export const use = (it: any) => it.get_order();\n' };

function target(gates: readonly GateInput[], files: Files = {}): PhaseTarget {
  return new PhaseTarget({ ...ROUTERS, ...files }, { ...MIGRATION, gates: ['types', ...gates] });
}

async function stateOf(one: PhaseTarget, phase: string): Promise<string> {
  const states = phaseStates(new Ledger(nodeDisk, one.root), await one.migration());
  return states.find((state) => state.phase === phase)!.state;
}

/** Fails as often as `fails` says, and counts how often it ran. */
const flaky = (fails: number) => `import { existsSync, readFileSync, writeFileSync } from 'node:fs';
const runs = existsSync('node_modules/runs') ? Number(readFileSync('node_modules/runs', 'utf8')) : 0;
writeFileSync('node_modules/runs', String(runs + 1));
process.exit(runs < ${fails} ? 7 : 0);
`;

describe('budget', () => {
  test('with more places for review than allowed nothing is written', async () => {
    const one = target([{ budget: 0 }, 'node never.mjs'], UNKNOWN);
    one.describe({ ...MIGRATION, gates: ['types', { budget: 5 }] });
    await one.run(['consolidate']);
    one.describe({ ...MIGRATION, gates: ['types', { budget: 0 }, 'node never.mjs'] });
    const tree = one.tree({ ledger: false });
    const record = await one.phase('production');
    expect(record.account.review).toBeGreaterThan(0);
    expect(record.status).toBe('failed');
    expect(record.gates.map(({ gate, passed }) => [gate, passed])).toEqual([
      ['types', true],
      ['budget 0', false],
    ]);
    expect(record.gates[1]!.output).toContain(`${record.account.review} places are for review, 0 are allowed`);
    expect(one.tree({ ledger: false })).toEqual(tree);
  });

  test('a dry run fails it as well', async () => {
    const one = target([{ budget: 0 }], UNKNOWN);
    const { records } = await one.run('all', { dryRun: true });
    expect(records.at(-1)).toMatchObject({ phase: 'production', status: 'failed' });
  });

  test('as many as allowed pass', async () => {
    const one = target([{ budget: 50 }], UNKNOWN);
    const { records } = await one.run();
    expect(records.map(({ status }) => status)).not.toContain('failed');
    expect(records[1]!.gates[1]).toMatchObject({ gate: 'budget 50', passed: true });
  });
});

describe('clean', () => {
  const DIRTY =
    "import { appendFileSync } from 'node:fs';\nappendFileSync('README.md', 'seen');\nappendFileSync('made.txt', '');\n";

  test('a command that changes what the phase did not is told, and the phase is rolled back', async () => {
    const one = target(['clean', 'node gate.mjs'], { 'gate.mjs': DIRTY, 'README.md': '# App\n' });
    const record = await one.phase('consolidate');
    expect(record.status).toBe('failed');
    expect(record.gates.at(-1)).toMatchObject({ gate: 'clean', passed: false });
    expect(record.gates.at(-1)!.output).toBe('by the commands of the gates:\nREADME.md was changed\nmade.txt was made');
    expect(await stateOf(one, 'consolidate')).toBe('pending');
  });

  test('what git ignores may change', async () => {
    const one = target(['clean', 'node gate.mjs'], {
      'gate.mjs': DIRTY,
      'README.md': '# App\n',
      '.gitignore': 'made.txt\nREADME.md\n',
    });
    expect(await one.phase('consolidate')).toMatchObject({ status: 'done' });
  });
});

describe('a command', () => {
  test('that fails now and then is tried again as often as allowed', async () => {
    const files = { 'gate.mjs': flaky(2) };
    const one = target([{ command: 'node gate.mjs', retries: 2 }], files);
    const record = await one.phase('consolidate');
    expect(record.status).toBe('done');
    expect(record.gates[1]!.output).toContain('attempt 3 of 3');
    const other = target([{ command: 'node gate.mjs', retries: 1 }], files);
    expect((await other.phase('consolidate')).status).toBe('failed');
    expect(other.read('node_modules/runs')).toBe('2');
  });

  test('may take so long and no longer', async () => {
    const one = target([{ command: 'node gate.mjs', seconds: 0.5 }], { 'gate.mjs': 'setInterval(() => {}, 1000);\n' });
    const record = await one.phase('consolidate');
    expect(record.status).toBe('failed');
    expect(record.gates[1]!.output).toContain('stopped after its time limit of 0.5 s');
  });

  test('runs in a shell when it asks for one', async () => {
    const one = target([{ command: 'echo one && echo two > two.txt', shell: true }]);
    const record = await one.phase('consolidate');
    expect(record.gates[1]).toMatchObject({ gate: 'echo one && echo two > two.txt', passed: true });
    expect(one.read('two.txt').trim()).toBe('two');
  });
});

describe('no new failures', () => {
  const TAP = (failing: string) => `import { readFileSync } from 'node:fs';
const isNew = readFileSync('src/old_router.ts', 'utf8').includes('@generated');
console.log('TAP version 13');
for (const name of ${failing}) console.log('not ok 1 - ' + name);
process.exit(1);
`;
  const gate: GateInput = { command: 'node gate.mjs', noNewFailures: true };

  test('tests that failed before may fail', async () => {
    const record = await target([gate], { 'gate.mjs': TAP("['old', 'older']") }).phase('consolidate');
    expect(record.status).toBe('done');
    expect(record.gates[1]).toMatchObject({ passed: true });
    expect(record.gates[1]!.output).toContain('nothing new: these 2 tests failed before as well');
  });

  test('a test that passed before may not, though another one is mended', async () => {
    const record = await target([gate], { 'gate.mjs': TAP("isNew ? ['fresh'] : ['old']") }).phase('consolidate');
    expect(record.status).toBe('failed');
    expect(record.gates[1]!.output).toContain('failing tests that did not fail before:\nfresh');
  });

  test('without readable tests the exit codes are compared', async () => {
    const exits = (before: number, after: number) =>
      `import { readFileSync } from 'node:fs';\nprocess.exit(readFileSync('src/old_router.ts', 'utf8').includes('@generated') ? ${after} : ${before});\n`;
    const status = async (before: number, after: number) => {
      const record = await target([gate], { 'gate.mjs': exits(before, after) }).phase('consolidate');
      return [record.status, record.gates[1]!.output.split('\n').at(-1)];
    };
    expect(await status(3, 3)).toEqual(['done', 'nothing new: before the phase it ended with exit code 3 as well']);
    expect(await status(3, 4)).toEqual(['failed', 'before the phase it ended with 3']);
    expect(await status(0, 3)).toEqual(['failed', 'new: before the phase it passed']);
    expect((await status(3, 0))[0]).toBe('done');
  });
});

describe('--keep', () => {
  const gate = "import { existsSync } from 'node:fs';\nprocess.exit(existsSync('mended') ? 0 : 1);\n";

  test('leaves what is written; the phase is not done until its gates pass', async () => {
    const one = target(['node gate.mjs'], { 'gate.mjs': gate });
    const record = await one.phase('consolidate', { keep: true });
    expect(record.status).toBe('kept');
    expect(one.read('src/old_router.ts')).toContain('@generated');
    expect(await stateOf(one, 'consolidate')).toBe('kept');
    await expect(one.run(['production'])).rejects.toMatchObject({ code: 'PHASE_ORDER' });
    expect((await one.phase('consolidate')).status).toBe('failed');
    expect(await stateOf(one, 'consolidate')).toBe('kept');
    expect(one.read('src/old_router.ts')).toContain('@generated');
    one.write({ mended: '' });
    expect((await one.phase('consolidate')).status).toBe('nochange');
    expect(await stateOf(one, 'consolidate')).toBe('done');
  });

  test('keeps nothing of a phase that the check in memory refuses', async () => {
    const one = target([{ budget: 0 }], { ...UNKNOWN });
    const { records } = await one.run('all', { keep: true });
    expect(records.at(-1)).toMatchObject({ phase: 'production', status: 'failed' });
    expect(existsSync(path.join(one.root, 'src/old_router.ts'))).toBe(true);
  });
});
