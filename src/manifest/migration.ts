/**
 * A migration: what one manifest describes, checked and normalised. Every later stage starts from this.
 * What a person writes is `MigrationInput` (define-migration.ts); `load.ts` turns one into the other.
 */

/** A module: a file of the target, or a package's entry point. */
export type ModuleRef =
  /** Relative to the target's root, `/` between segments, with its extension. */
  | { readonly kind: 'path'; readonly path: string }
  /** A bare specifier such as `@acme/router` or `reroute/router`. */
  | { readonly kind: 'package'; readonly specifier: string };

/** One export of a module; the default export is named `default`. */
export interface ExportRef {
  readonly module: ModuleRef;
  readonly name: string;
}

export interface Migration {
  readonly name: string;
  /** The manifest's absolute path. Codemod paths in it are relative to its folder. */
  readonly file: string;
  /** 12 hex digits: SHA-256 of the normalised content, so that layout and comments do not count. */
  readonly hash: string;
  readonly moves: readonly Move[];
  /** Folders that move as a whole; which modules these are is known in a target (`expandFolders`). Absent: none. */
  readonly folders?: readonly FolderMove[];
  /** Package → the version range to depend on, for canonical packages that a package.json does not list. Absent: none. */
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Whether documents, comments and configurations that name what moved are edited, not only told. Absent: told. */
  readonly mentions?: true;
  /** What is said of all that is deprecated; exports have it with what differs, whole modules have nothing of their own. */
  readonly deprecation?: DeprecationFacts;
  /** Whether old implementations are kept beside their proxies, for `REROUTE_FALLBACK`. Absent: they are not. */
  readonly fallback?: true;
  /** Exports that a person has to look at wherever they are used, with the sentence to tell. */
  readonly review: readonly ReviewRule[];
  /** In the order in which they run. */
  readonly phases: readonly Phase[];
  /** Apply to every phase. `types` is always first when it is there. */
  readonly gates: readonly Gate[];
}

export type Move = ExportMove | ModuleMove;

/** One canonical export and the deprecated exports that become it. */
export interface ExportMove {
  readonly kind: 'export';
  readonly canonical: ExportRef;
  /** Empty: the canonical export's own members are renamed in place. */
  readonly replaces: readonly Deprecated[];
  /** The mappings when `replaces` is empty; otherwise each {@link Deprecated} carries its own. */
  readonly inPlace: readonly Mapping[];
  /**
   * How canonical calls are said to deprecated members that subclasses override: mappings from canonical to deprecated.
   * Absent: as {@link Mapping mappings} tell.
   */
  readonly overrides?: readonly Mapping[];
  /** Names that the mappings' right sides may use, and where each is imported from. */
  readonly imports: ReadonlyMap<string, ExportRef>;
  /** What proxies say of it at run time; the migration's own and what the export says differently. */
  readonly deprecation?: DeprecationFacts;
}

/** A whole module that moves: all its exports, unchanged. */
export interface ModuleMove {
  readonly kind: 'module';
  readonly canonical: ModuleRef;
  readonly replaces: readonly ModuleRef[];
}

/** A folder whose modules all move, each to the same place below another one. Relative to the root, with a final `/`. */
export interface FolderMove {
  readonly canonical: string;
  readonly replaces: readonly string[];
}

/** What is said of a deprecated thing beside its replacement. All are optional; `phase` left out is `warn`. */
export interface DeprecationFacts {
  readonly since?: string;
  readonly until?: string;
  readonly phase?: 'pending' | 'warn' | 'error';
  readonly link?: string;
}

/** A deprecated export with the mappings of its members. */
export interface Deprecated {
  readonly export: ExportRef;
  /** Shared mappings and the export's own, its own first. */
  readonly mappings: readonly Mapping[];
}

/**
 * How something deprecated is said in canonical terms. One structure, two uses: the proxy's forwarding body and the
 * codemod's rewrite are the same template.
 */
export interface Mapping {
  /** Both sides as the manifest has them, for messages. */
  readonly source: { readonly from: string; readonly to: string };
  /** `member`: a member of the class; `construct`: `new`; `call`: the function itself. */
  readonly of: 'member' | 'construct' | 'call';
  /** The deprecated member's name; empty for `construct` and `call`. */
  readonly name: string;
  /** `undefined`: a plain rename, right for every use. Otherwise only calls that fit these parameters are rewritten. */
  readonly parameters: readonly Parameter[] | undefined;
  readonly to: Template;
}

export interface Parameter {
  readonly name: string;
  readonly optional: boolean;
  readonly rest: boolean;
}

/**
 * The right side of a mapping: an expression whose leftmost name is the canonical member. For `construct` and `call`
 * the leftmost name is the canonical export, and the text begins with its argument list: `({ supervisor, hub })`.
 */
export interface Template {
  /** As written, e.g. `addHandler(handlerFor(type, handler))`. A rename is just the name. */
  readonly text: string;
  /** The canonical member that the text begins with; empty for `construct` and `call`. */
  readonly member: string;
  /** Where parameters stand in the text, by start. */
  readonly holes: readonly Hole[];
  /** Names that are neither parameters nor globals: keys of {@link ExportMove.imports}. Sorted. */
  readonly freeNames: readonly string[];
}

export interface Hole {
  /** Offsets into {@link Template.text}. */
  readonly start: number;
  readonly end: number;
  /** Index into {@link Mapping.parameters}. */
  readonly parameter: number;
  /** Inside a function, or behind a condition: the argument would be evaluated later than it is today, or never. */
  readonly deferred: boolean;
  /** `{ type }`: the hole is a shorthand property, so the name is written before the argument. */
  readonly shorthand: boolean;
}

export interface ReviewRule {
  readonly export: ExportRef;
  readonly reason: string;
}

export interface Phase {
  readonly name: string;
  /** Globs over target paths; a leading `!` takes away. A file belongs to the first phase that matches it. */
  readonly files: readonly string[];
  readonly steps: readonly Step[];
  /** Beside the migration's own gates. */
  readonly gates: readonly Gate[];
}

export type Step =
  | { readonly kind: 'proxies' }
  | { readonly kind: 'imports' }
  | { readonly kind: 'members' }
  | { readonly kind: 'retire' }
  /** A jscodeshift transform; `path` is absolute. */
  | CodemodStep;

export interface CodemodStep {
  readonly kind: 'codemod';
  readonly path: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** What one file may take. */
  readonly seconds: number;
  /** What the process that it runs in may take. */
  readonly megabytes: number;
}

export type Gate =
  /** No new diagnostic; checked in memory before anything is written. */
  | { readonly kind: 'types' }
  /** At most so many places for review; checked before anything is written. */
  | { readonly kind: 'budget'; readonly review: number }
  | CommandGate
  /** After the commands: nothing is changed but what the phase changed. */
  | { readonly kind: 'clean' };

/** A command, run in the target after writing; exit code 0 passes. */
export interface CommandGate {
  readonly kind: 'command';
  readonly command: string;
  readonly shell?: true;
  /** Seconds. */
  readonly timeLimit?: number;
  readonly retries?: number;
  /** It runs before writing as well, and passes when nothing fails that passed then. */
  readonly noNewFailures?: true;
}

/** A gate as results and reports name it. */
export function gateName(gate: Gate): string {
  if (gate.kind === 'command') return gate.command;
  return gate.kind === 'budget' ? `budget ${gate.review}` : gate.kind;
}

/** `src/a.ts#X`, or `@acme/router#X`: how the manifest writes an export. */
export function formatExport(ref: ExportRef): string {
  return `${formatModule(ref.module)}#${ref.name}`;
}

export function formatModule(ref: ModuleRef): string {
  return ref.kind === 'path' ? ref.path : ref.specifier;
}
