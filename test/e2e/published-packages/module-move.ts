import type { RunRecord } from '../../../src/run/run-record.ts';
import { applyEdits, Oracle, type OracleEdit } from './oracle.ts';
import { PackageTarget } from './package-target.ts';
import { outcomesByPlace, type Score, score } from './score.ts';

export interface MoveOptions {
  readonly name: 'three' | 'rxjs';
  /** Files of the package beside `src`. */
  readonly beside: readonly string[];
  readonly old: string;
  readonly new: string;
  /** Compiler options that the language service takes. */
  readonly options: ConstructorParameters<typeof Oracle>[1];
}

/** A module of a published package that is to move: what the language service would do, and what a run did. */
export class ModuleMove {
  readonly target: PackageTarget;
  /** The language service's edits, by file as it stood. */
  readonly expected: ReadonlyMap<string, readonly OracleEdit[]>;
  /** The tree before the run. */
  readonly published: Readonly<Record<string, string>>;
  /** Of the run; empty before it. */
  records: readonly RunRecord[] = [];
  readonly #options: MoveOptions;

  constructor(options: MoveOptions) {
    this.#options = options;
    const { name, beside, old } = options;
    this.target = new PackageTarget(name, beside, { [options.new]: { exports: '*', replaces: [old] } });
    this.expected = new Oracle(this.target.root, options.options).move(old, options.new);
    this.published = this.target.tree();
  }

  async run(): Promise<void> {
    this.records = await this.target.run();
  }

  /** The edits in other files than the module itself. */
  importers(): readonly (readonly [file: string, edits: readonly OracleEdit[]])[] {
    return [...this.expected].filter(([file]) => file !== this.#options.old);
  }

  /** Edited places beside those that the language service would edit; and how many were edited. */
  compared(): Score & { readonly edited: number } {
    const edited = this.records.flatMap(({ changes }) =>
      changes.flatMap(({ file, edits }) => edits.map(({ range }) => `${file}:${range.start}`)),
    );
    const places = this.importers().flatMap(([file, edits]) => edits.map(({ start }) => `${file}:${start}`));
    const result = score(`${this.#options.name}, ${this.#options.old}`, new Set(edited), new Set(places));
    return { ...result, edited: edited.length };
  }

  /** What the language service would make of a file, by its path as it stood. */
  expectedText(file: string): string {
    return applyEdits(this.target.published(file), this.expected.get(file) ?? []);
  }

  /** Paths that are there now and were not, or the other way round, or whose bytes differ; sorted. */
  changed(): readonly string[] {
    const after = this.target.tree();
    const all = Object.keys({ ...this.published, ...after });
    return all.filter((file) => after[file] !== this.published[file]).sort();
  }

  phases(): readonly string[] {
    return this.records.map(({ phase, status }) => `${phase} ${status}`);
  }

  /** `src/a.ts left in a comment …`: what became of each place that was not edited. */
  notEdited(): readonly string[] {
    return [...outcomesByPlace(this.records).values()]
      .filter(({ result }) => result !== 'edited')
      .map(({ usage, result, reason }) => `${usage.place.file} ${result} ${reason!.text}`);
  }
}
