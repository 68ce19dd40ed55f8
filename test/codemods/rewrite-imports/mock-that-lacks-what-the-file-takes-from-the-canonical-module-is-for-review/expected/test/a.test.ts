import { Audit } from '../src/core/audit';
import { auditTrail } from '../src/router/audit';

vi.mock('../src/core/audit', () => ({ Audit: vi.fn() }));
auditTrail(Audit);
