import { OldRouter } from '../src/legacy/old-router';

vi.mock('../src/legacy/old-router', () => ({ OldRouter: vi.fn(), __esModule: true }));
vi.doMock("../src/legacy/old-router", () => {
  const made = vi.fn();
  return { 'OldRouter': made };
});
vi.mock(import('../src/legacy/old-router'), async (importOriginal) => {
  const actual = await importOriginal<typeof import('../src/legacy/old-router')>();
  return { ...actual, OldRouter: class extends actual.OldRouter {} };
});
vi.mock('../src/legacy/old-router', async (importOriginal) => ({ ...(await importOriginal()), OldRouter: vi.fn() }));
vi.mock('../src/legacy/old-router', async () => ({
  ...(await vi.importActual<typeof import('../src/legacy/old-router')>('../src/legacy/old-router')),
  OldRouter: vi.fn(),
}));
vi.unmock('../src/legacy/old-router');
vi.mock('../src/legacy/old-router', { spy: true });
vi.mock('../src/legacy/old-router');
vi.mocked(OldRouter).mockReset();
