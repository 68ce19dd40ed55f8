import { relativeToRoot } from '../../base/paths.ts';
import { formatPlace, LineIndex, type Place } from '../../base/places.ts';
import type { CompilerSession, Diagnostic } from '../../compiler/contract.ts';
import type { Edit, FileChange, Outcome } from '../../plan/file-change.ts';
import { inOrder, splice } from '../../rewrite/splice.ts';
import type { SkippedFile } from '../../survey/skipped-file.ts';
import type { TargetView } from '../../survey/target-view.ts';
import type { Reason } from '../../survey/usage.ts';
import { HeldBack } from './held-back.ts';
import { byFile, newDiagnostics, type Shift, shiftOf } from './new-diagnostics.ts';
import { type RenameFamily, renameFamilies } from './rename-family.ts';
import { TriedSpecifiers } from './tried-specifiers.ts';
import type { Strayed, TypesOptions } from './types-options.ts';

/** The changes under check, with what is held back so far. */
export class ChangeCheck {
  readonly #session: CompilerSession;
  readonly #view: TargetView;
  readonly #options: TypesOptions;
  /** Files whose moved imports are held back already. */
  readonly #withoutImports = new Set<string>();
  readonly #changes = new Map<string, FileChange>();
  readonly #baseline = new Map<string, readonly Diagnostic[]>();
  readonly #tried = new TriedSpecifiers();
  readonly #heldBack = new HeldBack();

  constructor(options: TypesOptions) {
    this.#session = options.session;
    this.#view = options.view;
    this.#options = options;
    for (const change of options.changes) this.#changes.set(change.file, change);
    this.#lay(this.#changes.keys());
  }

  include(files: readonly string[]): void {
    this.#session.include(files.map((file) => this.#view.absolute(file)));
  }

  current(): readonly FileChange[] {
    return [...this.#changes.values()].filter((change) => change.before !== change.after);
  }

  relative(file: string): string {
    return relativeToRoot(this.#view.root, file) ?? file;
  }

  /** Whether something in the file can be held back: a proxy stands or falls with its phase. */
  isEdited(file: string): boolean {
    const change = this.#changes.get(file);
    return change !== undefined && change.step !== 'proxies' && change.before !== change.after;
  }

  /** Errors that the files have with the changes and did not have before. */
  newDiagnostics(files: readonly string[]): readonly Diagnostic[] {
    const found = this.#diagnosticsOf(files);
    this.#needBaseline(found.keys());
    return [...found].flatMap(([file, after]) => newDiagnostics(this.#baseline.get(file)!, after, this.#shiftOf(file)));
  }

  /** The errors that count, by file; files without any are left out. */
  #diagnosticsOf(files: readonly string[]): ReadonlyMap<string, readonly Diagnostic[]> {
    const found = this.#session.diagnostics(files.map((file) => this.#view.absolute(file)));
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

  /**
   * Holds back what brings diagnostics into a file that has edits: the edits on their lines; without such, the file's
   * imports, when it is these that bring them. Returns whether anything was held back.
   */
  holdIn(file: string, diagnostics: readonly Diagnostic[]): boolean {
    const groups = new Map<string, Diagnostic>();
    for (const diagnostic of diagnostics) {
      for (const group of this.#groupsAt(file, diagnostic)) if (!groups.has(group)) groups.set(group, diagnostic);
    }
    for (const [group, diagnostic] of groups) this.#holdFor(file, (edit) => edit.group === group, diagnostic);
    if (groups.size > 0) return true;
    const [first] = diagnostics;
    return this.#brings(file, first!) && this.holdImports(file, first!);
  }

  /** The groups of the edits on the lines of a diagnostic. */
  #groupsAt(file: string, { range }: Diagnostic): ReadonlySet<string> {
    const change = this.#changes.get(file)!;
    const lines = new LineIndex(change.after ?? '');
    const first = lines.at(range.start).line;
    const last = lines.at(range.end).line;
    const onLine = placed(change.edits).filter(
      ({ start, end }) => lines.at(start).line <= last && first <= lines.at(end).line,
    );
    return new Set(onLine.map(({ edit }) => edit.group));
  }

  /** Whether a file's diagnostic goes when the file's own edits do; otherwise another file brings it. */
  #brings(file: string, { code, message }: Diagnostic): boolean {
    this.#layBefore([file]);
    const without = this.#diagnosticsOf([file]).get(file) ?? [];
    this.#lay([file]);
    const left = newDiagnostics(this.#baseline.get(file)!, without, (offset) => offset);
    return !left.some((found) => found.code === code && found.message === message);
  }

  /** Holds back the file's moved imports; what is left is made anew, since other edits may need an import as well. */
  holdImports(file: string, diagnostic: Diagnostic): boolean {
    const change = this.#changes.get(file);
    const moved = change?.edits.filter(isOfImports) ?? [];
    if (!change || moved.length === 0 || this.#withoutImports.has(file))
      return this.#holdFor(file, () => true, diagnostic);
    this.#withoutImports.add(file);
    const reason = this.#reasonFor(diagnostic);
    this.#heldBack.hold(moved, reason);
    this.#heldBack.holdFile(file, reason);
    const made =
      this.#options.again(file, { avoid: this.#tried.in(file), withoutImports: true }).change ?? this.#without(file);
    // What was held back together with the imports has another chance without them.
    this.#heldBack.release(editedIn([made]));
    this.#changes.set(file, made);
    this.#lay([file]);
    return true;
  }

  /**
   * Writes files anew without the specifiers that lead astray; a file that wrote one of them again is held back. Returns
   * whether there was anything to do.
   */
  tryOthers(strayed: readonly Strayed[]): boolean {
    const { files, exhausted } = this.#tried.add(strayed);
    for (const [file, reason] of exhausted) this.#hold(file, () => true, reason);
    for (const file of files) {
      const { change, outcomes } = this.#options.again(file, { avoid: this.#tried.in(file) });
      this.#changes.set(file, change ?? this.#without(file));
      this.#tried.remade(file, outcomes);
    }
    this.#lay(files);
    return strayed.length > 0;
  }

  #without(file: string): FileChange {
    const change = this.#changes.get(file)!;
    return { ...change, edits: [], after: change.before };
  }

  /** Without its declarations a family keeps its name: the checker would not miss an override that overrides nothing. */
  holdFamilies(): void {
    this.#families ??= renameFamilies(this.#options.outcomes, editedIn(this.#options.changes));
    if (this.#families.length === 0) return;
    const standing = editedIn([...this.#changes.values()]);
    for (const { head, declarations, usages } of this.#families) {
      const lost = declarations.find(({ id }) => !standing.has(id));
      if (lost === undefined) continue;
      const why = this.#heldBack.reasonOf(lost.id, lost.place.file)!;
      const text = `goes with its ${head} at ${formatPlace(lost.place)}, which is ${why.text}`;
      for (const { file, edits } of [...this.#changes.values()]) {
        // A call's edits stand or go together, and only one of them answers its usage.
        const groups = new Set(
          edits.filter((edit) => edit.usages.some((id) => usages.has(id))).map(({ group }) => group),
        );
        if (groups.size > 0) this.#hold(file, ({ group }) => groups.has(group), { code: why.code, text });
      }
    }
  }

  #families: readonly RenameFamily[] | undefined;

  #holdFor(file: string, which: (edit: Edit) => boolean, diagnostic: Diagnostic): boolean {
    if (this.#changes.get(file)?.edits.length === 0) {
      const text = `the change of a codemod is held back, because it would bring ${this.describe(diagnostic)}`;
      this.#heldBack.holdWhole(file, { code: 'held-by-types', text });
    }
    return this.#hold(file, which, this.#reasonFor(diagnostic));
  }

  #reasonFor(diagnostic: Diagnostic): Reason {
    const found = this.describe(diagnostic);
    const later = this.#options.laterPhase(this.relative(diagnostic.file));
    if (later === undefined) return { code: 'held-by-types', text: `held back, because it would bring ${found}` };
    return { code: 'waits', text: `waits for the phase ${later}; until then it would bring ${found}` };
  }

  #hold(file: string, which: (edit: Edit) => boolean, reason: Reason): boolean {
    const change = this.#changes.get(file);
    if (!change || change.before === undefined) return false;
    // A foreign codemod's change has no edits of its own: it is held back as a whole.
    const whole = change.edits.length === 0 && change.before !== change.after;
    const heldNow = change.edits.filter(which);
    if (heldNow.length === 0 && !whole) return false;
    this.#heldBack.hold(heldNow, reason);
    if (whole || heldNow.some(isOfImports) || heldNow.length === change.edits.length) {
      this.#heldBack.holdFile(file, reason);
    }
    const edits = change.edits.filter((edit) => !heldNow.includes(edit));
    this.#changes.set(file, { ...change, edits, after: splice(change.before, edits) });
    this.#lay([file]);
    return true;
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

  /** The outcome of a usage whose edit is held back; `undefined` when it stands. */
  readonly held = (outcome: Outcome): Outcome | undefined => {
    const remade = this.#tried.outcome(outcome.usage);
    if (outcome.result === 'edited' && remade && remade.result !== 'edited') return remade;
    return this.#heldBack.outcome(outcome, this.#changes.get(outcome.usage.place.file));
  };

  /** Files in which the change of a foreign codemod is held back. */
  heldWhole(): readonly SkippedFile[] {
    return this.#heldBack.whole();
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
    this.#session.overlay(
      new Map([...files].map((file) => [this.#view.absolute(file), this.#changes.get(file)?.after ?? null] as const)),
    );
  }

  /** As the files were before these changes: the text of an earlier phase, or what is on disk. */
  #layBefore(files: Iterable<string>): void {
    this.#session.overlay(
      new Map([...files].map((file) => [this.#view.absolute(file), this.#changes.get(file)?.before ?? null] as const)),
    );
  }
}

/** Whether an edit belongs to the imports of its file; the others are calls and members. */
function isOfImports(edit: Edit): boolean {
  return !edit.group.startsWith('member:');
}

/** Where each edit stands in the text after all of them. */
function placed(edits: readonly Edit[]): readonly { edit: Edit; start: number; end: number }[] {
  let shift = 0;
  return inOrder(edits).map((edit) => {
    const start = edit.range.start + shift;
    shift += edit.text.length - (edit.range.end - edit.range.start);
    return { edit, start, end: start + edit.text.length };
  });
}

/** The ids of the usages that changes answer. */
function editedIn(changes: readonly FileChange[]): ReadonlySet<string> {
  return new Set(changes.flatMap(({ edits }) => edits.flatMap(({ usages }) => usages)));
}
