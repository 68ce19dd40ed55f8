import type { Edit, FileChange, Outcome } from '../../plan/file-change.ts';
import type { SkippedFile } from '../../survey/skipped-file.ts';
import type { Reason } from '../../survey/usage.ts';

/** What is held back so far, and why. */
export class HeldBack {
  readonly #edits = new Map<Edit, Reason>();
  /** Per file: the reason for usages that no edit of their own answers. */
  readonly #files = new Map<string, Reason>();
  /** Changes of foreign codemods, by file. */
  readonly #whole = new Map<string, Reason>();
  #byUsage: ReadonlyMap<string, Reason> | undefined;

  hold(edits: readonly Edit[], reason: Reason): void {
    this.#byUsage = undefined;
    for (const edit of edits) this.#edits.set(edit, reason);
  }

  holdFile(file: string, reason: Reason): void {
    this.#files.set(file, reason);
  }

  /** Of a codemod's change, which has no edits to tell apart. */
  holdWhole(file: string, reason: Reason): void {
    this.#whole.set(file, reason);
  }

  /** Edits that answer usages which other edits answer now. */
  release(usages: ReadonlySet<string>): void {
    this.#byUsage = undefined;
    for (const edit of this.#edits.keys()) if (edit.usages.some((id) => usages.has(id))) this.#edits.delete(edit);
  }

  /** Why the usage in that file is not edited; `undefined` when nothing of it is held back. */
  reasonOf(usage: string, file: string): Reason | undefined {
    for (const [edit, reason] of this.#edits) if (edit.usages.includes(usage)) return reason;
    return this.#files.get(file);
  }

  /** The outcome of a usage whose edit is held back; `undefined` when it stands. `change` is what is left in its file. */
  outcome({ usage, result }: Outcome, change: FileChange | undefined): Outcome | undefined {
    if (result !== 'edited') return undefined;
    const own = this.#reasons().get(usage.id);
    const stands = own === undefined && change?.edits.some((edit) => edit.usages.includes(usage.id));
    const reason = own ?? (stands ? undefined : this.#files.get(usage.place.file));
    return reason && { usage, result: 'review', reason };
  }

  /** Files in which the change of a foreign codemod is held back. */
  whole(): readonly SkippedFile[] {
    return [...this.#whole].map(([file, reason]) => ({ file, reason }));
  }

  #reasons(): ReadonlyMap<string, Reason> {
    this.#byUsage ??= new Map(
      [...this.#edits].flatMap(([edit, reason]) => edit.usages.map((id) => [id, reason] as const)),
    );
    return this.#byUsage;
  }
}
