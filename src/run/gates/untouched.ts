import { statSync } from 'node:fs';
import type { GateResult } from '../run-record.ts';

/** What tells a file apart from the same file written again. */
type Stamp = string;

/**
 * The gate `clean`: what stands in the target but git ignores, before the commands and after. It executes nothing: what a
 * repository configures (filters, file monitors) would run with git's own comparison.
 */
export class Untouched {
  readonly #list: () => readonly string[];
  readonly #absolute: (file: string) => string;
  readonly #before: ReadonlyMap<string, Stamp>;

  /** Takes down how everything is now. `list` gives paths relative to the target. */
  constructor(list: () => readonly string[], absolute: (file: string) => string) {
    this.#list = list;
    this.#absolute = absolute;
    this.#before = this.#stamps();
  }

  /** Passes when everything is as it was. */
  check(): GateResult {
    const start = performance.now();
    const now = this.#stamps();
    const changed = [...now].flatMap(([file, stamp]) => {
      const before = this.#before.get(file);
      if (before === stamp) return [];
      return [`${file} was ${before === undefined ? 'made' : 'changed'}`];
    });
    const gone = [...this.#before.keys()].filter((file) => !now.has(file)).map((file) => `${file} was removed`);
    const findings = [...changed, ...gone].sort();
    return {
      gate: 'clean',
      passed: findings.length === 0,
      output: findings.length === 0 ? '' : `by the commands of the gates:\n${findings.join('\n')}`,
      milliseconds: Math.round(performance.now() - start),
    };
  }

  #stamps(): ReadonlyMap<string, Stamp> {
    return new Map(
      this.#list().flatMap((file) => {
        const found = statSync(this.#absolute(file), { throwIfNoEntry: false, bigint: true });
        return found ? [[file, `${found.ino} ${found.size} ${found.mtimeNs} ${found.mode}`] as const] : [];
      }),
    );
  }
}
