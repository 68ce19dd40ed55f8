import type { Diagnostic } from '../../compiler/contract.ts';
import type { FileChange, Outcome } from '../../plan/file-change.ts';
import type { ImportGraph } from '../../survey/import-graph.ts';
import type { SkippedFile } from '../../survey/skipped-file.ts';
import { ChangeCheck } from './change-check.ts';
import { byFile } from './new-diagnostics.ts';
import type { TypesOptions } from './types-options.ts';

export interface TypesGate {
  /** What may be written: edits that would bring a diagnostic are taken out. */
  readonly changes: readonly FileChange[];
  readonly outcomes: readonly Outcome[];
  /** Files in which the change of a foreign codemod is held back, as a whole: it has no edits to tell apart. */
  readonly heldWhole: readonly SkippedFile[];
  /** New diagnostics that no edit could be held back for; the gate fails when there is one. */
  readonly remaining: readonly string[];
  /** Files whose diagnostics were compared. */
  readonly checked: number;
}

/**
 * Checks changes in memory, before anything is written: no affected file may have a diagnostic that it did not
 * have before.
 *
 * An edit that brings one is held back and its usages go to review, with the diagnostic. What is held back widens only as
 * far as needed: the edits on the diagnostic's line, then the file's import edits, then the whole file. When the file's
 * own edits do not bring it, the edited file that does is searched among what it imports.
 *
 * Afterwards the session has the returned changes laid over it.
 */
export function checkTypes(options: TypesOptions): TypesGate {
  const { graph, changes, outcomes } = options;
  if (changes.length === 0) return { changes, outcomes, heldWhole: [], remaining: [], checked: 0 };
  const check = new ChangeCheck(options);
  const { compiled } = check;
  const files = options.affected(graph());
  compiled.include(files);
  // Each round takes a specifier from a file, or holds the file back, so this ends.
  while (check.tryOthers(compiled.strayed()));
  check.holdFamilies();
  let remaining = compiled.newDiagnostics(files);
  // Each round holds back at least one edit or stops, so this ends.
  while (remaining.length > 0 && holdBack(check, graph, remaining)) {
    check.holdFamilies();
    remaining = compiled.newDiagnostics(files);
  }

  compiled.layAll();
  const held = check.held;
  const texts = remaining.map((diagnostic) => compiled.describe(diagnostic));
  return {
    changes: compiled.current(),
    outcomes: outcomes.map((outcome) => held(outcome) ?? outcome),
    heldWhole: check.heldWhole(),
    remaining: texts,
    checked: files.length,
  };
}

/** Holds back what brings some of the diagnostics. Returns whether anything was held back. */
function holdBack(check: ChangeCheck, graph: () => ImportGraph, diagnostics: readonly Diagnostic[]): boolean {
  const { compiled } = check;
  const found = byFile(diagnostics, ({ file }) => compiled.relative(file));
  const edited = new Map([...found].filter(([file]) => compiled.isEdited(file)));
  if (check.holdIn(edited, (file) => graph().imports(file))) return true;
  for (const [file, own] of found) {
    const culprit = compiled.culprit(own[0]!, graph().imports(file));
    if (culprit && check.holdImports(culprit, own[0]!)) return true;
  }
  // No single file brings it.
  for (const [file, own] of found) if (compiled.isEdited(file) && check.holdImports(file, own[0]!)) return true;
  return false;
}
