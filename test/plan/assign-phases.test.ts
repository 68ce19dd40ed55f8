import { expect, test } from 'vitest';
import type { MigrationInput } from '../../src/manifest/define-migration.ts';
import { normalise } from '../../src/manifest/normalise.ts';
import { coveredPhases, fileMatcher, phaseAssigner } from '../../src/plan/assign-phases.ts';

function migrationOf(phases: MigrationInput['phases'], replaces = 'src/old.ts#Old') {
  const input: MigrationInput = { name: 'm', canonical: { 'src/new.ts': { New: { replaces: [replaces] } } } };
  return normalise(phases ? { ...input, phases } : input, '/nowhere/reroute.config.ts', '');
}

const REWRITE = ['imports', 'members'] as const;

test('a file belongs to the first phase that rewrites and whose globs match', () => {
  const phaseOf = phaseAssigner(
    migrationOf([
      { name: 'consolidate', steps: ['proxies'] },
      { name: 'production', files: ['src/**', '!**/*.test.ts'], steps: REWRITE },
      { name: 'integration', files: ['test/integration/**'], steps: REWRITE },
      { name: 'unit', files: ['test/**', 'src/**'], steps: REWRITE },
    ]),
  );
  expect(
    ['src/a.ts', 'src/a.test.ts', 'test/integration/b.ts', 'test/c.ts', 'scripts/d.ts', 'src/.hidden/e.ts'].map(
      phaseOf,
    ),
  ).toEqual(['production', 'unit', 'integration', 'unit', undefined, 'production']);
});

test('a phase whose globs only take away has all other files', () => {
  const phaseOf = phaseAssigner(migrationOf([{ name: 'all', files: ['!vendor/**'], steps: REWRITE }]));
  expect(['a.ts', 'vendor/b.ts'].map(phaseOf)).toEqual(['all', undefined]);
});

test('the phases of a manifest that names none: each file in one of them, tests apart', () => {
  const migration = migrationOf(undefined);
  expect(migration.phases.map(({ name }) => name)).toEqual([
    'consolidate',
    'production',
    'integration-tests',
    'unit-tests',
  ]);
  const phaseOf = phaseAssigner(migration);
  expect(
    [
      'src/app.ts',
      'src/integration/stripe.ts',
      'src/contest/latest.ts',
      'test/app.ts',
      'src/app.test.ts',
      'src/__tests__/app.ts',
      'e2e/login.ts',
      'test/integration/flow.ts',
      'src/flow.e2e.test.ts',
    ].map((file) => `${file}: ${phaseOf(file)}`),
  ).toEqual([
    'src/app.ts: production',
    'src/integration/stripe.ts: production',
    'src/contest/latest.ts: production',
    'test/app.ts: unit-tests',
    'src/app.test.ts: unit-tests',
    'src/__tests__/app.ts: unit-tests',
    'e2e/login.ts: integration-tests',
    'test/integration/flow.ts: integration-tests',
    'src/flow.e2e.test.ts: integration-tests',
  ]);
});

test('there is no phase for proxies where only packages are replaced', () => {
  const { phases } = migrationOf(undefined, '@acme/router#Old');
  expect(phases.map(({ name }) => name)).toEqual(['production', 'integration-tests', 'unit-tests']);
});

test('a phase covers its own files and those of the rewriting phases before it', () => {
  const migration = migrationOf(undefined);
  expect([...coveredPhases(migration, 'consolidate')]).toEqual([]);
  expect([...coveredPhases(migration, 'production')]).toEqual(['production']);
  expect([...coveredPhases(migration, 'unit-tests')]).toEqual(['production', 'integration-tests', 'unit-tests']);
});

test('the globs of a phase match whatever other phase a file belongs to', () => {
  const matches = fileMatcher({ files: ['src/**', '!src/vendor/**'] });
  expect(['src/a.ts', 'src/vendor/b.ts', 'test/c.ts'].map(matches)).toEqual([true, false, false]);
});
