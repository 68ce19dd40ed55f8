import type { ExportMove, Mapping } from '../../src/manifest/migration.ts';
import type { Reason } from '../../src/survey/usage.ts';
import type { ImportEditor } from './import-editor.ts';

/** Why a file cannot import what a template uses; `undefined` when it can, or has it. */
export function importObstacle(imports: ImportEditor, mapping: Mapping, move: ExportMove): Reason | undefined {
  for (const name of mapping.to.freeNames) {
    const ref = move.imports.get(name);
    if (!ref || imports.localOf(ref, 'value') !== undefined) continue;
    if (imports.specifierFor(ref.module) === undefined) return imports.unnameable(ref.module);
  }
  return undefined;
}

/** The local names of what a template uses beside its parameters, imported where they are not yet: name → local name. */
export function importTemplateNames(
  imports: ImportEditor,
  mapping: Mapping,
  move: ExportMove,
  group: string,
): ReadonlyMap<string, string> {
  return new Map(
    mapping.to.freeNames.map((name) => {
      const ref = move.imports.get(name);
      if (!ref) throw new Error(`'${mapping.source.to}' uses '${name}', which the manifest imports from nowhere`);
      return [name, imports.need(ref, name, group)];
    }),
  );
}
