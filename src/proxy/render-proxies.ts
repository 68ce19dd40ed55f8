import path from 'node:path';
import { RerouteError } from '../base/errors.ts';
import { formatExport } from '../manifest/migration.ts';
import type { FileChange } from '../plan/file-change.ts';
import { makeProxies, type Placement, type ProxyRequest } from './make-proxies.ts';

export interface RenderRequest extends ProxyRequest {
  /** The folder that the proxies go to, relative to where {@link readOut} reads. */
  readonly out: string;
  /** What stands at a path there now; `undefined` when there is nothing. */
  readonly readOut: (path: string) => string | undefined;
}

interface RenderedProxies {
  readonly changes: readonly FileChange[];
  /** Deprecated modules that are proxies already, of which nobody knows what they replaced, and proxies that are gone. */
  readonly lost: readonly string[];
}

/**
 * The proxies of a target's deprecated modules, for a package of their own: legacy code in other repos imports them from
 * there. Each stands under `out` at its module's path, without a leading `src/`, and imports packages only: types that
 * the old module took from its neighbours are declared in the proxy. Changes are relative to where `out` is.
 *
 * Throws as `planProxies` does, and `PROXY_NOT_PACKAGE` when a canonical module is a path of the target.
 */
export function renderProxies(request: RenderRequest): RenderedProxies {
  const read = (file: string): string | undefined => request.readText(file)?.replace(/^\uFEFF/, '');
  // What other repos import has no old implementation beside it.
  const { fallback: _, ...migration } = request.migration;
  const { proxies, collected } = makeProxies({ ...request, migration, readText: read }, inPackage(request.out));
  const changes = proxies.flatMap(({ module, text }): FileChange[] => {
    const file = outPath(request.out, module.path);
    const before = request.readOut(file);
    if (before === text) return [];
    return [
      {
        file,
        kind: before === undefined ? 'create' : 'modify',
        before,
        after: text,
        bom: false,
        edits: [],
        step: 'proxies',
      },
    ];
  });
  return { changes, lost: collected.lost };
}

/** Where the proxy of a deprecated module stands under `out`. */
export function outPath(out: string, module: string): string {
  return path.posix.join(out, module.replace(/^src\//, ''));
}

function inPackage(out: string): Placement {
  return {
    command: `npx reroute proxies --out ${out}`,
    source: (_, __, ref) => {
      if (ref.module.kind === 'package') return ref.module.specifier;
      throw new RerouteError({
        code: 'PROXY_NOT_PACKAGE',
        message: `Proxies in ${out}/ are for other repos, but ${formatExport(ref)} is a file of this target.`,
        where: { file: ref.module.path },
        next: 'Name the canonical module by a package specifier in the manifest.',
      });
    },
    sources: (modules) => ({
      scope: (of) => modules.scope(of),
      specifier: (specifier) => (specifier.startsWith('.') ? undefined : specifier),
      specifierOf: (of) => (of.includes('/node_modules/') ? modules.specifierOf(of, of) : undefined),
      resolve: (specifier, from) => modules.resolve(specifier, from),
    }),
  };
}
