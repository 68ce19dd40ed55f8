import { OldRouter } from '../src/legacy/old-router';

vi.mock<typeof import('../src/legacy/old-router')>('../src/legacy/old-router', async (original) => {
  const actual = await original();
  return { ...actual, OldRouter: vi.fn() };
});
vi.mock<typeof import('../src/legacy/old-router')>(import('../src/legacy/old-router'), () => ({ OldRouter: vi.fn() }));
jest.mock<typeof import('../src/legacy/old-router')>('../src/legacy/old-router', () => ({
  ...jest.requireActual<typeof import('../src/legacy/old-router')>('../src/legacy/old-router'),
  OldRouter: jest.fn(),
}));
const made = jest.createMockFromModule<typeof import('../src/legacy/old-router')>('../src/legacy/old-router');
made.OldRouter.mockReset();
const { OldRouter: Mock } = jest.genMockFromModule<typeof import('../src/legacy/old-router')>('../src/legacy/old-router');
const { OldRouter: Actual } = await vi.importActual<typeof import('../src/legacy/old-router')>('../src/legacy/old-router');
const mocked = await vi.importMock<typeof import('../src/legacy/old-router')>('../src/legacy/old-router');
jest.unstable_mockModule<typeof import('../src/legacy/old-router')>('../src/legacy/old-router', () => ({ OldRouter: Mock }));
vi.doUnmock('../src/legacy/old-router');
jest.deepUnmock('../src/legacy/old-router');
new OldRouter(mocked.OldRouter, Actual);
