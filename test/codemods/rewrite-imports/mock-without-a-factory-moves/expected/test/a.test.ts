import { PackageRouter } from '@acme/router';
import Logger from '../src/router/default-logger';

jest.mock('../src/router/default-logger');
new PackageRouter(Logger);
