import { MessageRouter } from '../src/router/message-router';

vi.mock('../src/router/message-router', () => ({ MessageRouter: vi.fn(), __esModule: true }));
vi.doMock("../src/router/message-router", () => {
  const made = vi.fn();
  return { 'MessageRouter': made };
});
vi.mock(import('../src/router/message-router'), async (importOriginal) => {
  const actual = await importOriginal<typeof import('../src/router/message-router')>();
  return { ...actual, MessageRouter: class extends actual.MessageRouter {} };
});
vi.mock('../src/router/message-router', async (importOriginal) => ({ ...(await importOriginal()), MessageRouter: vi.fn() }));
vi.mock('../src/router/message-router', async () => ({
  ...(await vi.importActual<typeof import('../src/router/message-router')>('../src/router/message-router')),
  MessageRouter: vi.fn(),
}));
vi.unmock('../src/router/message-router');
vi.mock('../src/router/message-router', { spy: true });
vi.mock('../src/router/message-router');
vi.mocked(MessageRouter).mockReset();
