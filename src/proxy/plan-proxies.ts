import path from 'node:path';
import type { FileChange } from '../plan/file-change.ts';
import { legacyPath } from '../survey/legacy-file.ts';
import { makeProxies, type Placement, type ProxyRequest } from './make-proxies.ts';
import { proxyOrigin } from './proxy-header.ts';
import type { ProxyEntry } from './proxy-module.ts';

export type { ProxyRequest } from './make-proxies.ts';

export interface ProxyPlan {
  /** Proxies and moved modules, by path. A proxy that is there already gives none. */
  readonly changes: readonly FileChange[];
  /** Where each moved module comes from: the path of its change → the path of the deprecated module. */
  readonly moved: ReadonlyMap<string, string>;
  /** Where each old implementation that is kept comes from, as in {@link moved}. */
  readonly legacy: ReadonlyMap<string, string>;
  /** What each deprecated module's proxy exports, in which form, whether it changed or not. */
  readonly proxies: readonly PlannedProxy[];
  /** Deprecated modules that get no proxy, each with the reason. */
  readonly without: ReadonlyMap<string, string>;
  /** Of {@link without}: those with a proxy of which nobody knows what it replaced, or whose proxy somebody took away. */
  readonly lost: readonly string[];
}

interface PlannedProxy {
  readonly path: string;
  readonly exports: readonly { readonly name: string; readonly form: ProxyEntry['form'] }[];
  /** Fields of JavaScript classes, `Old.field`, that instances no longer have. Whether anybody used them is not known. */
  readonly unkept: readonly string[];
}

/**
 * The proxies of a migration's deprecated modules, checked, as changes to the target. Writes nothing; the same input
 * gives the same text.
 *
 * Throws `PROXY_UNMAPPED_MEMBERS`, `PROXY_UNMAPPED_EXPORT`, `PROXY_MEMBER_TAKEN` or `PROXY_TYPES` with everything that
 * stands in the way, `PROXY_NO_SPECIFIER`, `PROXY_ORIGINAL_MISSING`, `PROXY_SYNTAX`, `MANIFEST_UNKNOWN_MODULE`, `MANIFEST_UNKNOWN_EXPORT`.
 */
export function planProxies(request: ProxyRequest): ProxyPlan {
  const read = (file: string): string | undefined => request.readText(file)?.replace(/^\uFEFF/, '');
  const made = makeProxies({ ...request, readText: read }, inTarget);
  const changes: FileChange[] = [];
  for (const [file, { text }] of made.collected.created) changes.push(change(file, undefined, text, false));
  for (const { module, text, legacy } of made.proxies) {
    const bom = request.readText(module.path)?.startsWith('\uFEFF') ?? false;
    if (text !== module.current) changes.push(change(module.path, module.current, text, bom));
    const kept = legacyPath(module.path);
    const stands = kept === undefined ? undefined : read(kept);
    if (kept === undefined || stands === legacy?.text) continue;
    // One that nobody asks for any more goes; a file of somebody else's is none of ours.
    if (legacy !== undefined || proxyOrigin(stands ?? '')) changes.push(change(kept, stands, legacy?.text, bom));
  }
  return {
    changes: changes.sort((a, b) => (a.file < b.file ? -1 : 1)),
    moved: new Map([...made.collected.created].map(([file, { from }]) => [file, from])),
    legacy: new Map(
      made.proxies.flatMap(({ module: { path: from }, legacy }) => (legacy ? [[legacy.file, from] as const] : [])),
    ),
    proxies: made.proxies.map(({ module, entries, unkept }) => ({
      path: module.path,
      exports: entries.map(({ name, form }) => ({ name, form })),
      unkept,
    })),
    without: made.collected.without,
    lost: made.collected.lost,
  };
}

const inTarget: Placement = {
  command: 'npx reroute proxies',
  source: (modules, file, ref) => modules.specifier(file, ref.module),
  sources: (modules, file) => ({
    scope: (of) => modules.scope(of),
    specifier: (specifier, from) =>
      from === file || !specifier.startsWith('.')
        ? specifier
        : modules.specifierOf(
            file,
            modules.resolve(specifier, from) ?? path.posix.join(path.posix.dirname(from), specifier),
          ),
    specifierOf: (of) => modules.specifierOf(file, of),
    resolve: (specifier, from) => modules.resolve(specifier, from),
  }),
};

function change(file: string, before: string | undefined, after: string | undefined, bom: boolean): FileChange {
  const kind = before === undefined ? 'create' : after === undefined ? 'delete' : 'modify';
  return { file, kind, before, after, bom, edits: [], step: 'proxies' };
}
