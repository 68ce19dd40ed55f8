import type { Position } from '../base/places.ts';
import type { Reason } from './usage.ts';

/** A file that was not read, not parsed, or not changed by a codemod, and why. A run that skips one says so and exits 1. */
export interface SkippedFile {
  /** Relative to the target's root. */
  readonly file: string;
  /**
   * `binary`, `not-utf-8`, `unreadable`, `syntax-error`; `held-by-types` for the change of a codemod; `error` for a crash
   * on this file, which stops no other.
   */
  readonly reason: Reason;
  /** Of the first syntax error. */
  readonly position?: Position;
  /** Of what was thrown, for `error`. */
  readonly stack?: string;
}

/** A file on which something crashed; `what` says it in words: `the codemod failed`. */
export function crashedOn(file: string, what: string, thrown: unknown): SkippedFile {
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const reason = { code: 'error', text: `${what}: ${message}` };
  return { file, reason, stack: (thrown instanceof Error && thrown.stack) || message };
}
