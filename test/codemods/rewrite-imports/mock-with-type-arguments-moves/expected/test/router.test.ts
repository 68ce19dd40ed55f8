import { MessageRouter } from '../src/router/message-router';

vi.mock<typeof import('../src/router/message-router')>('../src/router/message-router', async (original) => {
  const actual = await original();
  return { ...actual, MessageRouter: vi.fn() };
});
vi.mock<typeof import('../src/router/message-router')>(import('../src/router/message-router'), () => ({ MessageRouter: vi.fn() }));
jest.mock<typeof import('../src/router/message-router')>('../src/router/message-router', () => ({
  ...jest.requireActual<typeof import('../src/router/message-router')>('../src/router/message-router'),
  MessageRouter: jest.fn(),
}));
const made = jest.createMockFromModule<typeof import('../src/router/message-router')>('../src/router/message-router');
made.MessageRouter.mockReset();
const { MessageRouter: Mock } = jest.genMockFromModule<typeof import('../src/router/message-router')>('../src/router/message-router');
const { MessageRouter: Actual } = await vi.importActual<typeof import('../src/router/message-router')>('../src/router/message-router');
const mocked = await vi.importMock<typeof import('../src/router/message-router')>('../src/router/message-router');
jest.unstable_mockModule<typeof import('../src/router/message-router')>('../src/router/message-router', () => ({ MessageRouter: Mock }));
vi.doUnmock('../src/router/message-router');
jest.deepUnmock('../src/router/message-router');
new MessageRouter(mocked.MessageRouter, Actual);
