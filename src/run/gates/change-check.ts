import { formatPlace, LineIndex } from '../../base/places.ts';
import type { Diagnostic } from '../../compiler/contract.ts';
import type { Edit, FileChange, Outcome } from '../../plan/file-change.ts';
import { inOrder, splice } from '../../rewrite/splice.ts';
import type { SkippedFile } from '../../survey/skipped-file.ts';
import type { Reason } from '../../survey/usage.ts';
import { CompiledChanges } from './compiled-changes.ts';
import { HeldBack } from './held-back.ts';
import { type RenameFamily, renameFamilies } from './rename-family.ts';
import { TriedSpecifiers } from './tried-specifiers.ts';
import type { Strayed, TypesOptions } from './types-options.ts';

/** The changes under check, with what is held back so far. */
export class ChangeCheck {
  readonly compiled: CompiledChanges;
  readonly #options: TypesOptions;
  /** Files whose moved imports are held back already. */
  readonly #withoutImports = new Set<string>();
  readonly #heldBack = new HeldBack();
  readonly #tried = new TriedSpecifiers();

  constructor(options: TypesOptions) {
    this.#options = options;
    this.compiled = new CompiledChanges(options);
  }

  /**
   * Holds back what brings diagnostics into files that have edits: the edits on their lines; without such, a file's
   * imports, when it is these that bring them. `imports` gives what a file imports, through others too. Returns whether
   * anything was held back.
   */
  holdIn(found: ReadonlyMap<string, readonly Diagnostic[]>, imports: (file: string) => readonly string[]): boolean {
    const onLines = new Map<string, ReadonlyMap<string, Diagnostic>>();
    for (const [file, own] of found) onLines.set(file, this.#groupsAt(file, own));
    const others = [...found].filter(([file]) => onLines.get(file)!.size === 0);
    const bringing = this.compiled.bringing(new Map(others.map(([file, own]) => [file, own[0]!])), imports);
    let any = false;
    for (const [file, own] of found) {
      // Described before anything is held back: diagnostics stand in the text as it is now.
      const groups = [...onLines.get(file)!].map(([group, found]) => [group, this.#reasonFor(found)] as const);
      for (const [held, reason] of groups) this.#hold(file, ({ group }) => group === held, reason);
      if (groups.length > 0 || (bringing.has(file) && this.holdImports(file, own[0]!))) any = true;
    }
    return any;
  }

  /** The groups of the edits on the lines of diagnostics, each with the first of these. */
  #groupsAt(file: string, diagnostics: readonly Diagnostic[]): ReadonlyMap<string, Diagnostic> {
    const change = this.compiled.get(file)!;
    const lines = new LineIndex(change.after ?? '');
    const edits = placed(change.edits).map(({ edit, start, end }) => ({
      edit,
      first: lines.at(start).line,
      last: lines.at(end).line,
    }));
    const groups = new Map<string, Diagnostic>();
    for (const diagnostic of diagnostics) {
      const [first, last] = [lines.at(diagnostic.range.start).line, lines.at(diagnostic.range.end).line];
      for (const { edit, ...on } of edits) {
        if (on.first <= last && first <= on.last && !groups.has(edit.group)) groups.set(edit.group, diagnostic);
      }
    }
    return groups;
  }

  /** Holds back the file's moved imports; what is left is made anew, since other edits may need an import as well. */
  holdImports(file: string, diagnostic: Diagnostic): boolean {
    const change = this.compiled.get(file);
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
    this.compiled.set(file, made);
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
      this.compiled.set(file, change ?? this.#without(file));
      this.#tried.remade(file, outcomes);
    }
    return strayed.length > 0;
  }

  #without(file: string): FileChange {
    const change = this.compiled.get(file)!;
    return { ...change, edits: [], after: change.before };
  }

  /** Without its declarations a family keeps its name: the checker would not miss an override that overrides nothing. */
  holdFamilies(): void {
    this.#families ??= renameFamilies(this.#options.outcomes, editedIn(this.#options.changes));
    // What is held back may be what another family goes with.
    while (this.#families.length > 0 && this.#holdLost(this.#families));
  }

  #holdLost(families: readonly RenameFamily[]): boolean {
    let any = false;
    const standing = editedIn(this.compiled.all());
    for (const { head, declarations, usages } of families) {
      const lost = declarations.find(({ id }) => !standing.has(id));
      if (lost === undefined) continue;
      const why = this.#heldBack.reasonOf(lost.id, lost.place.file)!;
      const text = `goes with its ${head} at ${formatPlace(lost.place)}, which is ${why.text}`;
      for (const { file, edits } of this.compiled.all()) {
        // A call's edits stand or go together, and only one of them answers its usage.
        const groups = new Set(
          edits.filter((edit) => edit.usages.some((id) => usages.has(id))).map(({ group }) => group),
        );
        if (groups.size > 0) any = this.#hold(file, ({ group }) => groups.has(group), { code: why.code, text }) || any;
      }
    }
    return any;
  }

  #families: readonly RenameFamily[] | undefined;

  #holdFor(file: string, which: (edit: Edit) => boolean, diagnostic: Diagnostic): boolean {
    if (this.compiled.get(file)?.edits.length === 0) {
      const text = `the change of a codemod is held back, because it would bring ${this.compiled.describe(diagnostic)}`;
      this.#heldBack.holdWhole(file, { code: 'held-by-types', text });
    }
    return this.#hold(file, which, this.#reasonFor(diagnostic));
  }

  #reasonFor(diagnostic: Diagnostic): Reason {
    const found = this.compiled.describe(diagnostic);
    const later = this.#options.laterPhase(this.compiled.relative(diagnostic.file));
    if (later === undefined) return { code: 'held-by-types', text: `held back, because it would bring ${found}` };
    return { code: 'waits', text: `waits for the phase ${later}; until then it would bring ${found}` };
  }

  #hold(file: string, which: (edit: Edit) => boolean, reason: Reason): boolean {
    const change = this.compiled.get(file);
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
    this.compiled.set(file, { ...change, edits, after: splice(change.before, edits) });
    return true;
  }

  /** The outcome of a usage whose edit is held back; `undefined` when it stands. */
  readonly held = (outcome: Outcome): Outcome | undefined => {
    const remade = outcome.result === 'edited' ? this.#tried.outcome(outcome.usage) : undefined;
    if (remade && remade.result !== 'edited') return remade;
    return this.#heldBack.outcome(outcome, this.compiled.get(outcome.usage.place.file));
  };

  /** Files in which the change of a foreign codemod is held back. */
  heldWhole(): readonly SkippedFile[] {
    return this.#heldBack.whole();
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
