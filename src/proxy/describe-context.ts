import type { ExportSurface } from '../compiler/surface.ts';
import type { Deprecated, ExportMove, ExportRef } from '../manifest/migration.ts';
import type { CanonicalMembers } from './canonical-members.ts';
import type { Carriers } from './carriers.ts';
import type { DeprecatedModule } from './deprecated-module.ts';
import type { Override } from './find-overrides.ts';
import type { Source } from './proxy-module.ts';

/** A deprecated class and what replaces it. */
export interface ReplacedClass {
  readonly old: ExportSurface;
  readonly canonical: ExportSurface;
  readonly move: ExportMove;
  readonly deprecated: Deprecated;
}

/** What has to be known of the target to describe a proxy. */
export interface DescribeContext {
  readonly members: CanonicalMembers;
  readonly carriers: Carriers;
  /** Forwards only calls that the class itself had, so that their types are known: for a check, never to be written. */
  readonly ownOnly?: boolean;
  /** Deprecated members of a canonical class that subclasses in the target override, each with the places. */
  overridden(move: ExportMove): ReadonlyMap<string, readonly Override[]>;
  /** The canonical export's surface. */
  canonical(ref: ExportRef): ExportSurface | undefined;
  /** How the proxy of `module` names an export. */
  source(ref: ExportRef, module: DeprecatedModule): Source;
}
