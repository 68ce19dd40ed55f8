import { OldRouter } from '../src/legacy/old-router';
import { Audit } from '../src/core/audit';
import { Logger } from '../src/core/logger';
import { LegacyRouter } from '@acme/legacy-router';
import { MessageRouter } from '../src/core/message-router';

const mocks = { OldRouter: vi.fn() };
vi.mock('../src/legacy/old-router', () => mocks);
use(mocks);
export const audits = { Audit: vi.fn() };
vi.mock('../src/core/audit', () => audits);
let loggers = { Logger: vi.fn() };
vi.mock('../src/core/logger', () => loggers);
function make() { return { LegacyRouter: vi.fn() }; }
vi.mock('@acme/legacy-router', make);
make();
const both = { MessageRouter: vi.fn(), helper() {} };
vi.mock('../src/core/message-router', () => both);
