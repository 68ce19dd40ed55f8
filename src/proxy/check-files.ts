import path from 'node:path';
import type { Migration } from '../manifest/migration.ts';
import type { ProxyRequest } from './make-proxies.ts';
import { planProxies } from './plan-proxies.ts';
import { isEdited, proxyOrigin } from './proxy-header.ts';
import { outPath, type RenderRequest, renderProxies } from './render-proxies.ts';

/** A file that is not the proxy which the manifest gives. */
export interface ProxyFault {
  readonly file: string;
  /** `missing`: no proxy stands there. `edited`: a person changed it. `stale`: something that it was made from changed. */
  readonly fault: 'missing' | 'stale' | 'edited';
  /** Nobody knows here what it replaced, or it is gone from a target: it has to be restored before it can be made again. */
  readonly isLost: boolean;
}

/**
 * Holds the proxies that stand at the deprecated paths, or in the folder `out`, against the manifest. Where nobody knows
 * what a proxy replaced (a fresh checkout has no ledger), what it says of itself is all that is looked at: the manifest
 * that it was made from, and the hash of its own text. Throws as `planProxies` does, but for `PROXY_ORIGINAL_MISSING`.
 */
export function checkProxyFiles(request: ProxyRequest | RenderRequest): readonly ProxyFault[] {
  const tolerant = { ...request, leaveLost: true };
  const isOut = 'out' in tolerant;
  const { changes, lost } = isOut ? renderProxies(tolerant) : planProxies(tolerant);
  const faults: ProxyFault[] = changes.map(({ file, before }) => ({
    file,
    fault: faultOf(before, request.migration) ?? 'stale',
    isLost: false,
  }));
  for (const module of lost) {
    const file = isOut ? outPath(tolerant.out, module) : path.posix.normalize(module);
    const fault = faultOf(isOut ? tolerant.readOut(file) : request.readText(module), request.migration);
    if (fault) faults.push({ file, fault, isLost: true });
  }
  return faults.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** What a file that should be a proxy is, as far as it tells itself. */
function faultOf(text: string | undefined, { name, hash }: Migration): ProxyFault['fault'] | undefined {
  const origin = text === undefined ? undefined : proxyOrigin(text.replace(/^\uFEFF/, ''));
  if (text === undefined || !origin) return 'missing';
  if (isEdited(text)) return 'edited';
  return origin.migration === name && origin.hash === hash ? undefined : 'stale';
}
