import type { TextRange } from '../base/places.ts';
import type { Reason, Usage } from '../survey/usage.ts';

/** One splice: the characters of `range` in the file's text before become `text`. */
export interface Edit {
  readonly range: TextRange;
  readonly text: string;
  /** The ids of the usages that this edit answers; empty for an edit that only supports others (a new import). */
  readonly usages: readonly string[];
  /** Edits with the same group only make sense together; held back together. */
  readonly group: string;
}

/** What happens to one file. Made by `rewrite/` and `proxy/`, written by `run/`, shown by `report/`. */
export interface FileChange {
  /** Relative to the target's root. */
  readonly file: string;
  readonly kind: 'create' | 'modify' | 'delete';
  /** Text without a byte order mark. `undefined` for `create`. */
  readonly before: string | undefined;
  /** `undefined` for `delete`. */
  readonly after: string | undefined;
  /** Whether the file begins with a byte order mark; kept. */
  readonly bom: boolean;
  /** In order, not overlapping. Empty for proxies and foreign codemods, which change the whole text. */
  readonly edits: readonly Edit[];
  /** The step that made it: `proxies`, `imports`, `members`, `retire`, or a codemod's path. Several are joined with `+`. */
  readonly step: string;
}

/** What became of one usage. found = edited + review + left, always. */
export interface Outcome {
  readonly usage: Usage;
  readonly result: 'edited' | 'review' | 'left';
  /** Why it is not edited; for `edited` absent. */
  readonly reason?: Reason;
}

export interface Account {
  readonly found: number;
  readonly edited: number;
  readonly review: number;
  readonly left: number;
}
