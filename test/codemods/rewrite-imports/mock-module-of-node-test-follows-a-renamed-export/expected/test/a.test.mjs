import { mock, test } from 'node:test';

mock.module('../src/router/message-router.js', { namedExports: { MessageRouter: class {} }, cache: true });
test('a', async (t) => {
  t.mock.module('../src/router/message-router.js', { namedExports: { MessageRouter: null } });
  const { MessageRouter } = await import('../src/router/message-router.js');
  new MessageRouter();
});
