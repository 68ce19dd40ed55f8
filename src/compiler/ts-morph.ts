import { createRequire } from 'node:module';
import type * as Morph from 'ts-morph';

// Required, for the reason that base/babel-parser.ts gives: there are nine megabytes of it.
export const { Project, ts } = createRequire(import.meta.url)('ts-morph') as typeof Morph;
/** The types of {@link ts}. */
export type { ts as TS } from 'ts-morph';
