import { PackageRouter } from '@acme/router';
import { Logger } from '../src/core/logger';

jest.mock('../src/core/logger');
new PackageRouter(Logger);
