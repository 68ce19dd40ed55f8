import { mock, test } from 'node:test';

mock.module('../src/legacy/old-router.js', { namedExports: { OldRouter: class {} }, cache: true });
test('a', async (t) => {
  t.mock.module('../src/legacy/old-router.js', { namedExports: { OldRouter: null } });
  const { OldRouter } = await import('../src/legacy/old-router.js');
  new OldRouter();
});
