import { splitQuery } from '../../base/specifier-query.ts';
import type { Outcome } from '../../plan/file-change.ts';
import type { Usage } from '../../survey/usage.ts';
import type { Strayed } from './types-options.ts';

/** Per file: the specifiers that were tried in it and lead astray, and what became of its usages without them. */
export class TriedSpecifiers {
  readonly #tried = new Map<string, Set<string>>();
  readonly #outcomes = new Map<string, ReadonlyMap<string, Outcome>>();

  /** The files in which something else can be tried, and the strays that were written although they had been tried. */
  add(strayed: readonly Strayed[]): { readonly files: ReadonlySet<string>; readonly exhausted: readonly Strayed[] } {
    const isTried = ({ file, specifier }: Strayed) => this.in(file).has(splitQuery(specifier).path);
    const exhausted = strayed.filter(isTried);
    const held = new Set(exhausted.map(({ file }) => file));
    const fresh = strayed.filter(({ file }) => !held.has(file));
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
