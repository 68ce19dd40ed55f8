import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encode } from '../../src/base/source-text.ts';
import { buildReport } from '../../src/report/build-report.ts';
import { renderPatch } from '../../src/report/patch.ts';
import type { RunRecord } from '../../src/run/run-record.ts';
import { chatBackend } from './chat-backend.ts';
import { type FileSpec, makeRecord } from './make-record.ts';

let repo: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'core.autocrlf=false', '-c', 'core.fileMode=false', ...args], {
    cwd: repo,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

beforeEach(async () => {
  repo = await mkdtemp(path.join(os.tmpdir(), 'reroute patch '));
  git('init', '-q');
});
afterEach(() => rm(repo, { recursive: true, force: true }));

async function put(file: string, text: string | undefined, bom = false): Promise<void> {
  if (text === undefined) return;
  await mkdir(path.dirname(path.join(repo, file)), { recursive: true });
  await writeFile(path.join(repo, file), encode({ text, bom }));
}

const patchOf = (records: readonly RunRecord[]) => renderPatch(buildReport(records, { version: '0.1.0' }));

/** Lays the files as they were before, applies the patch with git, and compares bytes; then the way back. */
async function roundTrip(files: readonly FileSpec[], patch = patchOf([makeRecord({ files })])): Promise<void> {
  const changes = makeRecord({ files }).changes;
  for (const { file, before, bom } of changes) await put(file, before, bom);
  await writeFile(path.join(repo, 'run.patch'), patch);
  git('apply', '--check', 'run.patch');
  git('apply', 'run.patch');
  await expectBytes(changes.map(({ file, after, bom }) => ({ file, text: after, bom })));
  git('apply', '-R', 'run.patch');
  await expectBytes(changes.map(({ file, before, bom }) => ({ file, text: before, bom })));
}

async function expectBytes(files: readonly { file: string; text: string | undefined; bom: boolean }[]): Promise<void> {
  expect(files.length).toBeGreaterThan(0);
  for (const { file, text, bom } of files) {
    const target = path.join(repo, file);
    expect(existsSync(target), file).toBe(text !== undefined);
    if (text !== undefined) expect((await readFile(target)).equals(encode({ text, bom })), file).toBe(true);
  }
}

describe('git apply takes the patch and leaves exactly the bytes of the run', () => {
  const cases: readonly (readonly [string, FileSpec])[] = [
    ['a changed line', { file: 'a.ts', before: 'one\ntwo\nthree\n', after: 'one\n2\nthree\n' }],
    ['no line end at the end, before and after', { file: 'a.ts', before: 'one\ntwo', after: 'one\n2' }],
    ['a line end added at the end', { file: 'a.ts', before: 'one\ntwo', after: 'one\ntwo\n' }],
    ['a line end taken from the end', { file: 'a.ts', before: 'one\ntwo\n', after: 'one\ntwo' }],
    ['no line end at the end, in context', { file: 'a.ts', before: 'one\ntwo\nthree', after: '1\ntwo\nthree' }],
    ['CRLF', { file: 'a.ts', before: 'one\r\ntwo\r\nthree\r\n', after: 'one\r\n2\r\nthree\r\n' }],
    ['CRLF that becomes LF', { file: 'a.ts', before: 'one\r\ntwo\r\n', after: 'one\ntwo\n' }],
    ['a lone CR', { file: 'a.ts', before: 'one\rtwo\nthree\n', after: 'one\rtwo\n3\n' }],
    ['a byte order mark on a changed first line', { file: 'a.ts', before: 'one\ntwo\n', after: '1\ntwo\n', bom: true }],
    ['a byte order mark on a line kept', { file: 'a.ts', before: 'one\ntwo\n', after: 'one\n2\n', bom: true }],
    [
      'a line put before a byte order mark’s first',
      { file: 'a.ts', before: 'one\ntwo\n', after: 'zero\none\ntwo\n', bom: true },
    ],
    ['a byte order mark on a new file', { file: 'a.ts', before: undefined, after: 'one\n', bom: true }],
    ['a new file', { file: 'src/new/a.ts', before: undefined, after: 'one\ntwo' }],
    ['a new empty file', { file: 'a.ts', before: undefined, after: '' }],
    ['a deleted file', { file: 'a.ts', before: 'one\ntwo\n', after: undefined }],
    ['a deleted empty file', { file: 'a.ts', before: '', after: undefined }],
    ['a file emptied', { file: 'a.ts', before: 'one\n', after: '' }],
    ['an empty file filled', { file: 'a.ts', before: '', after: 'one\n' }],
    ['spaces in the name', { file: 'my folder/a file.ts', before: 'one\n', after: '1\n' }],
    ['spaces in a new file’s name', { file: 'my folder/a file.ts', before: undefined, after: '1\n' }],
    ['spaces in a deleted file’s name', { file: 'my folder/a b c.ts', before: '1\n', after: undefined }],
    [
      'quotes, a backslash, a tab and other letters in the name',
      { file: 'wéird "na\\me"\t漢.ts', before: 'one\n', after: '1\n' },
    ],
    [
      'lines that look like a patch',
      {
        file: 'a.ts',
        before: '--- a/x\n+++ b/x\n@@ -1 +1 @@\n',
        after: '--- a/y\n+++ b/x\n@@ -1 +1 @@\n\\ No newline\n',
      },
    ],
    ['other line separators', { file: 'a.ts', before: 'a\u2028b\nc\fd\n', after: 'a\u2028b\nc\fe\n' }],
  ];
  test.each(cases)('%s', async (_, file) => {
    await roundTrip([file]);
  });

  test('everything at once', async () => {
    await roundTrip(cases.map(([, spec], i) => ({ ...spec, file: `${i}/${spec.file}` })));
  });

  test('texts made at random, with and without last line ends', async () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const line = () => ['', 'a', 'b', '}', 'const x = 1;', '\r', '\\ No'][random(7)]!;
    const text = (lines: number) => Array.from({ length: lines }, line).join('\n') + (random(2) ? '\n' : '');
    const files = Array.from({ length: 150 }, (_, i): FileSpec => {
      const before = text(1 + random(30));
      const lines = before.split('\n');
      for (let n = random(6); n >= 0; n--)
        lines.splice(random(lines.length + 1), random(3), ...Array.from({ length: random(3) }, line));
      return { file: `f${i}.ts`, before, after: lines.join('\n'), bom: random(3) === 0 };
    });
    await roundTrip(files.filter((file) => file.before !== file.after));
  });

  test('a file whose lines nearly all differ', async () => {
    const lines = (word: string) => Array.from({ length: 4_000 }, (_, i) => `${word} ${i}`).join('\n');
    await roundTrip([
      {
        file: 'a.ts',
        before: `top\n1\n2\n3\n${lines('old')}\nbottom`,
        after: `top\n1\n2\n3\n${lines('new')}\nx\nbottom`,
      },
    ]);
  });
});

test('several phases become one patch: a file changed twice has one section', async () => {
  const records = [
    makeRecord({
      phase: 'one',
      files: [
        { file: 'a.ts', before: 'one\n', after: 'two\n' },
        { file: 'gone.ts', before: undefined, after: 'x\n' },
        { file: 'b.ts', before: 'b\n', after: 'B\n' },
      ],
    }),
    makeRecord({
      phase: 'two',
      files: [
        { file: 'a.ts', before: 'two\n', after: 'three\n' },
        { file: 'gone.ts', before: 'x\n', after: undefined },
        { file: 'b.ts', before: 'B\n', after: 'b\n' },
      ],
    }),
  ];
  const patch = patchOf(records);
  expect(patch.match(/^diff --git/gm)).toHaveLength(1);
  await roundTrip([{ file: 'a.ts', before: 'one\n', after: 'three\n' }], patch);
});

test('phases that failed or were rolled back are not in the patch', () => {
  const files = [{ file: 'a.ts', before: 'one\n', after: 'two\n' }];
  expect(patchOf([makeRecord({ files, status: 'failed' })])).toBe('');
  expect(patchOf([makeRecord({ files, status: 'rolled-back' })])).toBe('');
  expect(patchOf([makeRecord({ files, dryRun: true })])).toContain('+two');
});

test('the chat backend, both phases', async () => {
  const records = chatBackend();
  const changes = records.flatMap((record) => record.changes);
  for (const { file, before, bom } of changes) await put(file, before, bom);
  await writeFile(path.join(repo, 'run.patch'), patchOf(records));
  git('apply', 'run.patch');
  await expectBytes(changes.map(({ file, after, bom }) => ({ file, text: after, bom })));
});
