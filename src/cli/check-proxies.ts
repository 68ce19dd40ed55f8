import type { Migration } from '../manifest/migration.ts';
import type { ProxyFault } from '../proxy/check-files.ts';
import { count } from '../report/words.ts';
import { nodeDisk } from '../run/disk.ts';
import { Ledger } from '../run/ledger.ts';
import { proxyRequest } from './proxy-request.ts';
import type { Session } from './session.ts';

export interface CheckOptions {
  readonly migration: Migration;
  readonly target: string;
  readonly out: string | undefined;
  /** The command that makes them again. */
  readonly again: string;
}

/** Tells which proxies are not what the manifest gives. Writes nothing; what an interrupted run left is not put right. */
export async function checkTarget(session: Session, options: CheckOptions): Promise<readonly ProxyFault[]> {
  const { migration, target, out, again } = options;
  const request = await proxyRequest(session, { migration, target, ledger: new Ledger(nodeDisk, target), out });
  const { checkProxyFiles } = await import('../proxy/check-files.ts');
  const faults = checkProxyFiles(request);
  session.print(told(session, faults, again));
  session.result({
    target,
    folder: out === undefined ? target : session.cwd,
    isStale: faults.length > 0,
    proxies: faults.map(({ file, fault, isLost }) => ({ file, state: fault, ...(isLost && { isLost }) })),
    ...(faults.length > 0 && { again }),
  });
  return faults;
}

const WHY: Readonly<Record<ProxyFault['fault'], string>> = {
  missing: 'missing: nothing stands there, or still the old implementation',
  stale: 'stale: the manifest, a module that it was made from, or Reroute has changed',
  edited: 'edited by hand',
};

function told({ palette }: Session, faults: readonly ProxyFault[], again: string): string {
  if (faults.length === 0) return 'All proxies are as the manifest says.';
  const are = faults.length === 1 ? 'is' : 'are';
  const width = Math.max(...faults.map(({ file }) => file.length));
  const lost = faults.filter(({ isLost }) => isLost).length;
  return [
    palette.yellow(`${count(faults.length, 'proxy', 'proxies')} ${are} not what the manifest gives:`),
    ...faults.map(({ file, fault }) => `  ${file.padEnd(width)}  ${WHY[fault]}`),
    `Make ${faults.length === 1 ? 'it' : 'them'} again: ${again}`,
    ...(lost > 0
      ? [
          `${lost === faults.length ? 'First' : `For ${lost} of them, first`} restore the file from version control, or do it where the ledger (.reroute/) is.`,
        ]
      : []),
  ].join('\n');
}
