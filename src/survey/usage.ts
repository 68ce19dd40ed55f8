import type { Place } from '../base/places.ts';
import type { Deprecated, ExportMove, Mapping, ModuleRef, Move } from '../manifest/migration.ts';

/** A place that text search found, with what the compiler says of it. Every found place is exactly one usage. */
export interface Usage {
  /** `<file>:<start>`; a place is found once. */
  readonly id: string;
  readonly place: Place;
  /** The text that stands there: a name, or a specifier without its quotes. */
  readonly text: string;
  readonly subject: Subject;
  readonly verdict: Verdict;
}

/** What the found place may refer to. */
export type Subject =
  /** A specifier that names a deprecated module. `moves` has all moves that take an export away from it. */
  | {
      readonly kind: 'specifier';
      readonly module: ModuleRef;
      readonly moves: readonly Move[];
      /** For a stub's key: the file whose import it stands in for, and the one that it counts from; relative. */
      readonly stub?: { readonly of: string; readonly from: string };
    }
  /** A document, a comment or a string that names a deprecated module; `to`: what it would say, when that is plain. */
  | { readonly kind: 'mention'; readonly module: ModuleRef; readonly moves: readonly Move[]; readonly to?: string }
  /** What a change to the file `by` puts out of date: a lock file, a path that counts from it. Never edited. */
  | { readonly kind: 'outdated'; readonly by: string }
  /** A member's name. */
  | { readonly kind: 'member'; readonly name: string; readonly candidates: readonly MemberCandidate[] }
  /** A deprecated export's own name where it is imported, re-exported or constructed. */
  | { readonly kind: 'export'; readonly name: string; readonly candidates: readonly ExportCandidate[] };

export interface MemberCandidate {
  readonly move: ExportMove;
  /** `undefined`: the canonical export's own member, renamed in place. */
  readonly deprecated: Deprecated | undefined;
  readonly mappings: readonly Mapping[];
}

export interface ExportCandidate {
  readonly move: ExportMove;
  readonly deprecated: Deprecated;
}

export type Verdict =
  /** It refers to something deprecated, and the proof says how that is known. */
  | { readonly kind: 'proven'; readonly proof: Proof; readonly candidate: number }
  /** It refers to something else, or to nothing: left alone. */
  | { readonly kind: 'unrelated'; readonly reason: Reason }
  /** A person has to look. */
  | { readonly kind: 'unclear'; readonly reason: Reason };

/** How it is known. */
export interface Proof {
  readonly how: /** The checker's symbol at the place is the deprecated declaration. */
    | 'symbol'
    /** The symbol is a member that overrides the deprecated one in a subclass. */
    | 'override'
    /** The specifier resolves to the deprecated module. */
    | 'module';
  /** The deprecated declaration (or module) that it resolves to. */
  readonly declaration: Place;
  /** `MessageRouter.register_handler`, or the module's path. */
  readonly name: string;
  /** A key in a string, or a type that only JSDoc knows: a check of types may not see that the edit is wrong. */
  readonly unseen?: boolean;
  /** For a member of what stands in for something in mocks: where the specifiers of those begin. It goes with them. */
  readonly mocks?: readonly number[];
}

/** What an import that leads nowhere asks for. */
export interface Missing {
  readonly kind: 'package' | 'file';
  /** The package's name, or the file's path as far as the import tells it. */
  readonly name: string;
}

export interface Reason {
  /** Stable, kebab-case: `other-declaration`, `comment`, `any`, `shared-interface`, `inherited`, `union`, `spread`, … */
  readonly code: string;
  readonly text: string;
  /** The declarations that the text speaks of. */
  readonly declarations?: readonly Place[];
  /** What is not there, so that nothing could be told. */
  readonly missing?: readonly Missing[];
}
