/** The public surface of a module: what a proxy has to keep. Read by `read-surface.ts`. */

export interface Surface {
  /** Absolute path of the module's file. */
  readonly file: string;
  /** By name; the default export is `default`, and so is what `export =` or `module.exports =` gives as a whole. */
  readonly exports: ReadonlyMap<string, ExportSurface>;
}

export interface ExportSurface {
  readonly name: string;
  readonly kind: 'class' | 'function' | 'constant' | 'enum' | 'interface' | 'type' | 'namespace';
  /** `<T extends object>`, as written; empty when there is none. */
  readonly typeParameters: string;
  /** Constructor signatures of a class, call signatures of a function. */
  readonly signatures: readonly SignatureSurface[];
  /** Public and protected instance members of a class or interface, inherited ones included. */
  readonly members: readonly MemberSurface[];
  readonly statics: readonly MemberSurface[];
  /** The names of private members and statics: no part of the surface, told so that nobody maps them. */
  readonly privates: readonly string[];
  readonly abstract: boolean;
  /** The type of a constant, as text that resolves in its module. */
  readonly type: string;
  /** The leading JSDoc comment as written, or empty. */
  readonly jsDoc: string;
  /** Where it is declared; re-exports are followed. */
  readonly declaredIn: string;
}

export interface MemberSurface {
  readonly name: string;
  readonly kind: 'method' | 'property' | 'accessor';
  readonly signatures: readonly SignatureSurface[];
  /** The type of a property or accessor. */
  readonly type: string;
  readonly visibility: 'public' | 'protected';
  readonly optional: boolean;
  readonly readonly: boolean;
  readonly jsDoc: string;
}

export interface SignatureSurface {
  /** `(type: string, handler: Handler, priority?: number): void`, as the checker prints it. */
  readonly text: string;
  /** `<T extends object>`; empty when there is none. */
  readonly typeParameters: string;
  /** The type of a `this` parameter; absent when there is none. It is in the text, and none of the parameters. */
  readonly thisType?: string;
  readonly parameters: readonly ParameterSurface[];
  readonly returnType: string;
}

export interface ParameterSurface {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly rest: boolean;
}
