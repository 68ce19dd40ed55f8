import { Audit } from '../src/core/audit';
import { factory, other } from './factory';

vi.mock('../src/core/audit', factory);
vi.doMock('../src/core/audit', () => ({ ...other, Audit }));
vi.doMock('../src/core/audit', () => (other ? { Audit } : {}));
vi.doMock('../src/core/audit', (original) => load(original));
vi.doMock('../src/core/audit', () => ({ Audit, helper: 1 }));
