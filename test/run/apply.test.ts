import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { RerouteError } from '../../src/base/errors.ts';
import { applyChanges } from '../../src/run/apply.ts';
import { nodeDisk } from '../../src/run/disk.ts';
import { Ledger } from '../../src/run/ledger.ts';
import { countedDisk, systemError } from './counted-disk.ts';
import { change, HEADING, newLedger, samplePhase, snapshot, writeFiles } from './sample-target.ts';
import { emptyFolder } from './temporary-folders.ts';

let root: string;
let ledger: Ledger;

beforeEach(() => {
  root = emptyFolder();
  ledger = newLedger(root);
});

function apply(changes: Parameters<typeof applyChanges>[0]['changes'], disk = nodeDisk) {
  return applyChanges({ disk, ledger, heading: HEADING, changes });
}

function failure(act: () => unknown): RerouteError {
  try {
    act();
  } catch (error) {
    if (error instanceof RerouteError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('applying changes', () => {
  test('writes every file with its line ends, byte order mark and mode', () => {
    const changes = samplePhase(root);
    const before = snapshot(root);
    const { written } = apply(changes);
    expect(written).toEqual(changes.map(({ file }) => file));
    for (const { file, after, bom } of changes) {
      if (after === undefined) expect(fs.existsSync(path.join(root, file))).toBe(false);
      else expect(fs.readFileSync(path.join(root, file), 'utf8')).toBe((bom ? '\uFEFF' : '') + after);
    }
    const modes = (shot: Record<string, string>, file: string) => shot[file]?.split(' ')[1];
    const after = snapshot(root);
    for (const { file, kind } of changes) if (kind === 'modify') expect(modes(after, file)).toBe(modes(before, file));
    expect(after['README.md']).toBe(before['README.md']);
    expect(Object.keys(after).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });

  test('leaves the modification time of other files alone', () => {
    writeFiles(root, { 'a.ts': 'old', 'b.ts': 'b' });
    const old = new Date('2001-01-01T00:00:00Z');
    fs.utimesSync(path.join(root, 'b.ts'), old, old);
    apply([change('a.ts', 'old', 'new')]);
    expect(fs.statSync(path.join(root, 'b.ts')).mtime).toEqual(old);
  });

  test('keeps the owner of a file', { skip: process.getuid?.() !== 0 }, () => {
    writeFiles(root, { 'a.ts': { text: 'old', mode: 0o640 } });
    fs.chownSync(path.join(root, 'a.ts'), 1234, 5678);
    apply([change('a.ts', 'old', 'new')]);
    const { uid, gid, mode } = fs.statSync(path.join(root, 'a.ts'));
    expect([uid, gid, mode & 0o777]).toEqual([1234, 5678, 0o640]);
  });

  test('a change that changes nothing is left out', () => {
    writeFiles(root, { 'a.ts': 'same' });
    const inode = fs.statSync(path.join(root, 'a.ts')).ino;
    expect(apply([change('a.ts', 'same', 'same')]).written).toEqual([]);
    expect(fs.statSync(path.join(root, 'a.ts')).ino).toBe(inode);
  });

  test('hard links are noticed, and the other name keeps the content before', () => {
    writeFiles(root, { 'a.ts': 'old', 'b.ts': 'b' });
    fs.linkSync(path.join(root, 'a.ts'), path.join(root, 'second.ts'));
    const { hardLinked } = apply([change('a.ts', 'old', 'new'), change('b.ts', 'b', 'c')]);
    expect(hardLinked).toEqual(['a.ts']);
    expect(fs.readFileSync(path.join(root, 'second.ts'), 'utf8')).toBe('old');
  });

  test('the ledger does not show in git', () => {
    execFileSync('git', ['init', '-q'], { cwd: root });
    writeFiles(root, { 'a.ts': 'old' });
    apply([change('a.ts', 'old', 'new')]);
    const status = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(status).toBe('?? a.ts\n');
  });

  test('originals, new contents and intents are in the ledger before the first file is touched', () => {
    const changes = samplePhase(root);
    const disk = countedDisk((effect) => {
      const target = String(effect.args[0]);
      if (target.includes('.reroute/')) return;
      const seen = new Ledger(nodeDisk, root);
      expect(seen.runs()[0]!.intents.length).toBe(30);
      for (const { beforeHash, afterHash } of seen.runs()[0]!.intents) {
        for (const hash of [beforeHash, afterHash]) if (hash) seen.objects.read(hash);
      }
      throw new Error('stop at the first touch');
    });
    expect(() => applyChanges({ disk, ledger: new Ledger(disk, root), heading: HEADING, changes })).toThrow(
      'first touch',
    );
  });
});

describe('a target that is not as the run found it', () => {
  const original = { 'src/a.ts': 'a', 'src/b.ts': 'b', 'src/c.ts': 'c', 'src/d.ts': 'd', 'src/e.ts': 'e' };
  const changes = [...'abcde'].map((name) => change(`src/${name}.ts`, name, `${name} new`));
  const at = (file: string) => path.join(root, file);
  const text = (file: string) => (fs.existsSync(at(file)) ? fs.readFileSync(at(file), 'utf8') : undefined);

  test('every file that changed, vanished, or became a link or a folder is listed, and nothing is written', () => {
    writeFiles(root, original);
    fs.writeFileSync(at('src/a.ts'), 'A');
    fs.unlinkSync(at('src/b.ts'));
    fs.renameSync(at('src/c.ts'), at('src/c2.ts'));
    fs.symlinkSync('c2.ts', at('src/c.ts'));
    fs.unlinkSync(at('src/d.ts'));
    fs.mkdirSync(at('src/d.ts'));
    writeFiles(root, { 'src/made.ts': 'somebody else' });
    const before = snapshot(root);
    const error = failure(() => apply([...changes, change('src/made.ts', undefined, 'ours')]));
    expect(error.code).toBe('TARGET_CHANGED');
    expect(error.details).toEqual([
      'src/a.ts was changed',
      'src/b.ts is gone',
      'src/c.ts is a link now',
      'src/d.ts is a folder now',
      'src/made.ts exists now',
    ]);
    expect(snapshot(root)).toEqual(before);
    expect(ledger.runs()).toEqual([]);
  });

  test.each([
    ['a byte order mark came', 'a', '\uFEFFa'],
    ['line ends became CRLF', 'a\nb\n', 'a\r\nb\r\n'],
    ['the final line end went', 'a\n', 'a'],
  ])('a difference in bytes only counts: %s', (_, surveyed, now) => {
    writeFiles(root, { 'a.ts': now });
    expect(failure(() => apply([change('a.ts', surveyed, 'x')])).code).toBe('TARGET_CHANGED');
    expect(fs.readFileSync(at('a.ts'), 'utf8')).toBe(now);
  });

  test('a folder that became a link out of the target is refused', () => {
    const outside = emptyFolder();
    writeFiles(outside, { 'a.ts': 'a' });
    fs.symlinkSync(outside, at('src'));
    const error = failure(() => apply([changes[0]!, change('src/new/x.ts', undefined, 'x')]));
    expect(error.code).toBe('TARGET_LEADS_OUT');
    expect(error.details[0]).toBe('src/a.ts lies behind src, a link that leads out of the target');
    expect(snapshot(outside)).toEqual({ 'a.ts': expect.stringContaining('file') });
    expect(fs.readFileSync(path.join(outside, 'a.ts'), 'utf8')).toBe('a');
  });

  test('a folder that is a link inside the target is written through', () => {
    writeFiles(root, { 'packages/b/src/a.ts': 'a' });
    fs.mkdirSync(at('packages/a'));
    fs.symlinkSync('../b/src', at('packages/a/src'));
    apply([change('packages/a/src/a.ts', 'a', 'new'), change('packages/a/src/made.ts', undefined, 'm')]);
    expect(fs.readFileSync(at('packages/b/src/a.ts'), 'utf8')).toBe('new');
    expect(fs.lstatSync(at('packages/a/src')).isSymbolicLink()).toBe(true);
    expect(fs.readFileSync(at('packages/b/src/made.ts'), 'utf8')).toBe('m');
  });

  test.each(['../out.ts', '/etc/out.ts', '.git/hooks/pre-commit', 'a/../../out.ts', '.reroute/lock', 'a/.GIT/config'])(
    'the path %s is refused',
    (file) => {
      expect(failure(() => apply([change(file, undefined, 'x')])).code).toBe('TARGET_LEADS_OUT');
    },
  );

  test('a link that leads into .git is refused', () => {
    fs.mkdirSync(at('.git/hooks'), { recursive: true });
    fs.symlinkSync('.git/hooks', at('hooks'));
    expect(failure(() => apply([change('hooks/pre-commit', undefined, 'x')])).code).toBe('TARGET_LEADS_OUT');
  });

  test('a file that changes while others are written is left alone, and the others are restored', () => {
    writeFiles(root, original);
    const before = snapshot(root);
    const disk = countedDisk(({ name, args }) => {
      if (name === 'rename' && String(args[1]).endsWith('b.ts')) fs.writeFileSync(at('src/d.ts'), 'somebody else');
    });
    const error = failure(() => applyChanges({ disk, ledger: new Ledger(disk, root), heading: HEADING, changes }));
    expect(error.code).toBe('TARGET_CHANGED');
    expect(error.message).toContain('src/d.ts was changed while the run was writing');
    expect(fs.readFileSync(at('src/d.ts'), 'utf8')).toBe('somebody else');
    fs.writeFileSync(at('src/d.ts'), 'd');
    expect(snapshot(root)).toEqual(before);
    expect(new Ledger(nodeDisk, root).runs()[0]!.state).toBe('failed');
  });

  test.each([
    ['changes', (file: string) => fs.writeFileSync(file, 'somebody else'), 'was changed'],
    ['is removed', (file: string) => fs.unlinkSync(file), 'is gone'],
  ])('a file that %s in the moment before its rename is not overwritten', (_, meddle, how) => {
    writeFiles(root, original);
    const disk = countedDisk(({ name, args }) => {
      // Its new content is beside it since long, and it is the next one to be renamed.
      if (name === 'rename' && args[1] === at('src/b.ts') && text('src/c.ts') === 'c') meddle(at('src/c.ts'));
    });
    const error = failure(() => applyChanges({ disk, ledger: new Ledger(disk, root), heading: HEADING, changes }));
    expect(error.message).toContain(`src/c.ts ${how} while the run was writing`);
    expect([text('src/a.ts'), text('src/b.ts')]).toEqual(['a', 'b']);
    expect(text('src/c.ts')).toBe(how === 'is gone' ? undefined : 'somebody else');
    expect(fs.readdirSync(at('src')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('a write that fails midway', () => {
  // Root may write everywhere, so permissions cannot make a write fail here: the disk says what the system would say.
  test.each(['EACCES', 'EIO', 'EROFS'])('%s restores what was written and names the file and the cause', (code) => {
    const changes = samplePhase(root);
    const before = snapshot(root);
    const disk = countedDisk((effect) => {
      if (effect.name === 'rename' && effect.args[1] === path.join(root, changes[17]!.file))
        throw systemError(code, effect);
    });
    const error = failure(() => applyChanges({ disk, ledger: new Ledger(disk, root), heading: HEADING, changes }));
    expect(error).toMatchObject({ code: 'WRITE_FAILED', where: { file: changes[17]!.file }, cause: { code } });
    expect(error.message).toContain(changes[17]!.file);
    expect(snapshot(root)).toEqual(before);
    expect(new Ledger(nodeDisk, root).runs()[0]!.state).toBe('failed');
  });

  test('a full disk: the new contents in the ledger make room for restoring', () => {
    const changes = samplePhase(root);
    const before = snapshot(root);
    let full = false;
    const disk = countedDisk((effect) => {
      if (effect.name === 'unlink' && String(effect.args[0]).includes('.reroute/objects/')) full = false;
      if (effect.name === 'writeNew' && String(effect.args[0]).startsWith(path.join(root, 'src/area 2/'))) full = true;
      if (full && (effect.name === 'writeNew' || effect.name === 'append')) throw systemError('ENOSPC', effect);
    });
    const error = failure(() => applyChanges({ disk, ledger: new Ledger(disk, root), heading: HEADING, changes }));
    expect(error).toMatchObject({ code: 'WRITE_FAILED', cause: { code: 'ENOSPC' } });
    expect(snapshot(root)).toEqual(before);
  });

  test('when restoring fails as well, the error says so and the next command restores', async () => {
    const changes = samplePhase(root);
    const before = snapshot(root);
    let broken = false;
    const disk = countedDisk((effect) => {
      if (effect.name === 'rename' && effect.args[1] === path.join(root, changes[9]!.file)) broken = true;
      if (broken) throw systemError('EIO', effect);
    });
    const error = failure(() => applyChanges({ disk, ledger: new Ledger(disk, root), heading: HEADING, changes }));
    expect(error.code).toBe('UNDO_FAILED');
    expect(error.details.at(-1)).toContain('EIO');
    const { recover } = await import('../../src/run/recover.ts');
    const again = new Ledger(nodeDisk, root);
    expect(recover(nodeDisk, again, new Date(HEADING.at))[0]).toMatchObject({ how: 'undone', foreign: [] });
    expect(snapshot(root)).toEqual(before);
  });
});
