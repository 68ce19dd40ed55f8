import { createRequire } from 'node:module';
import type * as Morph from 'ts-morph';

// Required: for an `import` Node scans all of a CommonJS package for the names that it exports, here nine megabytes.
export const { Project, ts } = createRequire(import.meta.url)('ts-morph') as typeof Morph;
/** The types of {@link ts}. */
export type { ts as TS } from 'ts-morph';
