import type { ExportSurface } from '../compiler/surface.ts';
import type { Mapping } from '../manifest/migration.ts';
import { forwardCall } from './forward-call.ts';
import type { ProxyGaps } from './proxy-gaps.ts';
import type { Forward } from './proxy-module.ts';

/** Calls of a deprecated function, member or constructor. */
export interface Calls {
  /** What is called, as a message names it. */
  readonly name: string;
  readonly signatures: ExportSurface['signatures'];
  /** Mappings of the export itself. */
  readonly own: readonly Mapping[];
  /** Mappings that other exports have for a member of the same name. */
  readonly others?: readonly Mapping[];
}

/** How calls of an export, or of a member of it, are passed on; calls that its types allow and no mapping is for are gaps. */
export function describeCalls(
  gaps: ProxyGaps,
  of: ExportSurface,
  { name, signatures, own, others = [] }: Calls,
): Forward {
  const taken = new Set([...own, ...others].flatMap(({ to }) => to.freeNames));
  const { forward, uncovered } = forwardCall({ own, others, signatures, taken });
  if (uncovered.length > 0) {
    const counts = uncovered.length === 1 ? `${uncovered[0]} argument(s)` : `${uncovered.join(' or ')} arguments`;
    gaps.problem(
      'PROXY_UNMAPPED_MEMBERS',
      of.name,
      `${name}${signatures.map(({ text }) => text).join('; ')} may be called with ${counts}, and no mapping is for that ` +
        `(there is ${own.map(({ source }) => `'${source.from}'`).join(', ')})`,
    );
  }
  return forward;
}
