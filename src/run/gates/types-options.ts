import type { CompilerSession, Diagnostic } from '../../compiler/contract.ts';
import type { FileChange, Outcome } from '../../plan/file-change.ts';
import type { ImportGraph } from '../../survey/import-graph.ts';
import type { TargetView } from '../../survey/target-view.ts';

/** A specifier that an edit wrote and that does not lead to a canonical module. */
export interface Strayed {
  readonly file: string;
  readonly specifier: string;
}

/** What the `types` gate checks, and what it has to know of the phase. */
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
  /** A file's change with relative specifiers, when the alias of the old ones does not reach the canonical module. */
  readonly relative: (file: string) => FileChange | undefined;
  /** The deprecated module that a created one is the text of: what was wrong there is not new here. */
  readonly movedFrom: (file: string) => string | undefined;
  /** The later phase that a file belongs to; what waits for it is tried again there. */
  readonly laterPhase: (file: string) => string | undefined;
  /** Diagnostics that do not count. */
  readonly ignored: (diagnostic: Diagnostic) => boolean;
  /** Asked when the changes are laid over the target. */
  readonly strayed: (changes: readonly FileChange[]) => readonly Strayed[];
}
