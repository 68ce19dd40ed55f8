import type { ExportSurface, MemberSurface, Surface } from '../compiler/surface.ts';
import type { Deprecated, ExportMove, ExportRef } from '../manifest/migration.ts';
import type { ModuleScope } from './module-scope.ts';

/** One deprecated module: its text before the migration, and what replaces its exports. */
export interface DeprecatedModule {
  /** Relative to the target's root. */
  readonly path: string;
  readonly text: string;
  readonly scope: ModuleScope;
  readonly surface: Surface;
  readonly replaced: ReadonlyMap<string, { readonly move: ExportMove; readonly deprecated: Deprecated }>;
  /** Canonical modules in which exports that the manifest does not name are looked for, the nearest first. */
  readonly canonicals: readonly CanonicalModule[];
  /** The module moved as a whole to the first of {@link canonicals}. */
  readonly moved: boolean;
  /** Where its old implementation is kept, absolute; `undefined` when it is not. */
  readonly legacy: string | undefined;
}

interface CanonicalModule {
  readonly ref: ExportRef['module'];
  readonly surface: Surface;
}

export function isTypeScript({ path }: DeprecatedModule): boolean {
  return /\.[cm]?tsx?$/.test(path);
}

/** The name that an export has inside its module. */
export function localName({ scope, replaced }: DeprecatedModule, { name }: ExportSurface): string {
  if (name !== 'default') return name;
  const local = scope.exports.get('default') ?? scope.wholeLocal ?? 'Default';
  // Exported by that name as well, and replaced by something else: two things from now on.
  const isTwo = [...scope.exports].some(
    ([other, of]) => other === local && of === local && replaced.get(other)?.move !== replaced.get(name)?.move,
  );
  return isTwo ? 'Default' : local;
}

/** In JavaScript every field that a constructor sets looks public. Which of them callers use nobody has declared. */
export function isState(module: DeprecatedModule, member: MemberSurface): boolean {
  return !isTypeScript(module) && member.kind === 'property' && member.signatures.length === 0;
}
