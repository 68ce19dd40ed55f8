import { readFileSync } from 'node:fs';
import path from 'node:path';
import { encode } from '../base/source-text.ts';
import type { Migration } from '../manifest/migration.ts';
import type { ProxyRequest } from '../proxy/make-proxies.ts';
import type { RenderRequest } from '../proxy/render-proxies.ts';
import { originalOf } from '../run/history.ts';
import type { Ledger } from '../run/ledger.ts';
import { expandFolders } from '../survey/expand-folders.ts';
import { TargetView } from '../survey/target-view.ts';
import type { Session } from './session.ts';

export interface ProxiesOf {
  readonly migration: Migration;
  readonly target: string;
  readonly ledger: Ledger;
  /** The folder, as seen from the current one, for proxies of a package of their own. */
  readonly out: string | undefined;
}

/** What the proxies of a target are made from. */
export async function proxyRequest(
  session: Session,
  { migration, target: root, ledger, out }: ProxiesOf,
): Promise<ProxyRequest | RenderRequest> {
  // Loaded when it is needed: it brings a compiler along, and looking or undoing takes none.
  const { createSurfaceReader } = await import('../compiler/surface-reader.ts');
  const { namesBetweenPackages } = await import('../proxy/package-names.ts');
  const view = new TargetView(root);
  const expanded = expandFolders(migration, view);
  const reader = createSurfaceReader({ root });
  const request: ProxyRequest = {
    migration: expanded,
    root,
    reader,
    files: view.files(),
    names: namesBetweenPackages(view, expanded, reader),
    readText: (file) => {
      const source = view.read(file);
      return typeof source === 'string' ? undefined : encode(source).toString('utf8');
    },
    readOriginal: (file) => originalOf(ledger, migration, file)?.text,
  };
  if (out === undefined) return request;
  const readOut = (file: string): string | undefined => {
    try {
      return readFileSync(path.resolve(session.cwd, file), 'utf8');
    } catch {
      return undefined;
    }
  };
  return { ...request, out, readOut };
}
