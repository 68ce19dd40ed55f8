import { expect, test } from 'vitest';
import type { FileChange } from '../../../src/plan/file-change.ts';
import { affectedFiles, withoutUnrelated } from '../../../src/run/gates/affected-files.ts';
import { ImportGraph } from '../../../src/survey/import-graph.ts';
import { TargetView } from '../../../src/survey/target-view.ts';
import type { Usage } from '../../../src/survey/usage.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { MIGRATION, PhaseTarget, ROUTERS, TSCONFIG, told } from '../phases/phase-target.ts';

const FILES = {
  'src/supply.ts': "import { OldRouter } from './old';\nexport const make = () => new OldRouter();\n",
  'src/demand.ts': "import { OldRouter } from './old';\nexport const take = (router: OldRouter) => router;\n",
  'src/old.ts': 'export class OldRouter {}\n',
  'src/pass.ts': "import { make } from './supply';\nimport { take } from './demand';\ntake(make());\n",
  'src/pass-far.ts': "import { make } from './between';\nimport { take } from './demand';\ntake(make());\n",
  'src/between.ts': "export { make } from './supply';\n",
  'src/bystander.ts': "import { make } from './supply';\nmake();\n",
  'src/stranger.ts': 'export {};\n',
  'src/script.js': 'export class Script {}\n',
  'src/plain.js': "import { Script } from './script';\nexport const script = new Script();\n",
  'src/far.js': "import { script } from './plain';\nscript.register_handler();\n",
};

function changeOf(file: string, step = 'imports'): FileChange {
  const edits = step === 'imports' ? [{ range: { start: 0, end: 1 }, text: 'I', usages: [], group: 'import:x' }] : [];
  return { file, kind: 'modify', before: 'i', after: 'I', bom: false, edits, step };
}

function affected(
  changes: readonly FileChange[],
  demanding: readonly string[],
  further: readonly string[] = [],
): readonly string[] {
  const graph = ImportGraph.read(new TargetView(temporaryFolder(FILES)));
  const withHits = new Set(['src/supply.ts', 'src/demand.ts', ...further]);
  return affectedFiles(graph, { changes, withHits, demanding: new Set(demanding) });
}

test('a file that passes values from a changed one to one that asks for the old type is checked', () => {
  expect(affected([changeOf('src/supply.ts')], ['src/demand.ts'])).toEqual([
    'src/pass-far.ts',
    'src/pass.ts',
    'src/supply.ts',
  ]);
});

test('an importer that spells nothing deprecated and passes nothing on is left out', () => {
  const files = affected([changeOf('src/supply.ts')], ['src/demand.ts']);
  expect(files).not.toContain('src/bystander.ts');
  expect(files).not.toContain('src/between.ts');
});

test('where nothing asks for the old type any more, only the changed files and importers with places are checked', () => {
  expect(affected([changeOf('src/supply.ts'), changeOf('src/demand.ts')], [])).toEqual([
    'src/demand.ts',
    'src/supply.ts',
  ]);
  expect(affected([changeOf('src/old.ts', 'proxies')], [])).toEqual(['src/demand.ts', 'src/old.ts', 'src/supply.ts']);
});

test('of typed proxies, which keep the types, those are checked who import them; of JavaScript ones all with places', () => {
  expect(affected([changeOf('src/old.ts', 'proxies')], [], ['src/pass.ts'])).not.toContain('src/pass.ts');
  expect(affected([changeOf('src/script.js', 'proxies')], [], ['src/far.js'])).toEqual(['src/far.js', 'src/script.js']);
});

test('a file of which every place belongs to something else is as if it spelled nothing', () => {
  const usage = (file: string, kind: string) => ({ place: { file }, verdict: { kind } }) as Usage;
  const usages = [usage('a.ts', 'unrelated'), usage('b.ts', 'unrelated'), usage('b.ts', 'unclear')];
  expect([...withoutUnrelated(new Set(['a.ts', 'b.ts', 'not-surveyed.ts']), usages)]).toEqual([
    'b.ts',
    'not-surveyed.ts',
  ]);
});

test('after a foreign codemod all importers are checked', () => {
  expect(affected([changeOf('src/supply.ts', 'rename')], [])).toEqual([
    'src/between.ts',
    'src/bystander.ts',
    'src/pass-far.ts',
    'src/pass.ts',
    'src/supply.ts',
  ]);
});

test.each([
  ['by paths', '../docs/attach.ts', './app.ts'],
  ['by aliases of single files', '~attach', '~start'],
])(
  'an error in a file that only passes values on, which it takes %s, holds the edit back in a real run',
  async (_, attach, start) => {
    const { 'test/app.test.ts': __, ...files } = ROUTERS;
    const paths = { '~attach': ['./docs/attach.ts'], '~start': ['./src/app.ts'] };
    const config = JSON.parse(TSCONFIG) as { readonly compilerOptions: object };
    const target = new PhaseTarget(
      {
        ...files,
        'tsconfig.json': JSON.stringify({ compilerOptions: { ...config.compilerOptions, paths } }),
        'docs/attach.ts':
          "import { OldRouter } from '../src/old_router.ts';\nexport function attach(router: OldRouter): number { return router.get_order().length; }\n",
        'src/pass.ts': `import { attach } from '${attach}';\nimport { start } from '${start}';\nexport const attached = attach(start());\n`,
      },
      MIGRATION,
    );
    const { records } = await target.run(['consolidate', 'production']);
    expect(told(records[1]!)).toContain('src/app.ts:1 ./old_router.ts review held-by-types');
    const [held] = records[1]!.outcomes.filter(({ reason }) => reason?.code === 'held-by-types');
    expect(held!.reason!.text).toContain('(src/pass.ts:3:32)');
    expect(target.read('src/app.ts')).toContain("from './old_router.ts'");
  },
);
