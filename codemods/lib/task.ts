import type { ExportRef, Migration, ModuleRef } from '../../src/manifest/migration.ts';
import type { Edit } from '../../src/plan/file-change.ts';
import type { Reason, Usage } from '../../src/survey/usage.ts';

/** What a codemod gets for one file: the text and the usages that are proven to be deprecated. */
export interface RewriteTask {
  /** Relative to the target's root, `/` between segments. */
  readonly path: string;
  /** Without byte order mark. Ranges of usages and edits are offsets into it. */
  readonly text: string;
  /** Only those with a `proven` verdict, by start. */
  readonly usages: readonly Usage[];
  /** Usages of exports that the checker does not tie to a deprecated module. A codemod that does may answer them. */
  readonly untied?: readonly Usage[];
  readonly migration: Migration;
  /** What one file cannot tell; absent under plain jscodeshift. */
  readonly modules?: ModuleFacts;
  /** New specifiers are relative, because the alias of the old one does not reach the canonical module. */
  readonly relative?: boolean;
}

/** What the compiler knows of the modules that a migration names. */
export interface ModuleFacts {
  /** The names that a module exports, `export=` for `module.exports = Old`; `undefined` when it does not resolve. */
  exportNames(module: ModuleRef): ReadonlySet<string> | undefined;
  /** Whether an export is a type and nothing else, so that it may only be handed on as one. */
  isType(ref: ExportRef): boolean;
  /** Whether a `__mocks__` folder keeps a mock of the module, for tests that mock it without a factory. */
  hasManualMock(module: ModuleRef): boolean;
}

/** What a codemod says of each usage that it was given: every id is in exactly one of these. */
export interface RewriteResult {
  /** Beside those that wait in the `ImportEditor`; the built-in codemods leave all of theirs there. */
  readonly edits: readonly Edit[];
  /** Ids of usages that need no edit of their own because an edit of another usage carries them. */
  readonly carried: readonly string[];
  /** Ids of usages of exports that none of the file's specifiers of deprecated modules brings in: through a barrel. */
  readonly elsewhere?: readonly string[];
  /** Usages that a person has to look at, with the reason. */
  readonly review: ReadonlyMap<string, Reason>;
}
