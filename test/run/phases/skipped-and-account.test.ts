import { expect, test } from 'vitest';
import { accountFor } from '../../../src/rewrite/account.ts';
import { changed, MIGRATION, PhaseTarget, ROUTERS, told } from './phase-target.ts';

const BROKEN = `import { OldRouter } from './old_router.ts';
const router = new OldRouter();
router.register_handler('ping', (: string) => {});
`;

test('a file with syntax errors is skipped with its position, and its places go to review', async () => {
  const target = new PhaseTarget({ ...ROUTERS, 'src/broken.ts': BROKEN }, MIGRATION);
  const { records } = await target.run('all');
  const [consolidate, production, tests] = records;
  expect(production!.skipped).toEqual([
    {
      file: 'src/broken.ts',
      position: { line: 3, column: 34 },
      reason: { code: 'syntax-error', text: expect.stringMatching(/^does not parse: ./) },
    },
  ]);
  expect(told(production!).filter((line) => line.startsWith('src/broken.ts'))).toEqual([
    'src/broken.ts:1 OldRouter review syntax-error',
    'src/broken.ts:1 ./old_router.ts review syntax-error',
    'src/broken.ts:2 OldRouter review syntax-error',
    'src/broken.ts:3 register_handler review syntax-error',
  ]);
  expect(target.read('src/broken.ts')).toBe(BROKEN);
  // The others go on, and a skipped file is told in its own phase only.
  expect(records.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  expect(changed(tests!)).toEqual(['src/app.ts', 'test/app.test.ts']);
  expect([consolidate!.skipped, tests!.skipped]).toEqual([[], []]);
});

test('a file that is not UTF-8, or binary, is skipped with the reason', async () => {
  const latin1 = Buffer.from("import { OldRouter } from './old_router.ts'; // Zürich\n", 'latin1');
  const binary = Buffer.from("import { OldRouter } from './old_router.ts'; // \0\n");
  const target = new PhaseTarget({ ...ROUTERS, 'src/latin1.ts': latin1, 'src/binary.ts': binary }, MIGRATION);
  const { records } = await target.run(['consolidate', 'production']);
  expect(records[1]!.skipped.map(({ file, reason }) => [file, reason.code])).toEqual([
    ['src/binary.ts', 'binary'],
    ['src/latin1.ts', 'not-utf-8'],
  ]);
  expect(target.bytes('src/latin1.ts')).toEqual(latin1);
  expect(target.bytes('src/binary.ts')).toEqual(binary);
});

test('found = edited + review + left in every record, and each found place is told once', async () => {
  const target = new PhaseTarget(
    {
      ...ROUTERS,
      'src/any.ts':
        "import { OldRouter } from './old_router.ts';\ndeclare const any: any;\nany.register_handler();\nnew OldRouter();\n",
      'src/broken.ts': BROKEN,
      'docs/example.ts': "import { OldRouter } from '../src/old_router.ts';\nnew OldRouter().get_order();\n",
    },
    MIGRATION,
  );
  const { records } = await target.run('all');
  for (const record of records) {
    const { found, edited, review, left } = record.account;
    expect(edited + review + left).toBe(found);
    expect(record.outcomes).toHaveLength(found);
    expect(new Set(record.outcomes.map(({ usage }) => usage.id)).size).toBe(found);
    for (const result of ['edited', 'review', 'left'] as const) {
      expect(record.outcomes.filter((outcome) => outcome.result === result)).toHaveLength(record.account[result]);
    }
  }
  const production = records[1]!;
  expect(production.account.review).toBeGreaterThan(0);
  expect(production.account.left).toBeGreaterThan(0);
  expect(told(production)).toContain('src/any.ts:3 register_handler review any');
  // In no phase: neither edited nor told.
  expect(records.flatMap(told).filter((line) => line.startsWith('docs/'))).toEqual([]);

  const { outcomes, account } = production;
  expect(accountFor(outcomes, account.found)).toEqual(account);
  expect(() => accountFor(outcomes.slice(1), account.found)).toThrow(/found \d+ places/);
  expect(() => accountFor([...outcomes.slice(1), outcomes[1]!], account.found)).toThrow(/distinct/);
  expect(() => accountFor(outcomes, account.found + 1)).toThrow();
});

test('a step that a phase does not have leaves its places for a later one', async () => {
  const target = new PhaseTarget(ROUTERS, {
    ...MIGRATION,
    phases: [
      { name: 'consolidate', steps: ['proxies'] },
      { name: 'members', files: ['**'], steps: ['members'] },
      { name: 'imports', files: ['**'], steps: ['imports'] },
    ],
  });
  const { records } = await target.run('all');
  expect(told(records[1]!)).toContain('src/app.ts:1 ./old_router.ts left other-step');
  expect(told(records[1]!)).toContain('src/app.ts:7 register_handler edited');
  expect(told(records[2]!)).toContain('src/app.ts:1 ./old_router.ts edited');
  expect(target.read('src/app.ts')).toMatch(/from '\.\/router\.ts'[\s\S]*addHandler/);
});
