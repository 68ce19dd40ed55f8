import type { ExportSurface } from '../compiler/surface.ts';
import type { ExportRef } from '../manifest/migration.ts';
import type { CanonicalMembers } from './canonical-members.ts';
import type { Carriers } from './carriers.ts';
import type { DeprecatedModule } from './deprecated-module.ts';
import type { Source } from './proxy-module.ts';

/** What has to be known of the target to describe a proxy. */
export interface DescribeContext {
  readonly members: CanonicalMembers;
  readonly carriers: Carriers;
  /** Forwards only calls that the class itself had, so that their types are known: for a check, never to be written. */
  readonly ownOnly?: boolean;
  /** The canonical export's surface. */
  canonical(ref: ExportRef): ExportSurface | undefined;
  /** How the proxy of `module` names an export. */
  source(ref: ExportRef, module: DeprecatedModule): Source;
}
