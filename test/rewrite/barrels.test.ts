import { describe, expect, test } from 'vitest';
import type { MigrationInput } from '../../src/manifest/define-migration.ts';
import { rewriteUsages } from '../../src/rewrite/rewrite-usages.ts';
import { surveyTarget } from '../../src/survey/survey-target.ts';
import { TargetView } from '../../src/survey/target-view.ts';
import { PhaseTarget } from '../run/phases/phase-target.ts';

const INPUT: MigrationInput = {
  name: 'routers',
  canonical: { 'src/router.ts': { Router: { replaces: ['src/old_router.ts#OldRouter'], members: { reg: 'add' } } } },
  phases: [{ name: 'all', files: ['src/**'], steps: ['imports', 'members'] }],
};
const ROUTERS = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler" } }\n',
  'src/router.ts': 'export class Router { add(): void {} }\n',
  'src/old_router.ts': 'export class OldRouter { reg(): void {} }\nexport const unmoved = 1;\n',
};
const APP = "import { OldRouter } from './index';\nnew OldRouter().reg();\n";

/** Rewrites a target; its files afterwards and `file:line text result code` of what was found in them. */
async function rewrite(files: Readonly<Record<string, string>>, input: MigrationInput = INPUT) {
  const target = new PhaseTarget({ ...ROUTERS, ...files }, input, { runtime: false });
  const view = new TargetView(target.root);
  const migration = await target.migration();
  const { usages } = surveyTarget(view, migration);
  const { changes, outcomes } = rewriteUsages(view, { migration }, usages, { imports: true, members: true });
  return {
    changed: Object.fromEntries(changes.map(({ file, after }) => [file, after])),
    told: outcomes.map(({ usage: { place, text }, result, reason }) =>
      [`${place.file}:${place.line}`, text, result, ...(reason ? [reason.code] : [])].join(' '),
    ),
    reasons: outcomes.flatMap(({ reason }) => (reason ? [reason.text] : [])),
  };
}

const BARRELS: Readonly<Record<string, { files: Record<string, string>; changed: Record<string, string> }>> = {
  'one level': {
    files: { 'src/index.ts': "export { OldRouter } from './old_router';\n" },
    changed: { 'src/index.ts': "export { Router as OldRouter } from './router';\n" },
  },
  'two levels, renamed on the way and back': {
    files: {
      'src/core/index.ts': "export { OldRouter as Inner, unmoved } from '../old_router';\n",
      'src/index.ts': "export { Inner as OldRouter } from './core';\n",
    },
    changed: {
      'src/core/index.ts': "export { unmoved } from '../old_router';\nexport { Router as Inner } from '../router';\n",
    },
  },
  'two stars': {
    files: { 'src/core/index.ts': "export * from '../old_router';\n", 'src/index.ts': "export * from './core';\n" },
    changed: {
      'src/core/index.ts': "export * from '../old_router';\nexport { Router as OldRouter } from '../router';\n",
    },
  },
  'stars in a circle': {
    files: {
      'src/index.ts': "export * from './other';\n",
      'src/other.ts': "export * from './index';\nexport * from './old_router';\n",
    },
    changed: {
      'src/other.ts':
        "export * from './index';\nexport * from './old_router';\nexport { Router as OldRouter } from './router';\n",
    },
  },
  'a star beside one of the canonical module': {
    files: { 'src/index.ts': "export * from './old_router';\nexport * from './router';\n" },
    changed: {
      'src/index.ts':
        "export * from './old_router';\nexport { Router as OldRouter } from './router';\nexport * from './router';\n",
    },
  },
  'an import that is exported': {
    files: { 'src/index.ts': "import { OldRouter } from './old_router';\nexport { OldRouter };\n" },
    changed: { 'src/index.ts': "import { Router } from './router';\nexport { Router as OldRouter };\n" },
  },
};

describe.each(Object.entries(BARRELS))('a barrel of %s', (_name, { files, changed }) => {
  test('hands on the canonical export, and who imports from it keeps the import', async () => {
    const result = await rewrite({ ...files, 'src/app.ts': APP });
    expect(result.changed).toEqual({ ...changed, 'src/app.ts': APP.replace('.reg', '.add') });
    expect(result.told).toContain('src/app.ts:1 OldRouter left through-barrel');
  });

  test('has no edit a second time, and nothing of it counts as one', async () => {
    const again = await rewrite({ ...files, ...changed, 'src/app.ts': APP.replace('.reg', '.add') });
    expect(again.changed).toEqual({});
    expect(again.told.filter((line) => / edited/.test(line))).toEqual([]);
  });
});

describe('what stands for the canonical export already', () => {
  // The proxy of the first phase: the old name is the canonical class.
  const proxied = {
    'src/old_router.ts': "export { Router as OldRouter } from './router';\nexport const unmoved = 1;\n",
  };

  test('in a barrel that is rewritten is left, and not said to come through a barrel', async () => {
    const index = "export { unmoved } from './old_router';\nexport { Router as OldRouter } from './router';\n";
    const { told, reasons } = await rewrite({ ...proxied, 'src/index.ts': index });
    expect(told).toEqual([
      'src/index.ts:1 ./old_router review not-moved',
      'src/index.ts:2 OldRouter left canonical-already',
    ]);
    expect(reasons.at(-1)).toBe(
      'a name that this file gives to src/router.ts#Router, which it takes from there already',
    );
  });

  test('an alias and its uses are left, also when calls of it change', async () => {
    const app =
      "import { Router as OldRouter } from './router';\nexport const made = new OldRouter();\nexport { OldRouter };\n";
    const called: MigrationInput = {
      ...INPUT,
      canonical: {
        'src/router.ts': { Router: { replaces: ['src/old_router.ts#OldRouter'], members: { 'new()': 'new()' } } },
      },
    };
    const { told } = await rewrite({ ...proxied, 'src/app.ts': app }, called);
    expect(told).toEqual([1, 2, 3].map((line) => `src/app.ts:${line} OldRouter left canonical-already`));
  });
});

test('a namespace of the module that is exported is for review where exports are renamed', async () => {
  const { told, changed } = await rewrite({ 'src/index.ts': "export * as core from './old_router';\n" });
  expect(changed).toEqual({});
  expect(told).toEqual(['src/index.ts:1 ./old_router review module-passed-on']);
});

test('a namespace of the module that is exported moves where both modules have the same values', async () => {
  const same: MigrationInput = {
    ...INPUT,
    canonical: { 'src/router.ts': { Router: { replaces: ['src/core/router.ts#Router'] } } },
  };
  const files = {
    'src/core/router.ts': 'export class Router { add(): void {} }\n',
    'src/index.ts': "export * as core from './core/router';\n",
  };
  const target = new PhaseTarget({ ...ROUTERS, ...files }, same, { runtime: false });
  await target.run();
  expect(target.read('src/index.ts')).toBe("export * as core from './router';\n");
});

test('what comes through a barrel is left alone, also where the file mocks the module behind it', async () => {
  const mocked = `import { OldRouter } from './index';
vi.mock('./old_router', () => ({ OldRouter: vi.fn() }));
new OldRouter();
`;
  const { changed, told } = await rewrite({
    'src/index.ts': "export { OldRouter } from './old_router';\n",
    'src/globals.d.ts': 'declare const vi: any;\n',
    'src/app.test.ts': mocked,
  });
  expect(changed['src/app.test.ts']).toBe(
    mocked.replace("mock('./old_router', () => ({ OldRouter", "mock('./router', () => ({ Router"),
  );
  expect(told.filter((line) => line.startsWith('src/app'))).toEqual([
    'src/app.test.ts:1 OldRouter left through-barrel',
    'src/app.test.ts:2 ./old_router edited',
    'src/app.test.ts:2 OldRouter edited',
    'src/app.test.ts:3 OldRouter left through-barrel',
  ]);
});
