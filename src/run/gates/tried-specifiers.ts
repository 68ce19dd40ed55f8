import { splitQuery } from '../../base/specifier-query.ts';
import type { Outcome } from '../../plan/file-change.ts';
import type { Reason, Usage } from '../../survey/usage.ts';
import type { Strayed } from './types-options.ts';

/** Per file: the specifiers that were tried in it and lead astray, and what became of its usages without them. */
export class TriedSpecifiers {
  readonly #tried = new Map<string, Set<string>>();
  readonly #outcomes = new Map<string, ReadonlyMap<string, Outcome>>();

  /** The files in which something else can be tried, and why those in which a stray was written again are held back. */
  add(strayed: readonly Strayed[]): {
    readonly files: ReadonlySet<string>;
    readonly exhausted: ReadonlyMap<string, Reason>;
  } {
    const exhausted = new Map<string, Reason>();
    for (const { file, specifier } of strayed) {
      if (!this.in(file).has(splitQuery(specifier).path)) continue;
      const text = `held back, because the new specifier '${specifier}' does not lead to the canonical module`;
      exhausted.set(file, { code: 'strayed-specifier', text });
    }
    const fresh = strayed.filter(({ file }) => !exhausted.has(file));
    for (const { file, specifier } of fresh)
      this.#tried.set(file, new Set([...this.in(file), splitQuery(specifier).path]));
    return { files: new Set(fresh.map(({ file }) => file)), exhausted };
  }

  in(file: string): ReadonlySet<string> {
    return this.#tried.get(file) ?? new Set();
  }

  /** Takes down what became of a file's usages when it was written anew. */
  remade(file: string, outcomes: readonly Outcome[]): void {
    this.#outcomes.set(file, new Map(outcomes.map((outcome) => [outcome.usage.id, outcome])));
  }

  /** What became of a usage when its file was written anew; `undefined` when it was not. */
  outcome({ id, place }: Usage): Outcome | undefined {
    return this.#outcomes.get(place.file)?.get(id);
  }
}
