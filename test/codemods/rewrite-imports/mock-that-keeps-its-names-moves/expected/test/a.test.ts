import { Audit } from '../src/router/audit';

vi.mock('../src/router/audit', () => ({ Audit: vi.fn() }));
vi.mock(import('../src/router/audit'));
jest.mock('../src/router/audit', () => {
  return { __esModule: true, 'Audit': class {} };
});
new Audit();
