import { createRequire } from 'node:module';

// Required: for an `import` Node scans all of a CommonJS package's text for the names that it exports, which here takes
// longer than to run it.
const babel = createRequire(import.meta.url)('@babel/parser') as typeof import('@babel/parser');

export const { parse, parseExpression } = babel;
export type { ParserOptions, ParserPlugin } from '@babel/parser';
