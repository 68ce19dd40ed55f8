import type { Position } from '../base/places.ts';
import type { Reason } from './usage.ts';

/** A file that was not read, not parsed, or not changed by a codemod, and why. A run that skips one says so and exits 1. */
export interface SkippedFile {
  /** Relative to the target's root. */
  readonly file: string;
  /** `binary`, `not-utf-8`, `syntax-error`; of a codemod: `codemod-error`, `held-by-types`. */
  readonly reason: Reason;
  /** Of the first syntax error. */
  readonly position?: Position;
}
