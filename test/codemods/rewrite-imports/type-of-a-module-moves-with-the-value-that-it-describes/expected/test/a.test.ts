let held: typeof import('../src/router/message-router');
beforeEach(async () => {
  vi.resetModules();
  held = await import('../src/router/message-router');
});
test('a', () => new held.MessageRouter());
const cast = require('../src/router/message-router') as typeof import('../src/router/message-router');
const actual = await vi.importActual<typeof import('../src/router/message-router')>('../src/router/message-router');
const { MessageRouter } = jest.requireActual<typeof import('../src/router/message-router')>('../src/router/message-router');
export const all = [new cast.MessageRouter(), actual.MessageRouter, MessageRouter];
