import { OldRouter } from '../src/legacy/old-router';
import { Audit } from '../src/core/audit';

const mocks = vi.hoisted(() => ({ OldRouter: vi.fn() }));
vi.mock('../src/legacy/old-router', () => mocks);
mocks.OldRouter.mockReset();
const { OldRouter: Mock } = mocks;
const mockOld = { __esModule: true, OldRouter: class {} } as const;
jest.mock('../src/legacy/old-router', () => {
  return mockOld;
});
jest.setMock('../src/legacy/old-router', mockOld);
function made() {
  return { OldRouter: vi.fn() };
}
vi.doMock('../src/legacy/old-router', made);
const factory = async (original) => ({ ...(await original()), OldRouter });
vi.doMock('../src/legacy/old-router', factory);
const audit = { Audit: vi.fn() };
vi.mock(import('../src/core/audit'), () => audit);
expect(audit.Audit).toHaveBeenCalledWith(Mock, Audit);
