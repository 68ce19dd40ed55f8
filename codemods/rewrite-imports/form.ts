import type { ModuleRef } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Reason, Usage } from '../../src/survey/usage.ts';
import type { Destination, Destinations } from './destinations.ts';

/** One deprecated name that a form brings in. */
export interface Entry {
  readonly destination: Destination;
  /** The expressions and types in this file that stand for the export: identifiers, or `module.X`. */
  readonly uses: readonly SyntaxNode[];
  /** The words where the name, or its local name, is spelled: in the form itself and in its uses. */
  readonly words: readonly SyntaxNode[];
  /** What is written anew although the name may stay: `module.X` that becomes `X`. */
  readonly rewritten?: readonly SyntaxNode[];
  /** Why a name with another way to call it cannot move; only looked at for such names. */
  readonly passedOn?: Reason;
}

/** One way in which a file takes something from a deprecated module: an import, a `require`, a re-export, a mock. */
export interface Form {
  /** That of the specifier. */
  readonly usage: Usage;
  readonly destinations: Destinations;
  readonly entries: readonly Entry[];
  /** All entries move or none. */
  readonly whole: boolean;
  readonly isMock?: boolean;
  /** Where a form without entries leads when it moves. */
  readonly carries?: ModuleRef;
  /** Why nothing of it can be rewritten. */
  readonly obstacle?: Reason;
  readonly group: string;
  /** Makes the edits for the entries that move, calls left out. */
  apply(moving: readonly Entry[]): void;
}

/** What stands around a specifier, handed to the readers of forms. */
export interface SpecifierSite {
  readonly usage: Usage;
  readonly destinations: Destinations;
  /** The string node. */
  readonly literal: SyntaxNode;
}
