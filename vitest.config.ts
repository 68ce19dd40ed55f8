import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/fixtures/**', 'test/codemods/*/*/input/**', 'test/codemods/*/*/expected/**'],
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});
