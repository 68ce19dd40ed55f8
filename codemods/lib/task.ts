import type { ExportRef, Migration, ModuleRef } from '../../src/manifest/migration.ts';
import type { Edit } from '../../src/plan/file-change.ts';
import type { TargetLayout } from '../../src/survey/target-layout.ts';
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
  /** Specifiers that were tried in this file and do not lead to the canonical module. */
  readonly avoid?: ReadonlySet<string>;
}

/** A place where a module is to be named. */
interface NameUse {
  /** The file, relative to the target's root. */
  readonly from: string;
  /** The specifier whose place the new one takes, and the path that it leads to. */
  readonly old?: string;
  readonly oldModule?: string;
}

/** What the compiler knows of the modules that a migration names. */
export interface ModuleFacts {
  /** What can be told without the compiler. */
  readonly layout: TargetLayout;
  /** The names that a module exports, `export=` for `module.exports = Old`; `undefined` when it does not resolve. */
  exportNames(module: ModuleRef): ReadonlySet<string> | undefined;
  /** Whether an export is a type and nothing else, so that it may only be handed on as one. */
  isType(ref: ExportRef): boolean;
  /** Whether a `__mocks__` folder keeps a mock of the module, for tests that mock it without a factory. */
  hasManualMock(module: ModuleRef): boolean;
  /** The names that configurations give a module for use in a file, those of the old specifier's kind first. */
  namesOf(module: ModuleRef, use: NameUse): readonly string[];
  /** Where else than to `module` a specifier leads, under other conditions or in another project; in words. */
  elsewhere(from: string, specifier: string, module: ModuleRef): string | undefined;
  /** Whether a specifier that is no relative one leads from a file to a module. */
  leadsTo(from: string, specifier: string, module: ModuleRef): boolean;
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
