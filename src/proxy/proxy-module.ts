import type { MemberSurface, SignatureSurface } from '../compiler/surface.ts';
import type { DeprecationFacts, ExportRef } from '../manifest/migration.ts';

/** A proxy before it is written out: what it exports and in which form. */
export interface ProxyModule {
  /** Where it stands, relative to the target's root. */
  readonly path: string;
  readonly language: 'ts' | 'esm' | 'cjs';
  /** The old module was one value: `export =`, `module.exports =`. */
  readonly wholeExport: boolean;
  readonly entries: readonly ProxyEntry[];
  /** The specifier of the module that it moved to as a whole. */
  readonly movedTo: string | undefined;
  /** `export * from` lines that stay. */
  readonly stars: readonly string[];
  /** How the header says that the old implementation can be handed out; left out: it cannot. */
  readonly fallback?: string | undefined;
}

export type ProxyEntry = AliasEntry | ReExportEntry | ValueEntry | FunctionEntry | ClassEntry | TypeEntry;

/** Another name for what the proxy exports already: the old module exported one thing twice. */
interface AliasEntry {
  readonly form: 'alias';
  readonly name: string;
  readonly local: string;
}

/** The name with nothing at run time. */
export interface ReExportEntry {
  readonly form: 're-export';
  readonly name: string;
  readonly from: Source;
  readonly typeOnly: boolean;
  /** `undefined`: it is not deprecated, the old module handed it on from elsewhere. */
  readonly replacement: string | undefined;
}

/** Where a name comes from, as the proxy has to write it. */
export interface Source {
  readonly specifier: string;
  /** `*`: the whole module. */
  readonly imported: string;
  /** The module is one value that `require` gives: `module.exports = X`. */
  readonly whole: boolean;
}

/** The canonical value itself under the old type, which speaks of a class whose old members only the proxy's type has. */
export interface ValueEntry {
  readonly form: 'value';
  readonly name: string;
  readonly local: string;
  readonly canonical: Source;
  readonly canonicalName: string;
  /** As the old module's text has it. */
  readonly type: string;
  readonly replacement: string;
  readonly scope: string;
}

export interface FunctionEntry {
  readonly form: 'function';
  readonly name: string;
  /** The name in the proxy. */
  readonly local: string;
  readonly canonical: Source;
  readonly canonicalName: string;
  readonly signatures: readonly SignatureSurface[];
  readonly forward: Forward;
  readonly notice: Notice;
  /** The file in which the types of the signatures resolve, absolute. */
  readonly scope: string;
}

/** `members`: installed on the canonical class. `adapter`: on a subclass of it. */
export interface ClassEntry {
  readonly form: 'members' | 'adapter';
  readonly name: string;
  readonly local: string;
  readonly canonical: Source;
  /** The canonical export's name, for the name it gets here. */
  readonly canonicalName: string;
  readonly canonicalRef: ExportRef;
  readonly replacement: string;
  /** `<T extends object>` of the class here, and `<T>` for the canonical one. */
  readonly typeParameters: string;
  readonly typeArguments: string;
  readonly abstract: boolean;
  /** Of an adapter whose constructor is mapped. */
  readonly construct:
    | { readonly signatures: readonly SignatureSurface[]; readonly forward: Forward; readonly notice: Notice }
    | undefined;
  readonly members: readonly ProxyMember[];
  /** How calls of canonical members are said to deprecated ones that a subclass overrides; by canonical member. */
  readonly reached: readonly ReachedMember[];
  /** Canonical members whose old type speaks of a class with deprecated members; they only get that type again. */
  readonly retyped: readonly { readonly surface: MemberSurface; readonly isStatic: boolean }[];
  /** The file in which the types of all of these resolve, absolute. */
  readonly scope: string;
}

/** A canonical member whose calls reach overrides of a deprecated one. */
export interface ReachedMember {
  readonly member: string;
  readonly deprecated: string;
  /** A function of the canonical member's arguments, as JavaScript. */
  readonly turned: string;
  /** Names that it uses and the proxy has to import. */
  readonly freeNames: readonly string[];
}

export interface ProxyMember {
  readonly surface: MemberSurface;
  readonly isStatic: boolean;
  /** How a call is passed on; `undefined` for a property that is renamed to {@link renamedTo}. */
  readonly forward: Forward | undefined;
  readonly renamedTo: string | undefined;
  /** What the old class's own mappings say. At run time nobody knows which class's member was meant. */
  readonly replacement: string;
  readonly notice: Notice;
}

/** A type of the old module, declared again. */
interface TypeEntry {
  readonly form: 'type';
  readonly name: string;
  /** Its name in {@link scope}, where it is declared. */
  readonly declared: string;
  readonly scope: string;
}

/** What is said at run time and in `@deprecated`. */
export interface Notice {
  readonly id: string;
  readonly name: string;
  readonly replacement: string;
  /** What the manifest says of it: since, until, phase, link. */
  readonly facts: DeprecationFacts | undefined;
}

/** How the arguments of a call become a canonical expression. */
export interface Forward {
  /** The implementation's parameters; the last one begins with `...` when it takes the rest. */
  readonly parameters: readonly string[];
  /** The first case whose `most` is not below the number of arguments; the last one is for all. */
  readonly cases: readonly ForwardCase[];
  /** Whether the old signature alone types the body: one signature, and only this export's own mappings. */
  readonly typed: boolean;
  /** Names that the expressions use and the proxy has to import. */
  readonly freeNames: ReadonlySet<string>;
}

export interface ForwardCase {
  readonly most: number;
  /** A mapping's right side with its holes filled, or `name(arguments)` of a rename. */
  readonly expression: string;
}
