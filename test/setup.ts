import { afterAll, afterEach } from 'vitest';
import { cleanUpFile, cleanUpTest } from './clean-up.ts';

// Loaded anew for each test file.
afterEach(cleanUpTest);
afterAll(cleanUpFile);
