import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/base/hashes.ts';
import { nodeDisk } from '../../src/run/disk.ts';
import { runRecords } from '../../src/run/history.ts';
import { Ledger } from '../../src/run/ledger.ts';
import { encodeLine, type LedgerEntry } from '../../src/run/ledger-entry.ts';
import { rollback } from '../../src/run/rollback.ts';
import { withLedger } from '../../src/run/with-ledger.ts';
import { change, HEADING, NOW, newLedger, runPhase, snapshot, writeFiles } from './sample-target.ts';
import { emptyFolder } from './temporary-folders.ts';

let root: string;
let outside: string;
beforeEach(() => {
  root = emptyFolder();
  outside = emptyFolder();
  writeFiles(outside, { 'a.ts': 'outside' });
  writeFiles(root, { 'a.ts': 'old', 'b.ts': 'other' });
});

/** Everything in and around the target, so that a write anywhere shows. */
const all = () => ({ root: snapshot(root), outside: snapshot(outside) });

const undo = (state: 'rollback' | 'recover') =>
  withLedger({ disk: nodeDisk, root, command: 'test', now: NOW }, ({ ledger, recovered }) => {
    if (state === 'recover') return recovered.flatMap(({ foreign }) => foreign);
    return rollback({ disk: nodeDisk, ledger, what: 'all', migration: HEADING.migration, now: NOW });
  });

/** A ledger as an attacker would commit it: well formed, its sums right, its contents stored. */
function forge(
  intent: { file: string; before: string | null; after: string | null; folders?: string[] },
  done: boolean,
) {
  fs.rmSync(path.join(root, '.reroute'), { recursive: true, force: true });
  const ledger = newLedger(root);
  const hashOf = (text: string | null) => (text === null ? null : ledger.objects.put([Buffer.from(text)])[0]!);
  const { run, ...heading } = HEADING;
  const entries: LedgerEntry[] = [
    { type: 'run-start', run, ...heading, files: 1 },
    {
      type: 'intent',
      run,
      file: intent.file,
      kind: 'modify',
      beforeHash: hashOf(intent.before),
      afterHash: hashOf(intent.after),
      mode: 0o644,
      folders: intent.folders ?? [],
      step: 'imports',
    },
    ...(done ? [{ type: 'run-done' as const, run, status: 'done' as const }] : []),
  ];
  fs.writeFileSync(path.join(root, '.reroute/ledger.jsonl'), encodeLine(1, entries));
}

const PATHS = [
  'C:/a.ts',
  'C:\\a.ts',
  '../a.ts',
  '/etc/a.ts',
  'a/../../a.ts',
  './a.ts',
  'a//b.ts',
  '',
  '.git/hooks/pre-commit',
  'x/.GIT/config',
];

describe('a forged ledger', () => {
  test.each(PATHS)('with the path %j is refused as a whole', async (file) => {
    for (const done of [true, false]) {
      forge({ file, before: 'evil', after: 'outside' }, done);
      const before = all();
      await expect(undo(done ? 'rollback' : 'recover')).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' });
      expect(all()).toEqual(before);
    }
  });

  test.each(PATHS)('with the folder %j is refused as a whole', async (folder) => {
    forge({ file: 'a.ts', before: null, after: 'old', folders: [folder] }, false);
    const before = all();
    await expect(undo('recover')).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' });
    expect(all()).toEqual(before);
  });

  test('reaches nothing through a link that leads out', async () => {
    fs.symlinkSync(outside, path.join(root, 'out'));
    forge({ file: 'out/a.ts', before: 'evil', after: 'outside' }, true);
    const before = all();
    await expect(undo('rollback')).rejects.toMatchObject({ code: 'ROLLBACK_CHANGED' });
    expect(all()).toEqual(before);
    forge({ file: 'out/a.ts', before: 'evil', after: 'outside' }, false);
    expect(await undo('recover')).toMatchObject([{ file: 'out/a.ts', how: expect.stringContaining('leads out') }]);
    expect(all()).toEqual(before);
  });

  test('changes no file that does not have the content that it claims to have written', async () => {
    forge({ file: 'a.ts', before: 'evil', after: 'not what is there' }, true);
    const before = all();
    await expect(undo('rollback')).rejects.toMatchObject({ code: 'ROLLBACK_CHANGED' });
    expect(all()).toEqual(before);
  });

  test('with another file’s content under a hash restores nothing', async () => {
    forge({ file: 'a.ts', before: 'the original', after: 'old' }, true);
    fs.writeFileSync(path.join(root, '.reroute/objects', sha256('the original')), 'evil');
    const before = all();
    await expect(undo('rollback')).rejects.toMatchObject({
      code: 'ROLLBACK_FAILED',
      message: expect.stringContaining('damaged'),
    });
    expect(all()).toEqual(before);
  });

  test('with a wrong sum ahead of its last line is refused', async () => {
    const ledger = newLedger(root);
    runPhase(ledger, 'one', [change('a.ts', 'old', 'new')]);
    const file = path.join(root, '.reroute/ledger.jsonl');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"file":"a.ts"', '"file":"b.ts"'));
    const before = all();
    await expect(undo('rollback')).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' });
    expect(all()).toEqual(before);
  });

  test.each(['objects', 'runs', 'ledger.jsonl', '.gitignore', ''])('of which %j is a link is refused', async (part) => {
    runPhase(newLedger(root), 'one', [change('a.ts', 'old', 'new')]);
    const place = path.join(root, '.reroute', part);
    fs.renameSync(place, path.join(outside, 'moved'));
    fs.symlinkSync(path.join(outside, 'moved'), place);
    const before = all();
    await expect(undo('rollback')).rejects.toMatchObject({ code: 'LEDGER_LEADS_OUT' });
    expect(all()).toEqual(before);
  });

  test('of which a stored content is a link out restores nothing', async () => {
    forge({ file: 'a.ts', before: 'outside', after: 'old' }, true);
    const object = path.join(root, '.reroute/objects', sha256('outside'));
    fs.unlinkSync(object);
    fs.symlinkSync(path.join(outside, 'a.ts'), object);
    const before = all();
    await expect(undo('rollback')).rejects.toMatchObject({ code: 'ROLLBACK_FAILED' });
    expect(all()).toEqual(before);
  });
});

test.each(PATHS)('a stored record with the path %j is refused', (file) => {
  const ledger = newLedger(root);
  const run = runPhase(ledger, 'one', [change('a.ts', 'old', 'new')]);
  const record = ledger.recordFile(run);
  fs.writeFileSync(record, fs.readFileSync(record, 'utf8').replace('"file":"a.ts"', `"file":${JSON.stringify(file)}`));
  expect(() => runRecords(nodeDisk, new Ledger(nodeDisk, root))).toThrow(
    expect.objectContaining({ code: 'RECORD_DAMAGED' }),
  );
});
