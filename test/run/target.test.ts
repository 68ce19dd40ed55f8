import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeDisk } from '../../src/run/disk.ts';
import { openTarget } from '../../src/run/target.ts';
import { readLedger, withLedger } from '../../src/run/with-ledger.ts';
import { countedDisk, systemError } from './counted-disk.ts';
import { NOW, newLedger } from './sample-target.ts';
import { emptyFolder } from './temporary-folders.ts';

const refused = (code: string) => expect.objectContaining({ code });

test('a link to a folder opens as the folder it leads to', () => {
  const folder = emptyFolder();
  fs.mkdirSync(path.join(folder, 'repo'));
  fs.symlinkSync('repo', path.join(folder, 'link'));
  expect(openTarget(nodeDisk, path.join(folder, 'link'))).toBe(path.join(folder, 'repo'));
  expect(openTarget(nodeDisk, path.relative(process.cwd(), folder))).toBe(folder);
});

test('what is not there, no folder, or too much is refused with its own code, and nothing is made', () => {
  const folder = emptyFolder();
  fs.writeFileSync(path.join(folder, 'file'), '');
  fs.symlinkSync('nowhere', path.join(folder, 'dangling'));
  fs.symlinkSync('/', path.join(folder, 'root'));
  const open = (name: string, home?: string) => () => openTarget(nodeDisk, path.join(folder, name), home);
  expect(open('missing')).toThrow(refused('TARGET_NOT_FOUND'));
  expect(open('dangling')).toThrow(refused('TARGET_NOT_FOUND'));
  expect(open('file')).toThrow(refused('TARGET_NOT_A_FOLDER'));
  expect(open('root')).toThrow(refused('TARGET_IS_SYSTEM_FOLDER'));
  expect(open('.', folder)).toThrow(refused('TARGET_IS_SYSTEM_FOLDER'));
  expect(() => openTarget(nodeDisk, '/')).toThrow(refused('TARGET_IS_SYSTEM_FOLDER'));
  expect(fs.readdirSync(folder).sort()).toEqual(['dangling', 'file', 'root']);
});

// Root may write everywhere, so the disk says what the system would say to somebody else.
test.each(['EACCES', 'EROFS', 'EPERM'])(
  'a target that answers %s is read-only: writing is refused, looking is not',
  async (code) => {
    const root = emptyFolder();
    const disk = countedDisk((effect) => {
      throw systemError(code, effect);
    });
    const options = { disk, root, command: 'reroute run', now: NOW };
    await expect(withLedger(options, () => 'ran')).rejects.toMatchObject({ code: 'TARGET_READ_ONLY', cause: { code } });
    expect((await readLedger(options)).ledger.runs()).toEqual([]);
  },
);

test('a target whose ledger is there but may not be written is read-only as well', async () => {
  const root = emptyFolder();
  newLedger(root);
  const disk = countedDisk((effect) => {
    throw systemError('EACCES', effect);
  });
  const blocked = withLedger({ disk, root, command: 'reroute run', now: NOW }, () => {});
  await expect(blocked).rejects.toMatchObject({ code: 'TARGET_READ_ONLY' });
});
