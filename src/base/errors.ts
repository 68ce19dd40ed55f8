import type { Place } from './places.ts';

/** What a known error tells: all that a reader needs to go on, without a stack. */
export interface ErrorFacts {
  /** A stable name such as `MANIFEST_UNKNOWN_EXPORT`. */
  readonly code: string;
  /** What was asked and what was found, in one or two sentences. */
  readonly message: string;
  /** Where; printed as `file:line:column`. Absent when the error has no place in a file. */
  readonly where?: Place | { readonly file: string };
  /** Further lines, each one fact (a candidate, a diagnostic, a member). */
  readonly details?: readonly string[];
  /** The next command or edit that resolves it. */
  readonly next?: string;
  readonly cause?: unknown;
}

/**
 * An error that Reroute understands: wrong input, a refused action, a failed gate.
 * Commands print it without a stack. Anything else that is thrown is a fault of ours and keeps its stack.
 */
export class RerouteError extends Error {
  readonly code: string;
  readonly where: ErrorFacts['where'];
  readonly details: readonly string[];
  readonly next: string | undefined;

  constructor(facts: ErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'RerouteError';
    this.code = facts.code;
    this.where = facts.where;
    this.details = facts.details ?? [];
    this.next = facts.next;
  }
}
