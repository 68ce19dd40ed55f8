import { createRequire } from 'node:module';

// Required, for the same reason as in babel-parser.ts.
export const { createJiti } = createRequire(import.meta.url)('jiti') as typeof import('jiti');
