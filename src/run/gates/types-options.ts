import type { CompilerSession, Diagnostic } from '../../compiler/contract.ts';
import type { FileChange, Outcome } from '../../plan/file-change.ts';
import type { ImportGraph } from '../../survey/import-graph.ts';
import type { TargetView } from '../../survey/target-view.ts';

/** A specifier that an edit wrote and that does not lead to a canonical module. */
export interface Strayed {
  readonly file: string;
  readonly specifier: string;
}

/** What a file is made without, the second time. */
interface Again {
  /** Its moved imports, which are held back. */
  readonly withoutImports?: true;
  /** Specifiers that do not lead to a canonical module. */
  readonly avoid: ReadonlySet<string>;
}

interface Remade {
  /** `undefined`: nothing is left to change. */
  readonly change: FileChange | undefined;
  /** One per usage of the file. */
  readonly outcomes: readonly Outcome[];
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
  /** The edits of a file, made anew. */
  readonly again: (file: string, how: Again) => Remade;
  /** The deprecated module that a created one is the text of: what was wrong there is not new here. */
  readonly movedFrom: (file: string) => string | undefined;
  /** The later phase that a file belongs to; what waits for it is tried again there. */
  readonly laterPhase: (file: string) => string | undefined;
  /** Diagnostics that do not count. */
  readonly ignored: (diagnostic: Diagnostic) => boolean;
  /** Asked when the changes are laid over the target. */
  readonly strayed: (changes: readonly FileChange[]) => readonly Strayed[];
}
