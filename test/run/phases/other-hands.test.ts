import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildReport } from '../../../src/report/build-report.ts';
import { plain } from '../../../src/report/palette.ts';
import { renderText } from '../../../src/report/text.ts';
import { nodeDisk } from '../../../src/run/disk.ts';
import { runRecords } from '../../../src/run/history.ts';
import { Ledger } from '../../../src/run/ledger.ts';
import { rollback } from '../../../src/run/rollback.ts';
import { withLedger } from '../../../src/run/with-ledger.ts';
import { countedDisk } from '../counted-disk.ts';
import { NOW, snapshot } from '../sample-target.ts';
import { PhaseTarget } from './phase-target.ts';

const CALLER = "import { Old } from './old.ts';\nnew Old().go();\n";
const FILES = {
  'package.json': '{ "name": "app", "private": true, "type": "module" }',
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "module": "nodenext", "noEmit": true, "allowImportingTsExtensions": true }, "include": ["src"] }',
  'src/new.ts': 'export class New {\n  run(): void {}\n}\n',
  'src/old.ts': 'export class Old {\n  go(): void {}\n}\n',
  'src/a.ts': CALLER,
  'src/b.ts': CALLER,
  'src/c.ts': CALLER,
  'src/other.ts': 'export const other = 1;\n',
};
const INPUT = {
  name: 'new',
  canonical: { 'src/new.ts': { New: { replaces: ['src/old.ts#Old'], members: { go: 'run' } } } },
  phases: [{ name: 'production', files: ['src/**'], steps: ['imports' as const, 'members' as const] }],
  gates: ['types' as const],
};

function replace(file: string, by: () => void): void {
  unlinkSync(file);
  by();
}

/** What somebody does to `src/b.ts`, and how it is told. */
const MEDDLING: readonly (readonly [string, (file: string) => void, string])[] = [
  ['changes', (file) => writeFileSync(file, 'somebody else'), 'was changed'],
  ['deletes', (file) => unlinkSync(file), 'is gone'],
  ['renames', (file) => renameSync(file, `${file}.old`), 'is gone'],
  ['puts a link in place of', (file) => replace(file, () => symlinkSync('c.ts', file)), 'is a link now'],
  ['puts a folder in place of', (file) => replace(file, () => mkdirSync(file)), 'is a folder now'],
];

/** Everything but `src/b.ts`, whoever was there. */
function others(root: string): Record<string, string> {
  const { 'src/b.ts': _, 'src/b.ts.old': __, ...rest } = snapshot(root);
  return rest;
}

const undo = (root: string, disk = nodeDisk) =>
  withLedger({ disk, root, command: 'rollback', now: NOW }, ({ ledger }) =>
    rollback({ disk, ledger, what: 'all', migration: 'new', now: NOW }),
  );

describe.each(MEDDLING)('somebody %s a file', { timeout: 300_000 }, (_, meddle, how) => {
  test('between survey and write: it is named, and nothing is written', async () => {
    const target = new PhaseTarget(FILES, INPUT);
    const before = others(target.root);
    let done = false;
    // The last stage before writing.
    const onProgress = ({ stage }: { stage: string }) => {
      if (stage !== 'check' || done) return;
      done = true;
      meddle(path.join(target.root, 'src/b.ts'));
    };
    await expect(target.run('all', { onProgress })).rejects.toMatchObject({
      code: 'TARGET_CHANGED',
      details: [`src/b.ts ${how}`],
    });
    expect(others(target.root)).toEqual(before);
    expect(new Ledger(nodeDisk, target.root).runs()).toEqual([]);
  });

  test('while others are written: it is left alone, and they are as before', async () => {
    const target = new PhaseTarget(FILES, INPUT);
    const before = others(target.root);
    let done = false;
    const disk = countedDisk(({ name, args }) => {
      if (name !== 'rename' || !String(args[1]).endsWith('src/a.ts') || done) return;
      done = true;
      meddle(path.join(target.root, 'src/b.ts'));
    });
    await expect(target.run('all', { disk })).rejects.toMatchObject({
      code: 'TARGET_CHANGED',
      message: expect.stringContaining(`src/b.ts ${how} while the run was writing`),
    });
    expect(others(target.root)).toEqual(before);
  });

  test('after a run: the rollback names it and touches nothing; once it is put back, all goes', async () => {
    const target = new PhaseTarget(FILES, INPUT);
    const before = snapshot(target.root);
    await target.run();
    const written = readFileSync(path.join(target.root, 'src/b.ts'));
    meddle(path.join(target.root, 'src/b.ts'));
    const after = snapshot(target.root);
    await expect(undo(target.root)).rejects.toMatchObject({ code: 'ROLLBACK_CHANGED', details: [`src/b.ts ${how}`] });
    expect(snapshot(target.root)).toEqual(after);
    rmSync(path.join(target.root, 'src/b.ts'), { recursive: true, force: true });
    rmSync(path.join(target.root, 'src/b.ts.old'), { force: true });
    writeFileSync(path.join(target.root, 'src/b.ts'), written);
    await undo(target.root);
    expect(snapshot(target.root)).toEqual(before);
  });
});

describe('what a run keeps', { timeout: 300_000 }, () => {
  test('times of files that it does not touch, in the run and in its rollback', async () => {
    const target = new PhaseTarget(FILES, INPUT);
    const times = () =>
      ['package.json', 'tsconfig.json', 'src/new.ts', 'src/old.ts', 'src/other.ts'].map(
        (file) => statSync(path.join(target.root, file), { bigint: true }).mtimeNs,
      );
    const before = times();
    await target.run();
    expect(times()).toEqual(before);
    await undo(target.root);
    expect(times()).toEqual(before);
  });

  test('a second name of a file keeps the text of before, and the report says so', async () => {
    const target = new PhaseTarget(FILES, INPUT);
    linkSync(path.join(target.root, 'src/a.ts'), path.join(target.root, 'second-name.txt'));
    const { records } = await target.run();
    expect(target.read('second-name.txt')).toBe(CALLER);
    expect(target.read('src/a.ts')).toContain('new New().run()');
    const note = { code: 'hard-links', subject: 'src/a.ts' };
    expect(records[0]!.notes).toMatchObject([note]);
    expect(runRecords(nodeDisk, new Ledger(nodeDisk, target.root))[0]!.notes).toMatchObject([note]);
    const model = buildReport(records, { version: '0', readText: () => undefined });
    expect(renderText(model, { palette: plain, detail: 'summary' })).toContain(
      'src/a.ts had a second name (hard link) and is a file of its own now',
    );
  });
});
