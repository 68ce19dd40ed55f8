import type { TextRange } from '../../src/base/places.ts';
import { type ExportRef, formatModule } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { ImportDraft } from './import-draft.ts';
import { type ImportStatement, isInlineType } from './import-statements.ts';

/** A name that leaves the declaration it stands in. */
export interface NameMove {
  readonly statement: ImportStatement;
  /** The specifier node: `X`, `X as Y`, or a default import. */
  readonly node: SyntaxNode;
  readonly to: ExportRef;
  /** How this file writes the canonical module. */
  readonly specifier: string;
  /** The name that the file uses from now on. */
  readonly local: string;
  /** The file imports it under `local` from elsewhere already. */
  readonly duplicate: boolean;
  /** The node keeps its place: a namespace from which other names are taken as well. */
  readonly stays?: boolean;
  /** It is a type, whatever its declaration says of it. */
  readonly isType?: boolean;
  readonly usages: readonly string[];
  readonly group: string;
}

/** A declaration that does not stand in the file yet. */
export interface NewStatement {
  readonly like: ImportStatement;
  readonly typeOnly: boolean;
  readonly specifier: string;
  readonly names: { readonly name: string; readonly local: string; readonly prefix: string }[];
  readonly usages: string[];
}

/** Where the names of one module are imported once the file is rewritten. */
export interface Home {
  readonly statement?: ImportStatement;
  readonly fresh?: NewStatement;
  /** Set when the home itself depends on edits. */
  readonly group?: string;
}

/** An import clause that is written anew, because a default import becomes a named one or the other way round. */
export interface NewClause {
  readonly range: TextRange;
  readonly defaultName: string | undefined;
  readonly names: string[];
  readonly usages: string[];
  readonly group: string;
  /** What stands before it, when it is added to a default import. */
  readonly before?: string;
}

/** A name that joins the braces of a declaration. */
export interface AddedName {
  readonly name: string;
  readonly text: string;
  readonly usages: readonly string[];
  readonly group: string;
}

/** The homes of a file's imports by kind and module; grows while edits are rendered. */
export class Homes {
  readonly #editor: ImportDraft;
  readonly #new = new Map<string, Home>();
  readonly #usesInlineTypes: boolean;
  /** Declarations that leave the file: nothing can be put after them. */
  readonly removed = new Set<SyntaxNode>();
  readonly clauses = new Map<ImportStatement, NewClause>();
  readonly added = new Map<ImportStatement, AddedName[]>();
  /** Names that leave a declaration that stays. */
  readonly gone = new Map<ImportStatement, ReadonlySet<SyntaxNode>>();
  /** Declarations that do not stand in the file yet, and what they follow. */
  readonly fresh: { readonly after: SyntaxNode; readonly statement: NewStatement; readonly group: string }[] = [];

  constructor(editor: ImportDraft) {
    this.#editor = editor;
    this.#usesInlineTypes = editor.statements.some(({ named }) => named.some(isInlineType));
  }

  /** Types may live with values where the file writes `import { type X }`; values never live with types. */
  of(wanted: Named, typeOnly: boolean, attributes = ''): Home | undefined {
    const own = this.#ofKind(wanted, typeOnly, attributes);
    return own ?? (typeOnly && this.#usesInlineTypes ? this.#ofKind(wanted, false, attributes) : undefined);
  }

  set(named: Named, { typeOnly, attributes }: ImportStatement, home: Home): void {
    for (const key of keysOf(named, typeOnly, attributes)) this.#new.set(key, home);
  }

  #ofKind(named: Named, typeOnly: boolean, attributes: string): Home | undefined {
    for (const key of keysOf(named, typeOnly, attributes)) {
      const made = this.#new.get(key);
      if (made) return made;
    }
    const { statements } = this.#editor;
    const statement = statements.find(
      (each) =>
        each.typeOnly === typeOnly &&
        each.attributes === attributes &&
        !each.namespace &&
        (each.braces || (each.defaultName && !typeOnly)) &&
        this.#editor.leadsTo(each.specifier, named.module),
    );
    return statement && { statement };
  }
}

/** A module and how this file writes it: two modules may be handed on by one entry. */
export interface Named {
  readonly module: ExportRef['module'];
  readonly specifier: string;
}

function keysOf({ module, specifier }: Named, typeOnly: boolean, attributes: string): readonly string[] {
  const kind = typeOnly ? 'type' : 'value';
  return [`${kind} of ${formatModule(module)} ${attributes}`, `${kind} from ${specifier} ${attributes}`];
}
