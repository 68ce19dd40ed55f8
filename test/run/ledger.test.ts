import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/base/hashes.ts';
import { nodeDisk } from '../../src/run/disk.ts';
import { Ledger, makeLedgerFolder } from '../../src/run/ledger.ts';
import { encodeLine, type LedgerEntry } from '../../src/run/ledger-entry.ts';
import { countedDisk, systemError } from './counted-disk.ts';
import { HEADING, NOW, newLedger } from './sample-target.ts';
import { emptyFolder } from './temporary-folders.ts';

const start: LedgerEntry = { type: 'run-start', ...HEADING, files: 1 };
const done: LedgerEntry = { type: 'run-done', run: HEADING.run, status: 'done' };
const intent = {
  type: 'intent',
  run: HEADING.run,
  file: 'src/a.ts',
  kind: 'modify',
  beforeHash: sha256('a'),
  afterHash: sha256('b'),
  mode: 0o644,
  folders: [],
  step: 'imports',
} satisfies LedgerEntry;

let root: string;
let file: string;
beforeEach(() => {
  root = emptyFolder();
  file = path.join(root, '.reroute/ledger.jsonl');
});

const read = () => new Ledger(nodeDisk, root);

describe('the ledger', () => {
  test('is empty where there is none, and makes nothing', () => {
    expect(read().runs()).toEqual([]);
    expect(fs.readdirSync(root)).toEqual([]);
  });

  test('gives back what was appended', () => {
    const ledger = newLedger(root);
    ledger.append([start, intent]);
    ledger.append([{ type: 'outcome', run: HEADING.run, file: 'src/a.ts' }]);
    expect(read().runs()).toMatchObject([{ id: HEADING.run, state: 'open', intents: [intent], files: 1 }]);
    expect([...read().runs()[0]!.written]).toEqual(['src/a.ts']);
    ledger.append([done]);
    expect(read().run(HEADING.run)!.state).toBe('done');
  });

  test('a last line that was torn at any byte never happened, and the next append takes its place', () => {
    const whole = Buffer.concat([encodeLine(1, [start, intent]), encodeLine(2, [done])]);
    const first = encodeLine(1, [start, intent]).length;
    newLedger(root);
    for (let length = 0; length < whole.length; length++) {
      fs.writeFileSync(file, whole.subarray(0, length));
      const ledger = read();
      expect(ledger.runs().map(({ state }) => state)).toEqual(length < first ? [] : ['open']);
      if (length % 25 !== 0) continue;
      ledger.append(length < first ? [start] : [done]);
      expect(read().runs()[0]!.state).toBe(length < first ? 'open' : 'done');
    }
  });

  test('a last line whose middle was never written is torn as well', () => {
    newLedger(root).append([start]);
    const line = encodeLine(2, [done]);
    line.fill(0, 20, 60);
    fs.appendFileSync(file, line);
    expect(read().runs()[0]!.state).toBe('open');
  });

  test('a damaged line before the last one is an error that names it', () => {
    const ledger = newLedger(root);
    ledger.append([start]);
    ledger.append([done]);
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('production', 'productioM'));
    expect(read).toThrow(
      expect.objectContaining({ code: 'LEDGER_DAMAGED', message: expect.stringContaining('Line 1') }),
    );
  });

  test('a line that is missing is an error', () => {
    newLedger(root);
    fs.writeFileSync(file, Buffer.concat([encodeLine(1, [start]), encodeLine(3, [done])]));
    expect(read).toThrow(expect.objectContaining({ code: 'LEDGER_DAMAGED' }));
  });

  test.each([
    ['a path that leaves the target', { ...intent, file: '../../.bashrc' }],
    ['an absolute path', { ...intent, file: '/etc/passwd' }],
    ['a path into .git', { ...intent, file: '.git/hooks/pre-commit' }],
    ['a made folder outside', { ...intent, folders: ['../x'] }],
    ['a hash that is a path', { ...intent, beforeHash: '../../../etc/passwd' }],
    ['a run that is a path', { ...done, run: '../../x' }],
    ['a set-user-ID mode', { ...intent, mode: 0o4755 }],
    ['an unknown entry', { type: 'exec', run: HEADING.run }],
  ])('a doctored ledger with %s is refused', (_, entry) => {
    newLedger(root);
    fs.writeFileSync(file, Buffer.concat([encodeLine(1, [start]), encodeLine(2, [entry as LedgerEntry])]));
    expect(read).toThrow(expect.objectContaining({ code: 'LEDGER_DAMAGED' }));
  });

  test.each(['.reroute', '.reroute/ledger.jsonl', '.reroute/objects', '.reroute/runs'])(
    'a link at %s is refused, and what it leads to stays as it is',
    (name) => {
      const outside = emptyFolder();
      fs.writeFileSync(path.join(outside, 'precious'), 'precious');
      if (name !== '.reroute') makeLedgerFolder(nodeDisk, root);
      fs.rmSync(path.join(root, name), { recursive: true, force: true });
      fs.symlinkSync(name.endsWith('jsonl') ? path.join(outside, 'precious') : outside, path.join(root, name));
      const refusal = expect.objectContaining({ code: 'LEDGER_LEADS_OUT' });
      expect(read).toThrow(refusal);
      expect(() => makeLedgerFolder(nodeDisk, root)).toThrow(refusal);
      expect(fs.readdirSync(outside)).toEqual(['precious']);
      expect(fs.readFileSync(path.join(outside, 'precious'), 'utf8')).toBe('precious');
    },
  );

  test('an append that fails leaves no trace that the next one would stumble over', () => {
    newLedger(root).append([start]);
    let failing = true;
    const disk = countedDisk((effect) => {
      if (!failing || effect.name !== 'append') return;
      nodeDisk.append(String(effect.args[0]), Buffer.from('{"sum":"half'));
      throw systemError('ENOSPC', effect);
    });
    const ledger = new Ledger(disk, root);
    expect(() => ledger.append([intent])).toThrow('ENOSPC');
    expect(ledger.runs()[0]!.intents).toEqual([]);
    failing = false;
    ledger.append([done]);
    expect(read().runs()).toMatchObject([{ state: 'done', intents: [] }]);
  });

  test('a read-only target is told as such', () => {
    const disk = countedDisk((effect) => {
      throw systemError('EROFS', effect);
    });
    expect(() => makeLedgerFolder(disk, root)).toThrow(expect.objectContaining({ code: 'TARGET_READ_ONLY' }));
  });

  test('ids of runs sort by time, are unique, and are file names whatever the phase is called', () => {
    const ledger = newLedger(root);
    expect(ledger.newRunId('production', NOW)).toBe(HEADING.run);
    ledger.append([start]);
    expect(ledger.newRunId('production', NOW)).toBe(`${HEADING.run}-2`);
    expect(ledger.newRunId('../a b', NOW)).toBe('20261121T034512Z-..-a-b');
  });
});

describe('objects', () => {
  test('are stored once under their hash and checked when read', () => {
    const { objects } = newLedger(root);
    const content = Buffer.from([0, 255, 13, 10, 0xef, 0xbb, 0xbf]);
    const [hash] = objects.put([content, content]);
    expect(hash).toBe(sha256(content));
    expect(fs.readdirSync(objects.folder)).toEqual([hash]);
    expect(objects.read(hash!)).toEqual(content);
    fs.appendFileSync(path.join(objects.folder, hash!), 'x');
    expect(() => objects.read(hash!)).toThrow(expect.objectContaining({ code: 'LEDGER_DAMAGED' }));
  });

  test('a disk that is full for all of them keeps none', () => {
    newLedger(root);
    const [kept] = read().objects.put([Buffer.from('needed by an earlier run')]);
    const disk = countedDisk((effect) => {
      if (effect.name === 'writeNew' && String(effect.args[1]) === 'three') throw systemError('ENOSPC', effect);
    });
    const { objects } = new Ledger(disk, root);
    const contents = ['one', 'needed by an earlier run', 'two', 'three'].map((text) => Buffer.from(text));
    expect(() => objects.put(contents)).toThrow('ENOSPC');
    expect(fs.readdirSync(objects.folder)).toEqual([kept]);
  });

  test('one that was torn when a run was killed is written anew', () => {
    const { objects } = newLedger(root);
    const [hash] = objects.put([Buffer.from('whole content')]);
    fs.writeFileSync(path.join(objects.folder, hash!), 'whole');
    // As the next process finds it.
    read().objects.put([Buffer.from('whole content')]);
    expect(objects.read(hash!).toString()).toBe('whole content');
  });

  test('are stored together when they are many; a pack that is torn or doctored gives nothing wrong', () => {
    const contents = Array.from({ length: 40 }, (_, n) => Buffer.from(`content ${n}`));
    const hashes = newLedger(root).objects.put(contents);
    const [name, ...more] = fs.readdirSync(read().objects.folder);
    expect([name, more]).toEqual([expect.stringMatching(/^pack-[0-9a-f]{64}$/), []]);
    for (const [index, hash] of hashes.entries()) expect(read().objects.read(hash)).toEqual(contents[index]);
    const pack = path.join(read().objects.folder, name!);
    const whole = fs.readFileSync(pack);
    for (const bytes of [
      whole.subarray(0, 5),
      whole.subarray(0, 200),
      whole.subarray(0, -1),
      Buffer.from('x'.repeat(500)),
    ]) {
      fs.writeFileSync(pack, bytes);
      expect(() => read().objects.read(hashes[39]!)).toThrow(expect.objectContaining({ code: 'LEDGER_DAMAGED' }));
    }
    // The same contents again, as by the next run: what is not whole is written anew.
    read().objects.put(contents);
    for (const [index, hash] of hashes.entries()) expect(read().objects.read(hash)).toEqual(contents[index]);
    fs.writeFileSync(pack, whole.toString('latin1').replace('content 7', 'CONTENT 7'), 'latin1');
    expect(() => read().objects.read(hashes[7]!)).toThrow(expect.objectContaining({ code: 'LEDGER_DAMAGED' }));
    expect(read().objects.read(hashes[8]!)).toEqual(contents[8]);
  });

  test('go with their pack when all of it may go', () => {
    const contents = Array.from({ length: 40 }, (_, n) => Buffer.from(`content ${n}`));
    const { objects } = newLedger(root);
    const hashes = objects.put(contents);
    objects.drop(new Set(hashes.slice(1)));
    expect(objects.read(hashes[0]!)).toEqual(contents[0]);
    objects.drop(new Set(hashes));
    expect(fs.readdirSync(objects.folder)).toEqual([]);
    expect(() => objects.read(hashes[0]!)).toThrow(expect.objectContaining({ code: 'LEDGER_DAMAGED' }));
  });
});
