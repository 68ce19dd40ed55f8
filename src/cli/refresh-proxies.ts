import { RerouteError } from '../base/errors.ts';
import type { Migration } from '../manifest/migration.ts';
import type { Session } from './session.ts';

/**
 * Writes a target's proxies by running the phase that makes them, so that the ledger knows them and rollback brings the
 * old implementations back. Throws `PROXIES_NO_PHASE` when no phase does only that, `PROXIES_GATE` when a gate fails.
 */
export async function refreshProxies(session: Session, migration: Migration, target: string): Promise<void> {
  const making = migration.phases.filter(({ steps }) => steps.some(({ kind }) => kind === 'proxies'));
  const alone = making.find(({ steps }) => steps.every(({ kind }) => kind === 'proxies'));
  if (!alone) {
    throw new RerouteError({
      code: 'PROXIES_NO_PHASE',
      message: 'No phase of the manifest makes proxies and nothing else, so they are not written on their own.',
      where: { file: migration.file },
      next: making[0] ? `reroute run ${making[0].name}` : "Add a phase: { name: 'consolidate', steps: ['proxies'] }",
    });
  }
  const { run } = await import('../run/run.ts');
  const { records } = await run({
    migration,
    target,
    phases: [alone.name],
    dryRun: false,
    anyway: true,
    ignoreBadTsconfig: false,
    signal: session.signal,
    now: session.now,
    onProgress: (event) => session.progress.show(event),
  });
  const failed = records.flatMap(({ gates }) => gates).find(({ passed }) => !passed);
  if (!failed) return;
  throw new RerouteError({
    code: 'PROXIES_GATE',
    message: `The gate ${failed.gate} failed with the new proxies, so they were taken back.`,
    details: failed.output.trim().split('\n').slice(-20),
    next: 'reroute report   (shows the whole output)',
  });
}
