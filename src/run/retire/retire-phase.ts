import { RerouteError } from '../../base/errors.ts';
import type { Migration, Phase } from '../../manifest/migration.ts';

const NAME = 'retire';

/**
 * The phase that takes proxies away, and the migration with it. A manifest need not write one out: it is not the last step
 * of a migration, but what happens some day after it. Throws `RETIRE_NO_PHASE` when the name is another phase's.
 */
export function withRetirePhase(migration: Migration): { readonly migration: Migration; readonly phase: Phase } {
  const written = migration.phases.find(({ steps }) => steps.some(({ kind }) => kind === 'retire'));
  if (written) return { migration, phase: written };
  if (migration.phases.some(({ name }) => name === NAME)) {
    throw new RerouteError({
      code: 'RETIRE_NO_PHASE',
      message: `The phase "${NAME}" of the manifest does not take proxies away, and its name is taken.`,
      where: { file: migration.file },
      next: `Give it the step 'retire', or another name.`,
    });
  }
  const phase: Phase = { name: NAME, files: ['**'], steps: [{ kind: 'retire' }], gates: [] };
  return { migration: { ...migration, phases: [...migration.phases, phase] }, phase };
}
