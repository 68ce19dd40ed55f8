import path from 'node:path';
import { expect, test } from 'vitest';
import { loadManifest } from '../../../src/manifest/load.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { changed, MIGRATION, PhaseTarget, ROUTERS, treeOf, writeManifest } from './phase-target.ts';

const COMMENT = "module.exports = (file) => '// seen\\n' + file.source.replace('// seen\\n', '');\n";

test('a manifest outside its target runs on it; its codemods lie beside it', async () => {
  const folder = temporaryFolder({ 'codemods/comment.cjs': COMMENT });
  const manifest = path.join(folder, 'manifests/routers.ts');
  writeManifest(manifest, {
    ...MIGRATION,
    phases: [
      ...MIGRATION.phases!,
      { name: 'comments', files: ['src/**'], steps: [{ codemod: '../codemods/comment.cjs' }] },
    ],
  });
  const target = new PhaseTarget(ROUTERS, MIGRATION);
  const tree = treeOf(folder);
  const { records } = await target.run('all', { migration: await loadManifest(manifest) });
  expect(records.map(({ phase, status }) => `${phase} ${status}`)).toEqual([
    'consolidate done',
    'production done',
    'tests done',
    'comments done',
  ]);
  expect(target.read('src/app.ts')).toMatch(/^\/\/ seen\nimport { Router }/);
  expect(treeOf(folder)).toEqual(tree);
});

test('one manifest serves two targets, each with a ledger of its own', async () => {
  const folder = temporaryFolder();
  const manifest = path.join(folder, 'reroute.config.ts');
  writeManifest(manifest, MIGRATION);
  const migration = await loadManifest(manifest);
  const [one, other] = [new PhaseTarget(ROUTERS, MIGRATION), new PhaseTarget(ROUTERS, MIGRATION)];
  other.write({ 'src/more.ts': "import { OldRouter } from './old_router.ts';\nnew OldRouter().get_order();\n" });

  const first = await one.run('all', { migration });
  await expect(other.run(['production'], { migration })).rejects.toMatchObject({ code: 'PHASE_ORDER' });
  const second = await other.run('all', { migration });
  expect(first.records.map(({ target }) => target)).toEqual(Array(3).fill(one.root));
  expect(second.records.map(({ target }) => target)).toEqual(Array(3).fill(other.root));
  expect(second.records.flatMap(changed)).toContain('src/more.ts');
  for (const file of ['src/old_router.ts', 'src/app.ts', 'test/app.test.ts']) {
    expect(one.read(file)).toBe(other.read(file));
  }
});

test('the manifest inside its target spells every name and is not edited', async () => {
  const target = new PhaseTarget(ROUTERS, { ...MIGRATION, phases: [{ name: 'all', steps: ['imports', 'members'] }] });
  const text = target.read('reroute.config.ts');
  const { records } = await target.run('all');
  expect(records[0]!.outcomes.filter(({ usage }) => usage.place.file === 'reroute.config.ts')).toEqual([]);
  expect(target.read('reroute.config.ts')).toBe(text);
});
