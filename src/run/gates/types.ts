import { relativeToRoot } from '../../base/paths.ts';
import { formatPlace, LineIndex, type Place } from '../../base/places.ts';
import type { CompilerSession, Diagnostic } from '../../compiler/contract.ts';
import type { Edit, FileChange, Outcome } from '../../plan/file-change.ts';
import { inOrder, splice } from '../../rewrite/splice.ts';
import type { ImportGraph } from '../../survey/import-graph.ts';
import type { TargetView } from '../../survey/target-view.ts';
import type { Reason } from '../../survey/usage.ts';

export interface TypesGate {
  /** What may be written: edits that would bring a diagnostic are taken out. */
  readonly changes: readonly FileChange[];
  readonly outcomes: readonly Outcome[];
  /** New diagnostics that no edit could be held back for; the gate fails when there is one. */
  readonly remaining: readonly string[];
  /** Files whose diagnostics were compared. */
  readonly checked: number;
}

/** A specifier that an edit wrote and that does not lead to a canonical module. */
export interface Strayed {
  readonly file: string;
  readonly specifier: string;
}

export interface TypesOptions {
  readonly session: CompilerSession;
  readonly view: TargetView;
  readonly graph: () => ImportGraph;
  readonly changes: readonly FileChange[];
  readonly outcomes: readonly Outcome[];
  /** The files whose diagnostics to compare, the changed ones among them; relative. */
  readonly affected: (graph: ImportGraph) => readonly string[];
  /** A file's change without its moved imports: what stands when those are held back. `undefined`: nothing does. */
  readonly withoutImports: (file: string) => FileChange | undefined;
  /** The deprecated module that a created one is the text of: what was wrong there is not new here. */
  readonly movedFrom: (file: string) => string | undefined;
  /** The later phase that a file belongs to; what waits for it is tried again there. */
  readonly laterPhase: (file: string) => string | undefined;
  /** Diagnostics that do not count. */
  readonly ignored: (diagnostic: Diagnostic) => boolean;
  /** Asked when the changes are laid over the target. */
  readonly strayed: (changes: readonly FileChange[]) => readonly Strayed[];
}

/**
 * Checks changes in memory, before anything is written: no affected file may have a diagnostic that it did not
 * have before.
 *
 * An edit that brings one is held back and its usages go to review, with the diagnostic. What is held back widens only as
 * far as needed: the edits on the diagnostic's line, then the file's import edits, then the whole file. When the
 * diagnostic stands in a file that has no edit, the edited file that causes it is searched among what it imports.
 *
 * Afterwards the session has the returned changes laid over it.
 */
export function checkTypes(options: TypesOptions): TypesGate {
  const { graph, changes, outcomes } = options;
  if (changes.length === 0) return { changes, outcomes, remaining: [], checked: 0 };
  const check = new Check(options);
  const files = options.affected(graph());
  check.include(files);
  for (const stray of options.strayed(check.current())) check.holdStrayed(stray);
  let remaining = check.newDiagnostics(files);
  // Each round holds back at least one edit or stops, so this ends.
  while (remaining.length > 0 && holdBack(check, graph, remaining)) remaining = check.newDiagnostics(files);

  const held = check.held;
  const texts = remaining.map((diagnostic) => check.describe(diagnostic));
  return {
    changes: check.current(),
    outcomes: outcomes.map((outcome) => held(outcome) ?? outcome),
    remaining: texts,
    checked: files.length,
  };
}

/** Holds back what brings the first of the diagnostics. Returns whether anything was held back. */
function holdBack(check: Check, graph: () => ImportGraph, diagnostics: readonly Diagnostic[]): boolean {
  let any = false;
  for (const diagnostic of diagnostics) {
    const file = check.relative(diagnostic.file);
    if (check.isEdited(file)) any = check.holdAt(file, diagnostic) || any;
  }
  if (any) return true;
  for (const diagnostic of diagnostics) {
    const culprit = check.culprit(diagnostic, graph().imports(check.relative(diagnostic.file)));
    if (culprit && check.holdImports(culprit, diagnostic)) return true;
  }
  return false;
}

/** The changes under check, with what is held back so far. */
class Check {
  readonly #session: CompilerSession;
  readonly #view: TargetView;
  readonly #options: TypesOptions;
  /** Files whose moved imports are held back already. */
  readonly #withoutImports = new Set<string>();
  readonly #changes = new Map<string, FileChange>();
  readonly #baseline = new Map<string, ReadonlyMap<string, number>>();
  readonly #heldEdits = new Map<Edit, Reason>();
  /** Per file: the reason for usages that no edit of their own answers. */
  readonly #heldFiles = new Map<string, Reason>();

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

  /** Errors that the files have with the changes and did not have before; the same message twice counts twice. */
  newDiagnostics(files: readonly string[]): readonly Diagnostic[] {
    const found = this.#session.diagnostics(files.map((file) => this.#view.absolute(file)));
    const after = found.filter((diagnostic) => !this.#options.ignored(diagnostic));
    this.#needBaseline(new Set(after.map((diagnostic) => this.relative(diagnostic.file))));
    const left = new Map<string, Map<string, number>>();
    return after.filter((diagnostic) => {
      const file = this.relative(diagnostic.file);
      const counts = left.get(file) ?? new Map(this.#baseline.get(file));
      left.set(file, counts);
      const key = sameness(diagnostic);
      const count = counts.get(key) ?? 0;
      counts.set(key, count - 1);
      return count <= 0;
    });
  }

  /** The diagnostics of the files as they are without any change; asked only for files that have some with it. */
  #needBaseline(files: ReadonlySet<string>): void {
    const missing = [...files].filter((file) => !this.#baseline.has(file));
    if (missing.length === 0) return;
    this.#layBefore(this.#changes.keys());
    // A moved module is looked at where it stood.
    const stood = missing.map((file) => [file, this.#options.movedFrom(file) ?? file] as const);
    const existing = stood.filter(([, before]) => this.#view.read(before) !== 'gone');
    const found = this.#session.diagnostics(existing.map(([, before]) => this.#view.absolute(before)));
    const counted = new Map(existing.map(([, before]) => [before, new Map<string, number>()]));
    for (const diagnostic of found) {
      const counts = counted.get(this.relative(diagnostic.file));
      const key = sameness(diagnostic);
      counts?.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [file, before] of stood) this.#baseline.set(file, counted.get(before) ?? new Map());
    this.#lay(this.#changes.keys());
  }

  holdAt(file: string, diagnostic: Diagnostic): boolean {
    const change = this.#changes.get(file)!;
    const after = change.after ?? '';
    const lines = new LineIndex(after);
    const first = lines.at(diagnostic.range.start).line;
    const last = lines.at(diagnostic.range.end).line;
    const onLine = placed(change.edits).filter(
      ({ start, end }) => lines.at(start).line <= last && first <= lines.at(end).line,
    );
    const groups = new Set(onLine.map(({ edit }) => edit.group));
    if (groups.size > 0) return this.#holdFor(file, (edit) => groups.has(edit.group), diagnostic);
    return this.holdImports(file, diagnostic);
  }

  /** Holds back the file's moved imports; what is left is made anew, since other edits may need an import as well. */
  holdImports(file: string, diagnostic: Diagnostic): boolean {
    const change = this.#changes.get(file);
    const moved = change?.edits.filter((edit) => edit.group.startsWith('import:')) ?? [];
    if (!change || moved.length === 0 || this.#withoutImports.has(file))
      return this.#holdFor(file, () => true, diagnostic);
    this.#withoutImports.add(file);
    const reason = this.#reasonFor(diagnostic);
    for (const edit of moved) this.#heldEdits.set(edit, reason);
    this.#heldFiles.set(file, reason);
    this.#changes.set(file, this.#options.withoutImports(file) ?? { ...change, edits: [], after: change.before });
    this.#lay([file]);
    return true;
  }

  holdStrayed({ file, specifier }: Strayed): void {
    const text = `held back, because the new specifier '${specifier}' does not lead to the canonical module`;
    this.#hold(file, () => true, { code: 'strayed-specifier', text });
  }

  #holdFor(file: string, which: (edit: Edit) => boolean, diagnostic: Diagnostic): boolean {
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
    for (const edit of heldNow) this.#heldEdits.set(edit, reason);
    if (whole || heldNow.some((edit) => edit.group.startsWith('import:')) || heldNow.length === change.edits.length) {
      this.#heldFiles.set(file, reason);
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
    if (outcome.result !== 'edited') return undefined;
    const { usage } = outcome;
    this.#reasons ??= new Map(
      [...this.#heldEdits].flatMap(([edit, reason]) => edit.usages.map((id) => [id, reason] as const)),
    );
    const own = this.#reasons.get(usage.id);
    if (own) return { usage, result: 'review', reason: own };
    const file = this.#heldFiles.get(usage.place.file);
    const stands = this.#changes.get(usage.place.file)?.edits.some((edit) => edit.usages.includes(usage.id));
    return file && !stands ? { usage, result: 'review', reason: file } : undefined;
  };

  #reasons: ReadonlyMap<string, Reason> | undefined;

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

/** Two diagnostics with the same text are the same; paths of modules in it may differ, since modules move. */
function sameness({ code, message }: Diagnostic): string {
  return `${code} ${message.replace(/(?<=import\()"[^"\n]*"|'\.{1,2}\/[^'\n]*'/g, '…')}`;
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
