import type { ExportSurface, MemberSurface, SignatureSurface } from '../compiler/surface.ts';
import type { Mapping } from '../manifest/migration.ts';

/** One way in which a deprecated export and its canonical one differ. */
export interface SurfaceDifference {
  readonly kind: /** Only the deprecated export has it. */
    | 'only-deprecated'
    /** Only the canonical export has it. */
    | 'only-canonical'
    /** Both have it, with different signatures or types. Whether that breaks a caller only the compiler can tell. */
    | 'signature';
  readonly of: 'member' | 'static' | 'construct' | 'call' | 'type';
  /** The member's name; `new` for a constructor; the export's own name for a call or a type. */
  readonly name: string;
  /** As one would declare it, without the name: `(type: string): void` or `: number`. Absent where there is none. */
  readonly deprecated: string | undefined;
  readonly canonical: string | undefined;
  /** Whether the manifest has a mapping for it. Never for what only the canonical export has. */
  readonly mapped: boolean;
}

/** How a deprecated export and its canonical one differ: its own signatures first, then members and statics by name. */
export function compareSurfaces(
  deprecated: ExportSurface,
  canonical: ExportSurface,
  mappings: readonly Mapping[],
): readonly SurfaceDifference[] {
  return [
    ...compareThemselves(deprecated, canonical, mappings),
    ...compareMembers('member', deprecated.members, canonical.members, mappings),
    ...compareMembers('static', deprecated.statics, canonical.statics, mappings),
  ];
}

/** A member as one would declare it, without its name; overloads are joined with `; `. */
export function formatMember(member: MemberSurface): string {
  if (member.kind === 'method') return formatSignatures(member.signatures);
  return `${member.optional ? '?' : ''}: ${member.type}`;
}

export function formatSignatures(signatures: readonly SignatureSurface[]): string {
  return signatures.map((signature) => signature.text).join('; ');
}

function compareThemselves(
  deprecated: ExportSurface,
  canonical: ExportSurface,
  mappings: readonly Mapping[],
): readonly SurfaceDifference[] {
  const isClass = deprecated.kind === 'class';
  const of = isClass ? 'construct' : deprecated.kind === 'function' ? 'call' : 'type';
  const shape = (surface: ExportSurface, text: (one: SignatureSurface) => string): string =>
    of === 'type' ? `: ${surface.type || surface.kind}` : surface.signatures.map(text).join('; ');
  // What a constructor returns is the class, whose name may well be another one.
  const text = isClass ? parameterTypes : parametersAndReturn;
  if (deprecated.kind === canonical.kind && shape(deprecated, text) === shape(canonical, text)) return [];
  const mapped = mappings.some((mapping) => mapping.of === of);
  const written = (one: SignatureSurface): string => one.text;
  return [
    {
      kind: 'signature',
      of,
      name: isClass ? 'new' : deprecated.name,
      deprecated: shape(deprecated, written),
      canonical: shape(canonical, written),
      mapped,
    },
  ];
}

function compareMembers(
  of: 'member' | 'static',
  deprecated: readonly MemberSurface[],
  canonical: readonly MemberSurface[],
  mappings: readonly Mapping[],
): readonly SurfaceDifference[] {
  const old = new Map(deprecated.map((member) => [member.name, member]));
  const now = new Map(canonical.map((member) => [member.name, member]));
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((name): SurfaceDifference[] => {
    const [before, after] = [old.get(name), now.get(name)];
    if (before && after && comparable(before) === comparable(after)) return [];
    return [
      {
        kind: !after ? 'only-deprecated' : !before ? 'only-canonical' : 'signature',
        of,
        name,
        deprecated: before && formatMember(before),
        canonical: after && formatMember(after),
        mapped: before !== undefined && mappings.some((mapping) => mapping.of === 'member' && mapping.name === name),
      },
    ];
  });
}

/** What decides whether two members are the same: types, not parameter names; accessor or property does not matter. */
function comparable(member: MemberSurface): string {
  const body = member.kind === 'method' ? member.signatures.map(parametersAndReturn).join('; ') : `: ${member.type}`;
  const isReadonly = member.kind !== 'method' && member.readonly;
  return `${member.visibility} ${isReadonly ? 'readonly ' : ''}${member.optional ? '?' : ''}${body}`;
}

function parameterTypes(signature: SignatureSurface): string {
  const list = signature.parameters.map(
    ({ rest, optional, type }) => `${rest ? '...' : ''}${optional ? '?' : ''}${type}`,
  );
  return `${signature.typeParameters}(${list.join(', ')})`;
}

function parametersAndReturn(signature: SignatureSurface): string {
  return `${parameterTypes(signature)}: ${signature.returnType}`;
}
