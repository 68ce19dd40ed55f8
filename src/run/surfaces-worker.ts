import { parentPort } from 'node:worker_threads';
import { RerouteError } from '../base/errors.ts';
import { TargetView } from '../survey/target-view.ts';
import { nodeDisk } from './disk.ts';
import { Ledger } from './ledger.ts';
import { Surfaces } from './surfaces.ts';
import type { AheadAnswer, AheadTask } from './surfaces-ahead.ts';

// The thread of SurfacesAhead. It only reads.
parentPort?.once('message', ({ root, migration, ignoreBadTsconfig, withProxies }: AheadTask) => {
  const answer = (message: AheadAnswer) => parentPort?.postMessage(message);
  try {
    const view = new TargetView(root);
    const surfaces = new Surfaces(root, { migration, ledger: new Ledger(nodeDisk, root), ignoreBadTsconfig });
    surfaces.checkManifest(view);
    answer({ of: 'check' });
    if (withProxies) answer({ of: 'proxies', plan: surfaces.planProxies(view) });
  } catch (error) {
    const known = error instanceof RerouteError;
    const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
    const facts = known
      ? {
          code: error.code,
          message,
          details: error.details,
          ...(error.where && { where: error.where }),
          ...(error.next !== undefined && { next: error.next }),
        }
      : { code: 'UNKNOWN', message };
    answer({ of: 'error', known, facts, stack });
  }
});
