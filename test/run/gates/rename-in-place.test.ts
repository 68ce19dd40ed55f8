import { expect, test } from 'vitest';
import { PhaseTarget, TSCONFIG, told } from '../phases/phase-target.ts';

const FILES = {
  'package.json': '{ "name": "target", "type": "module", "private": true }\n',
  'tsconfig.json': TSCONFIG,
  'src/base.ts': 'export class Base {\n  emit(value: number): number {\n    return value;\n  }\n}\n',
  'src/late.ts': `import { Base } from './base.ts';

export class Late extends Base {
  emit(value: number): number {
    return super.emit(value) + 1;
  }
}
`,
  'src/use.ts': "import { Late } from './late.ts';\n\nexport const five = new Late().emit(4);\n",
};

const RENAME = {
  name: 'rename',
  canonical: { 'src/base.ts': { Base: { members: { emit: 'send' } } } },
  phases: [{ name: 'rename', steps: ['members' as const] }],
};

test('an override that has to keep its name keeps the whole family’s: half of it would override nothing', async () => {
  const target = new PhaseTarget(
    {
      ...FILES,
      'src/sink.ts':
        "import { Late } from './late.ts';\n\nfunction sink(to: { emit(value: number): number }) {\n  return to.emit(1);\n}\nexport const two = sink(new Late());\n",
    },
    RENAME,
  );
  const record = await target.phase('rename');
  expect(told(record)).toEqual([
    'src/base.ts:2 emit review held-by-types',
    'src/late.ts:4 emit review held-by-types',
    'src/late.ts:5 emit review held-by-types',
    'src/sink.ts:3 emit review shared-interface',
    'src/sink.ts:4 emit review shared-interface',
    'src/use.ts:3 emit review held-by-types',
  ]);
  expect(record.changes).toEqual([]);
});

test('a caller in a later phase holds the family back until that phase, which then renames all of it', async () => {
  const target = new PhaseTarget(
    { ...FILES, 'test/use.test.ts': "import { Base } from '../src/base.ts';\n\nnew Base().emit(1);\n" },
    { name: RENAME.name, canonical: RENAME.canonical },
  );
  const { records } = await target.run();
  const [production, , tests] = records;
  expect(production!.changes).toEqual([]);
  expect(new Set(production!.outcomes.map(({ reason }) => reason!.code))).toEqual(new Set(['waits']));
  expect(told(tests!)).toEqual([
    'src/base.ts:2 emit edited',
    'src/late.ts:4 emit edited',
    'src/late.ts:5 emit edited',
    'src/use.ts:3 emit edited',
    'test/use.test.ts:3 emit edited',
  ]);
});

test('without a reason to hold it back, the family is renamed as a whole', async () => {
  const record = await new PhaseTarget(FILES, RENAME).phase('rename');
  expect(told(record)).toEqual([
    'src/base.ts:2 emit edited',
    'src/late.ts:4 emit edited',
    'src/late.ts:5 emit edited',
    'src/use.ts:3 emit edited',
  ]);
});
