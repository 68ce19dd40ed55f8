import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/fixtures/**', 'test/codemods/*/*/input/**', 'test/codemods/*/*/expected/**'],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/setup.ts'],
    // Loading TypeScript for each file anew took half of the time.
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // Most tests wait for processes of their own; the default leaves one core idle.
    maxWorkers: availableParallelism(),
  },
});
