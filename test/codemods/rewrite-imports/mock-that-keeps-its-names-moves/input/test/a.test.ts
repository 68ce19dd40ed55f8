import { Audit } from '../src/core/audit';

vi.mock('../src/core/audit', () => ({ Audit: vi.fn() }));
vi.mock(import('../src/core/audit'));
jest.mock('../src/core/audit', () => {
  return { __esModule: true, 'Audit': class {} };
});
new Audit();
