import { expect, test } from 'vitest';
import { PhaseTarget, ROUTERS, told } from '../run/phases/phase-target.ts';

const MOCKING = `import { OldRouter } from '../src/old_router.ts';
vi.mock('../src/old_router.ts');
new OldRouter();
`;

async function migrate(files: Readonly<Record<string, string>>) {
  const { 'test/app.test.ts': _app, ...routers } = ROUTERS;
  const target = new PhaseTarget(
    { ...routers, ...files, 'test/globals.d.ts': 'declare const vi: any;\n', 'test/use.test.ts': MOCKING },
    {
      name: 'mocks',
      canonical: {
        'src/router.ts': {
          Router: {
            replaces: ['src/old_router.ts#OldRouter'],
            members: { register_handler: 'addHandler', get_order: 'getOrder' },
          },
        },
      },
      phases: [{ name: 'tests', files: ['test/**'], steps: ['imports', 'members'] }],
      gates: ['types'],
    },
    { runtime: false },
  );
  const record = await target.phase('tests');
  return { after: target.read('test/use.test.ts'), told: told(record) };
}

test('a mock without a factory moves with the imports beside it', async () => {
  const { after } = await migrate({});
  expect(after).toBe(MOCKING.replaceAll('old_router', 'router').replaceAll('OldRouter', 'Router'));
});

test('where a __mocks__ folder keeps the mock it is for review, and the imports stay with it', async () => {
  const { after, told } = await migrate({ 'src/__mocks__/old_router.ts': 'export class OldRouter {}\n' });
  expect(after).toBe(MOCKING);
  expect(told).toContain('test/use.test.ts:2 ../src/old_router.ts review manual-mock');
  expect(told.filter((line) => line.endsWith(' edited'))).toEqual([]);
});
