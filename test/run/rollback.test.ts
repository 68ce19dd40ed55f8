import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RerouteError } from '../../src/base/errors.ts';
import { type Disk, nodeDisk } from '../../src/run/disk.ts';
import { phaseStates } from '../../src/run/history.ts';
import { Ledger } from '../../src/run/ledger.ts';
import { rollback } from '../../src/run/rollback.ts';
import { countedDisk, systemError } from './counted-disk.ts';
import {
  change,
  HEADING,
  migrationOf,
  NOW,
  newLedger,
  runPhase,
  samplePhase,
  snapshot,
  writeFiles,
} from './sample-target.ts';
import { emptyFolder } from './temporary-folders.ts';

let root: string;
let ledger: Ledger;
beforeEach(() => {
  root = emptyFolder();
  ledger = newLedger(root);
});

const at = (file: string) => path.join(root, file);
const text = (file: string) => fs.readFileSync(at(file), 'utf8');

function roll(what?: Parameters<typeof rollback>[0]['what'], disk: Disk = nodeDisk) {
  return rollback({ disk, ledger, what, migration: HEADING.migration, now: NOW });
}

function refusal(act: () => unknown): RerouteError {
  try {
    act();
  } catch (error) {
    return error as RerouteError;
  }
  throw new Error('nothing was thrown');
}

describe('rolling back', () => {
  test('restores 30 files byte for byte with their modes, and removes made files and folders', () => {
    const changes = samplePhase(root);
    const before = snapshot(root);
    runPhase(ledger, 'production', changes);
    expect(snapshot(root)).not.toEqual(before);
    const [done] = roll();
    expect(snapshot(root)).toEqual(before);
    expect(done!.removed).toEqual(changes.filter(({ kind }) => kind === 'create').map(({ file }) => file));
    expect(done!.restored.length).toBe(25);
    expect(new Ledger(nodeDisk, root).runs()[0]!.state).toBe('rolled-back');
  });

  test('a mode that was changed since comes back', () => {
    writeFiles(root, { 'a.sh': { text: 'old', mode: 0o755 } });
    runPhase(ledger, 'one', [change('a.sh', 'old', 'new')]);
    fs.chmodSync(at('a.sh'), 0o600);
    roll();
    expect(fs.statSync(at('a.sh')).mode & 0o777).toBe(0o755);
  });

  test('a made folder that holds something else by now stays', () => {
    runPhase(ledger, 'one', [change('made/a.ts', undefined, 'a')]);
    writeFiles(root, { 'made/b.ts': 'by hand' });
    roll();
    expect(Object.keys(snapshot(root))).toEqual(['made', 'made/b.ts']);
  });

  test('a deleted file comes back although its folder has gone since, as after a git checkout', () => {
    writeFiles(root, { 'old/deep/a.ts': 'a' });
    runPhase(ledger, 'one', [change('old/deep/a.ts', 'a', undefined)]);
    fs.rmSync(at('old'), { recursive: true });
    roll();
    expect(text('old/deep/a.ts')).toBe('a');
  });

  test('without a phase the newest applied run goes, and then the one before it', () => {
    writeFiles(root, { 'a.ts': '0' });
    runPhase(ledger, 'one', [change('a.ts', '0', '1')]);
    runPhase(ledger, 'two', [change('a.ts', '1', '2')]);
    runPhase(ledger, 'three', []);
    expect(roll().map(({ phase }) => phase)).toEqual(['two']);
    expect(text('a.ts')).toBe('1');
    expect(roll().map(({ phase }) => phase)).toEqual(['one']);
    expect(text('a.ts')).toBe('0');
    expect(refusal(() => roll()).code).toBe('ROLLBACK_NOTHING');
  });

  test('a phase is rolled back with all of its runs', () => {
    writeFiles(root, { 'a.ts': '0', 'b.ts': '0' });
    runPhase(ledger, 'one', [change('a.ts', '0', '1')]);
    runPhase(ledger, 'one', [change('a.ts', '1', '2'), change('b.ts', '0', '2')]);
    expect(roll({ phase: 'one' }).length).toBe(2);
    expect([text('a.ts'), text('b.ts')]).toEqual(['0', '0']);
  });

  test('a phase under another one that changed the same file is refused, and the error says what goes first', () => {
    writeFiles(root, { 'a.ts': '0', 'b.ts': '0', 'c.ts': '0' });
    runPhase(ledger, 'consolidate', [change('a.ts', '0', '1')]);
    runPhase(ledger, 'production', [change('b.ts', '0', '1')]);
    runPhase(ledger, 'unit-tests', [change('a.ts', '1', '2'), change('c.ts', '0', '1')]);
    runPhase(ledger, 'retire', [change('a.ts', '2', undefined)]);
    const before = snapshot(root);
    const error = refusal(() => roll({ phase: 'consolidate' }));
    expect(error.code).toBe('ROLLBACK_ORDER');
    expect(error.next).toContain('reroute rollback retire, then reroute rollback unit-tests');
    expect(snapshot(root)).toEqual(before);
    expect(roll({ phase: 'production' }).length).toBe(1);
    roll({ phase: 'retire' });
    roll({ phase: 'unit-tests' });
    roll({ phase: 'consolidate' });
    expect(['a.ts', 'b.ts', 'c.ts'].map(text)).toEqual(['0', '0', '0']);
  });

  test('all runs go in reverse order', () => {
    const changes = samplePhase(root);
    const before = snapshot(root);
    runPhase(ledger, 'consolidate', changes);
    const { file, after } = changes[0]!;
    runPhase(ledger, 'production', [{ ...change(file, after, `${after}// more`), bom: changes[0]!.bom }]);
    runPhase(ledger, 'retire', [{ ...change(file, `${after}// more`, undefined), bom: changes[0]!.bom }]);
    expect(roll('all').map(({ phase }) => phase)).toEqual(['retire', 'production', 'consolidate']);
    expect(snapshot(root)).toEqual(before);
  });

  test('runs of another migration stay, and are named when they stand on top', () => {
    writeFiles(root, { 'a.ts': '0' });
    runPhase(ledger, 'one', [change('a.ts', '0', '1')]);
    const other = () => rollback({ disk: nodeDisk, ledger, what: 'all', migration: 'other', now: NOW });
    expect(refusal(other).code).toBe('ROLLBACK_NOTHING');
    expect(text('a.ts')).toBe('1');
  });

  test('that a later phase found nothing to change no longer counts', () => {
    writeFiles(root, { 'a.ts': '0' });
    runPhase(ledger, 'one', [change('a.ts', '0', '1')]);
    runPhase(ledger, 'two', []);
    roll({ phase: 'one' });
    expect(phaseStates(ledger, migrationOf('one', 'two')).map(({ state }) => state)).toEqual([
      'rolled-back',
      'rolled-back',
    ]);
  });
});

function replace(file: string, make: () => void): void {
  fs.unlinkSync(file);
  make();
}

describe('a target that somebody changed since', () => {
  test.each<[string, (file: string) => void, string]>([
    ['changed', (file) => fs.writeFileSync(file, 'by hand'), 'was changed'],
    ['deleted', (file) => fs.unlinkSync(file), 'is gone'],
    ['turned into a folder', (file) => replace(file, () => fs.mkdirSync(file)), 'is a folder now'],
    ['turned into a link', (file) => replace(file, () => fs.symlinkSync('/etc/hostname', file)), 'is a link now'],
  ])('a file that was %s is listed, and nothing is touched', (_, meddle, how) => {
    const changes = samplePhase(root);
    runPhase(ledger, 'production', changes);
    meddle(at(changes[13]!.file));
    meddle(at(changes[2]!.file));
    const before = snapshot(root);
    const error = refusal(() => roll());
    expect(error.code).toBe('ROLLBACK_CHANGED');
    expect([...error.details].sort()).toEqual([`${changes[2]!.file} ${how}`, `${changes[13]!.file} ${how}`].sort());
    expect(snapshot(root)).toEqual(before);
    expect(new Ledger(nodeDisk, root).runs()[0]!.state).toBe('done');
  });

  test('a deleted path that somebody uses again is listed', () => {
    writeFiles(root, { 'a.ts': 'a' });
    runPhase(ledger, 'one', [change('a.ts', 'a', undefined)]);
    writeFiles(root, { 'a.ts': 'new use' });
    expect(refusal(() => roll()).details).toEqual(['a.ts exists now']);
    expect(text('a.ts')).toBe('new use');
  });

  test('a file that was put back by hand needs no restoring', () => {
    writeFiles(root, { 'a.ts': 'a', 'b.ts': 'b' });
    runPhase(ledger, 'one', [change('a.ts', 'a', '1'), change('b.ts', 'b', '1')]);
    writeFiles(root, { 'a.ts': 'a' });
    roll();
    expect([text('a.ts'), text('b.ts')]).toEqual(['a', 'b']);
  });

  test('with several runs a change anywhere is found before the first is touched', () => {
    writeFiles(root, { 'a.ts': '0', 'b.ts': '0' });
    runPhase(ledger, 'one', [change('a.ts', '0', '1')]);
    runPhase(ledger, 'two', [change('b.ts', '0', '1')]);
    writeFiles(root, { 'a.ts': 'by hand' });
    expect(refusal(() => roll('all')).code).toBe('ROLLBACK_CHANGED');
    expect(text('b.ts')).toBe('1');
  });

  test('an original that is damaged in the ledger is not restored, and the run stays applied', () => {
    writeFiles(root, { 'a.ts': '0', 'b.ts': 'b' });
    runPhase(ledger, 'one', [change('a.ts', '0', '1'), change('b.ts', 'b', '1')]);
    const after = snapshot(root);
    const hash = ledger.runs()[0]!.intents[0]!.beforeHash!;
    fs.writeFileSync(at(`.reroute/objects/${hash}`), 'evil');
    const error = refusal(() => roll());
    expect(error).toMatchObject({ code: 'ROLLBACK_FAILED', cause: { code: 'LEDGER_DAMAGED' } });
    expect(snapshot(root)).toEqual(after);
  });
});

test('a rollback that fails midway leaves the run applied as it was', () => {
  const changes = samplePhase(root);
  runPhase(ledger, 'production', changes);
  const after = snapshot(root);
  const disk = countedDisk((effect) => {
    if (effect.name === 'rename' && effect.args[1] === at(changes[4]!.file)) throw systemError('EACCES', effect);
  });
  ledger = new Ledger(disk, root);
  const error = refusal(() => roll(undefined, disk));
  expect(error).toMatchObject({ code: 'ROLLBACK_FAILED', cause: { code: 'EACCES' } });
  expect(snapshot(root)).toEqual(after);
  expect(new Ledger(nodeDisk, root).runs()[0]!.state).toBe('done');
});
