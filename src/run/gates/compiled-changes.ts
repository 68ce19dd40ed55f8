import { relativeToRoot } from '../../base/paths.ts';
import { formatPlace, LineIndex, type Place } from '../../base/places.ts';
import type { Diagnostic } from '../../compiler/contract.ts';
import type { FileChange } from '../../plan/file-change.ts';
import type { TargetView } from '../../survey/target-view.ts';
import { LaidTexts } from './laid-texts.ts';
import { byFile, newDiagnostics, type Shift, shiftOf } from './new-diagnostics.ts';
import type { Strayed, TypesOptions } from './types-options.ts';

/** Changes as they are laid over the target, and what the compiler says of them that it did not say before. */
export class CompiledChanges {
  readonly #view: TargetView;
  readonly #options: TypesOptions;
  readonly #laid: LaidTexts;
  readonly #changes = new Map<string, FileChange>();
  readonly #baseline = new Map<string, readonly Diagnostic[]>();

  constructor(options: TypesOptions) {
    this.#view = options.view;
    this.#options = options;
    this.#laid = new LaidTexts(options.session, options.view);
    for (const change of options.changes) this.set(change.file, change);
  }

  get(file: string): FileChange | undefined {
    return this.#changes.get(file);
  }

  set(file: string, change: FileChange): void {
    this.#changes.set(file, change);
    this.#lay([file]);
  }

  /** Those that are left without any edit too. */
  all(): readonly FileChange[] {
    return [...this.#changes.values()];
  }

  current(): readonly FileChange[] {
    return this.all().filter((change) => change.before !== change.after);
  }

  include(files: readonly string[]): void {
    this.#laid.session().include(files.map((file) => this.#view.absolute(file)));
  }

  relative(file: string): string {
    return relativeToRoot(this.#view.root, file) ?? file;
  }

  /** Whether something in the file can be held back: a proxy stands or falls with its phase, and so does that it goes. */
  isEdited(file: string): boolean {
    const change = this.#changes.get(file);
    return change !== undefined && !['proxies', 'retire'].includes(change.step) && change.before !== change.after;
  }

  /** Errors that the files have with the changes and did not have before. */
  newDiagnostics(files: readonly string[]): readonly Diagnostic[] {
    const found = this.#diagnosticsOf(files);
    this.#needBaseline(found.keys());
    return [...found].flatMap(([file, after]) => newDiagnostics(this.#baseline.get(file)!, after, this.#shiftOf(file)));
  }

  /** The errors that count, by file; files without any are left out. */
  #diagnosticsOf(files: readonly string[]): ReadonlyMap<string, readonly Diagnostic[]> {
    const found = this.#laid.session().diagnostics(files.map((file) => this.#view.absolute(file)));
    const counted = found.filter((diagnostic) => !this.#options.ignored(diagnostic));
    return byFile(counted, (diagnostic) => this.relative(diagnostic.file));
  }

  #shiftOf(file: string): Shift {
    const change = this.#changes.get(file);
    if (!change || change.before === change.after) return (offset) => offset;
    return change.edits.length > 0 ? shiftOf(change.edits) : undefined;
  }

  /** The diagnostics of the files as they are without any change; asked only for files that have some with it. */
  #needBaseline(files: Iterable<string>): void {
    const missing = [...files].filter((file) => !this.#baseline.has(file));
    if (missing.length === 0) return;
    this.#layBefore(this.#changes.keys());
    // A moved module is looked at where it stood.
    const stood = missing.map((file) => [file, this.#options.movedFrom(file) ?? file] as const);
    const existing = stood.flatMap(([, before]) => (this.#view.read(before) === 'gone' ? [] : [before]));
    const found = this.#diagnosticsOf(existing);
    for (const [file, before] of stood) this.#baseline.set(file, found.get(before) ?? []);
    this.#lay(this.#changes.keys());
  }

  /** Of files with a diagnostic those whose own edits it goes with; in the others another file brings it. */
  bringing(asked: ReadonlyMap<string, Diagnostic>, imports: (file: string) => readonly string[]): ReadonlySet<string> {
    // Files that import none of the others are asked about together: each asking makes a program anew.
    const alone = new Set([...asked.keys()].filter((file) => !imports(file).some((other) => asked.has(other))));
    const groups = [[...alone], ...[...asked.keys()].filter((file) => !alone.has(file)).map((file) => [file])];
    const bringing = new Set<string>();
    for (const files of groups) {
      this.#layBefore(files);
      const without = this.#diagnosticsOf(files);
      this.#lay(files);
      for (const file of files) {
        const { code, message } = asked.get(file)!;
        const left = newDiagnostics(this.#baseline.get(file)!, without.get(file) ?? [], (offset) => offset);
        if (!left.some((found) => found.code === code && found.message === message)) bringing.add(file);
      }
    }
    return bringing;
  }

  /**
   * The edited file that brings a diagnostic into a file without edits. Of the edited files that it imports, nearest
   * first, the shortest list that brings it ends with one that is needed for it; found by halving.
   */
  culprit(diagnostic: Diagnostic, imports: readonly string[]): string | undefined {
    const candidates = imports.filter((file) => this.isEdited(file));
    const file = this.relative(diagnostic.file);
    const brings = (count: number) => {
      this.#layBefore(candidates);
      this.#lay(candidates.slice(0, count));
      return this.newDiagnostics([file]).some(
        (found) => found.code === diagnostic.code && found.message === diagnostic.message,
      );
    };
    let low = 0;
    let high = candidates.length;
    if (high === 0) return undefined;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (brings(middle)) high = middle;
      else low = middle + 1;
    }
    this.#lay(candidates);
    return candidates[low - 1];
  }

  /** Specifiers that lead to no canonical module. */
  strayed(): readonly Strayed[] {
    this.layAll();
    return this.#options.strayed(this.current());
  }

  /** From now on the compiler sees the changes as they stand. */
  layAll(): void {
    this.#laid.session();
  }

  /** `TS2339 Property … does not exist (test/a.test.ts:12:3)`. */
  describe(diagnostic: Diagnostic): string {
    const file = this.relative(diagnostic.file);
    const change = this.#changes.get(file);
    const source = change ? undefined : this.#view.read(file);
    const text = change?.after ?? (typeof source === 'object' ? source.text : '');
    const place: Place = { file, range: diagnostic.range, ...new LineIndex(text).at(diagnostic.range.start) };
    return `TS${diagnostic.code} ${diagnostic.message} (${formatPlace(place)})`;
  }

  #lay(files: Iterable<string>): void {
    for (const file of files) this.#laid.lay(file, this.#changes.get(file)?.after);
  }

  /** As the files were before these changes: the text of an earlier phase, or what is on disk. */
  #layBefore(files: Iterable<string>): void {
    for (const file of files) this.#laid.lay(file, this.#changes.get(file)?.before);
  }
}
