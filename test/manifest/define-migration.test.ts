import { expect, it } from 'vitest';
import { defineMigration, type MigrationInput } from '../../src/index.ts';

it('gives the manifest back, and every form type-checks', () => {
  const input: MigrationInput = {
    name: 'all-forms',
    canonical: {
      'src/a.ts': {
        A: {
          replaces: [
            'src/b.ts#B',
            { export: 'src/c.ts#default', members: { 'new(x)': 'new({ x })' }, imports: { y: '@acme/y' } },
          ],
          members: { f: 'g', '(x?)': '(x)' },
          imports: { y: 'src/y.ts#z' },
        },
      },
      '@acme/next': { exports: '*', replaces: ['npm:old.js'] },
    },
    review: { 'src/d.ts#d': 'Look' },
    phases: [
      {
        name: 'all',
        files: ['**'],
        steps: ['proxies', 'imports', 'members', { codemod: 'x.ts', options: {} }],
        gates: ['types'],
      },
    ],
    gates: ['types', 'npm test'],
  };
  expect(defineMigration(input)).toBe(input);
});

it('does not type-check a misspelt key or step', () => {
  const misspelt = [
    // @ts-expect-error: replaces
    defineMigration({ name: 'x', canonical: { 'a.ts': { A: { replace: [] } } } }),
    // @ts-expect-error: a whole module moves with '*'
    defineMigration({ name: 'x', canonical: { 'a.ts': { exports: 'all', replaces: ['b.ts'] } } }),
    // @ts-expect-error: imports
    defineMigration({ name: 'x', canonical: {}, phases: [{ name: 'a', steps: ['import'] }] }),
  ];
  expect(misspelt).toHaveLength(3);
});
