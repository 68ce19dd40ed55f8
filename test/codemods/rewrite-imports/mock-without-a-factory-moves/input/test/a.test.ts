import { LegacyRouter } from '@acme/legacy-router';
import { Logger } from '../src/core/logger';

jest.mock('../src/core/logger');
new LegacyRouter(Logger);
