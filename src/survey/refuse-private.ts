import { RerouteError } from '../base/errors.ts';
import type { ExportSurface } from '../compiler/surface.ts';
import type { SurfaceReader } from '../compiler/surface-reader.ts';
import { type ExportRef, formatExport, type Migration } from '../manifest/migration.ts';

/**
 * Throws `MANIFEST_PRIVATE_MEMBER` for mappings of members that code outside of their class uses to such that only code
 * inside of theirs can.
 */
export function refusePrivate(migration: Migration, reader: SurfaceReader): void {
  const found: string[] = [];
  const surfaceOf = ({ module, name }: ExportRef) =>
    reader.resolve(module) ? reader.surface(module).exports.get(name) : undefined;
  for (const move of migration.moves) {
    if (move.kind === 'module') continue;
    const canonical = surfaceOf(move.canonical);
    for (const { export: ref, mappings } of move.replaces) {
      const own = mappings.filter(({ of }) => of === 'member');
      const deprecated = own.length > 0 ? surfaceOf(ref) : undefined;
      for (const { source, name, to } of own) {
        // What tests take from a private member by `router['name']` they may take from another one.
        if (!isPrivate(canonical, to.member) || isPrivate(deprecated, name)) continue;
        found.push(`'${source.from}': '${source.to}': '${to.member}' is private in ${formatExport(move.canonical)}`);
      }
    }
  }
  if (found.length === 0) return;
  throw new RerouteError({
    code: 'MANIFEST_PRIVATE_MEMBER',
    message: `The manifest maps ${found.length} member(s) to what only code inside of the canonical class can use.`,
    where: { file: migration.file },
    details: found,
    next: 'Name a public member in the manifest, or make this one public in the canonical class.',
  });
}

function isPrivate(surface: ExportSurface | undefined, name: string): boolean {
  if (!surface?.privates.includes(name)) return false;
  return ![...surface.members, ...surface.statics].some((each) => each.name === name);
}
