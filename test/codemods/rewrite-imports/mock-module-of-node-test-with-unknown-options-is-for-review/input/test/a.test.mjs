import { mock } from 'node:test';
import options from './options.mjs';

mock.module('../src/core/audit.js', options);
mock.module('../src/core/audit.js', { defaultExport: 1 });
