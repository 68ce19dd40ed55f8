import { MessageRouter } from '../src/router/message-router';
import { Audit } from '../src/router/audit';

const mocks = vi.hoisted(() => ({ MessageRouter: vi.fn() }));
vi.mock('../src/router/message-router', () => mocks);
mocks.MessageRouter.mockReset();
const { MessageRouter: Mock } = mocks;
const mockOld = { __esModule: true, MessageRouter: class {} } as const;
jest.mock('../src/router/message-router', () => {
  return mockOld;
});
jest.setMock('../src/router/message-router', mockOld);
function made() {
  return { MessageRouter: vi.fn() };
}
vi.doMock('../src/router/message-router', made);
const factory = async (original) => ({ ...(await original()), MessageRouter });
vi.doMock('../src/router/message-router', factory);
const audit = { Audit: vi.fn() };
vi.mock(import('../src/router/audit'), () => audit);
expect(audit.Audit).toHaveBeenCalledWith(Mock, Audit);
