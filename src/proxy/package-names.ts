import type { SurfaceReader } from '../compiler/surface-reader.ts';
import type { Migration, ModuleRef } from '../manifest/migration.ts';
import { ConfiguredNames } from '../survey/configured-names.ts';
import { ModuleNames } from '../survey/module-names.ts';
import { isApart } from '../survey/target-layout.ts';
import type { TargetView } from '../survey/target-view.ts';

/**
 * The names by which a file (relative) reaches a module in another package of its workspace, the best first; `undefined`
 * where no package lies between them.
 */
export type NamesBetweenPackages = (from: string, module: ModuleRef) => readonly string[] | undefined;

/** {@link NamesBetweenPackages} of a target, held against what its modules export. */
export function namesBetweenPackages(
  view: TargetView,
  migration: Migration,
  reader: SurfaceReader,
): NamesBetweenPackages {
  const names = new ModuleNames({
    view,
    migration,
    configured: new ConfiguredNames(view),
    resolver: {
      resolveSpecifier: (file, specifier) => reader.resolveSpecifier(specifier, file),
      readings: () => [],
      exportsOf: (file) =>
        new Map([...reader.surfaceOf(file).exports].map(([name, surface]) => [name, JSON.stringify(surface)])),
    },
  });
  return (from, module) => (isApart(names.layout, from, module) ? names.namesOf(module, { from }) : undefined);
}
