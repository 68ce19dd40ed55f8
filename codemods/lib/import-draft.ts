import type { TextRange } from '../../src/base/places.ts';
import type { ModuleRef } from '../../src/manifest/migration.ts';
import type { ImportStatement } from './import-statements.ts';
import type { ParsedFile } from './parse.ts';
import type { SourceLayout } from './source-layout.ts';

/** A file and the edits that gather for it: what the renderers of imports write into. */
export interface ImportDraft {
  readonly file: ParsedFile;
  readonly layout: SourceLayout;
  readonly statements: readonly ImportStatement[];
  /** Whether a specifier of this file names the module. */
  leadsTo(specifier: string, module: ModuleRef): boolean;
  /** Adds an edit; `usages` are the ids that it answers. */
  edit(range: TextRange, text: string, usages: readonly string[], group: string): void;
  /** Edits of both groups are held back together. */
  join(a: string, b: string): void;
}
