import type { Move, Phase, Step } from './migration.ts';

const INTEGRATION_TESTS = [
  '{integration,integration-tests,integration_tests,e2e,cypress,playwright}/**',
  '**/{test,tests,__tests__,spec,specs}/**/{integration,e2e}/**',
  '**/{e2e,integration-tests,integration_tests,__integration__,__e2e__}/**',
  '**/{integration,e2e}/**/*.{test,spec}.*',
  '**/*.{integration,int,e2e}.{test,spec}.*',
  '**/*.{integration-test,integration-spec,e2e-test,e2e-spec,e2e,cy,itest,ispec}.*',
  '**/*_{integration,e2e}_{test,spec}.*',
];

const UNIT_TESTS = [
  '**/{test,tests,__tests__,__mocks__,__fixtures__,spec,specs}/**',
  '**/*.{test,tests,spec,specs,test-d}.*',
  '**/*_{test,spec}.*',
  '**/*-{test,spec}.{ts,tsx,mts,cts,js,jsx,mjs,cjs}',
];

const REWRITE: readonly Step[] = [{ kind: 'imports' }, { kind: 'members' }];

/**
 * The phases of a manifest that names none: proxies first, where a module of the target is replaced; then everything
 * but tests, integration tests, unit tests. Every file belongs to exactly one of the last three; production code in a
 * folder named `integration` stays production unless the folder is at the top.
 */
export function defaultPhases(moves: readonly Move[], movesFolders = false): readonly Phase[] {
  const consolidate: Phase = { name: 'consolidate', files: ['**'], steps: [{ kind: 'proxies' }], gates: [] };
  return [
    ...(movesFolders || moves.some(replacesModuleOfTarget) ? [consolidate] : []),
    phase('production', ['**', ...[...INTEGRATION_TESTS, ...UNIT_TESTS].map((glob) => `!${glob}`)]),
    phase('integration-tests', INTEGRATION_TESTS),
    phase('unit-tests', UNIT_TESTS),
  ];
}

function phase(name: string, files: readonly string[]): Phase {
  return { name, files, steps: REWRITE, gates: [] };
}

function replacesModuleOfTarget(move: Move): boolean {
  return move.kind === 'module'
    ? move.replaces.some(({ kind }) => kind === 'path')
    : move.replaces.some((deprecated) => deprecated.export.module.kind === 'path');
}
