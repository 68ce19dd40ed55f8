/**
 * What the later stages ask of a compiler. It speaks of files, ranges and declarations, not of TypeScript, so that
 * another language can stand behind it. Paths are absolute with `/` between segments; offsets are UTF-16 and half-open,
 * and a byte order mark does not count.
 */
import type { TextRange } from '../base/places.ts';

export interface OpenOptions {
  /** The target's root folder. */
  readonly root: string;
  /** The files that will be asked about. Each is put into a program, whatever the target's configuration includes. */
  readonly files: readonly string[];
  /** Texts that stand in for what is on disk; `null`: the file is gone. */
  readonly overlay?: ReadonlyMap<string, string | null>;
  /** Whether a file's declarations hold without being imported, as far as the caller knows; `undefined`: it is read. */
  readonly isAmbient?: (file: string) => boolean | undefined;
  /** The text of a file on disk, without byte order mark, where the caller has it at hand; `undefined`: it is read. */
  readonly textOf?: (file: string) => string | undefined;
  /** Whether overlays will create files or take them away. When it is not said and one does, the compiler starts anew. */
  readonly movesFiles?: boolean;
  /** What to do with a configuration that does not parse: throw `COMPILER_BAD_CONFIG`, or go on without it. */
  readonly onBadConfig?: 'throw' | 'ignore';
}

/** An open compiler over one target. It holds a child process: close it, also on errors. */
export interface CompilerSession {
  /** The configurations in use, with what was wrong with them. */
  readonly projects: readonly ProjectInfo[];
  /** Puts more files into the programs. */
  include(files: readonly string[]): void;
  /** What stands at each offset: one answer per offset, in order. One request per file. */
  resolve(file: string, offsets: readonly number[]): readonly Resolution[];
  /** The exports of a module by name, re-exports followed to their declarations. Empty when the file is no module. */
  exportsOf(file: string): ReadonlyMap<string, readonly Declaration[]>;
  /** Where `specifier`, written in `file`, leads: a file, or `undefined`. */
  resolveSpecifier(file: string, specifier: string): string | undefined;
  /** Whether the compiler itself finds no module for a specifier, which a bundler or a test runner may find all the same. */
  isMissing(file: string, specifier: string): boolean;
  /**
   * Where the aliases of several configurations that all include a file lead a specifier, each file once; empty when only
   * one includes it.
   */
  readings(file: string, specifier: string): readonly string[];
  /** The classes and interfaces that a class or interface extends or implements, transitively, nearest first. */
  heritage(declaration: Declaration): readonly Ancestor[];
  /** The members of a class or interface, inherited ones included: name → its declarations. */
  members(declaration: Declaration): ReadonlyMap<string, readonly Declaration[]>;
  /** What a declaration's instances are declared as: behind a type alias or a constant that holds a class; else itself. */
  shape(declaration: Declaration): readonly Declaration[];
  /** Whether an instance of `given` may stand where `wanted` is asked for. False when no program has both. */
  accepts(wanted: Declaration, given: Declaration): boolean;
  /** Every place that refers to what stands at the offset, its declarations included. */
  references(file: string, offset: number): readonly FileRange[];
  /** Lays texts over the target (`null`: gone, `undefined`: as on disk again) and updates the programs. */
  overlay(changes: ReadonlyMap<string, string | null | undefined>): void;
  /** Syntax errors of the files, by position. */
  syntaxErrors(files: readonly string[]): readonly Diagnostic[];
  /** Errors (no warnings, no suggestions) of the files, syntax errors included, each once. */
  diagnostics(files: readonly string[]): readonly Diagnostic[];
  close(): void;
}

export interface ProjectInfo {
  /** The configuration file; `undefined` for the one that exists in memory only. */
  readonly config: string | undefined;
  /** How many of the asked files it serves. */
  readonly files: number;
  readonly problems: readonly Diagnostic[];
  /** What the compiler takes no longer, and reads otherwise or not at all. */
  readonly refused: readonly RefusedSetting[];
}

/** An option of a configuration, or of one that it extends; `value`: only this value of it is refused. */
export interface RefusedSetting extends FileRange {
  readonly name: string;
  readonly value?: string;
}

export interface FileRange {
  readonly file: string;
  readonly range: TextRange;
}

/** An import that leads nowhere. */
export interface UnresolvedImport {
  /** The file that it stands in. */
  readonly file: string;
  readonly specifier: string;
}

/** What a name or a specifier means. */
export type Resolution =
  /** A name: what it is declared as, aliases (imports, re-exports) followed. Several for overloads, unions, merging. */
  | {
      readonly kind: 'declared';
      readonly declarations: readonly Declaration[];
      /** Whether the compiler has no symbol of its own there: its diagnostics may not miss what changes. */
      readonly unseen?: boolean;
      /** For what stands in for them in mocks: where the specifiers of those mocks begin. */
      readonly mocks?: readonly number[];
    }
  /** The text of a specifier: the module's file. */
  | { readonly kind: 'module'; readonly file: string; readonly stub?: Stub }
  /** A member of something whose type is not known: `any`, an unresolved import, an index signature. */
  | { readonly kind: 'unknown'; readonly why: string; readonly unresolved?: UnresolvedImport }
  /** No name stands there: a comment or white space, or else the text of a string. */
  | { readonly kind: 'nothing'; readonly comment: boolean };

/** What a specifier that is a stub's key stands in for: `proxyquire('./service', { './router': … })`. */
interface Stub {
  /** The file whose import it stands in for. */
  readonly of: string;
  /** The file that the specifier counts from. */
  readonly from: string;
}

export type DeclarationKind =
  | 'class'
  | 'interface'
  | 'function'
  | 'variable'
  | 'parameter'
  | 'type'
  | 'enum'
  | 'namespace'
  | 'module'
  | 'method'
  | 'property'
  | 'accessor'
  | 'constructor'
  | 'object'
  | 'other';

export interface Declaration extends FileRange {
  /** `range` is that of the name, or of the whole declaration when it has none. */
  readonly name: string;
  readonly kind: DeclarationKind;
  /** The class, interface, type or object literal that it is a member of. */
  readonly owner: Declaration | undefined;
}

export interface Ancestor extends Declaration {
  /** For which members it is one, where a type is made of some of another's: `implements Pick<Router, 'add'>`. */
  readonly only?: ReadonlySet<string>;
}

export interface Diagnostic extends FileRange {
  readonly code: number;
  readonly message: string;
}
