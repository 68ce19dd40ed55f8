import path from 'node:path';
import { expect, test } from 'vitest';
import type { UsageBeat } from '../../../src/deprecation/index.ts';
import { readUsageFiles } from '../../../src/run/retire/usage-files.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const SITE = 'file:///app/src/a.js:1:2';
const PACKAGED = 'file:///app/node_modules/@acme/lib/x.js:3:4';

function beat(at: string, uses: Partial<UsageBeat['uses'][number]>[] = [], more: Partial<UsageBeat> = {}): string {
  const full = uses.map((use) => ({ id: 'a#x', count: 1, sites: [], truncated: false, ...use }));
  const line: UsageBeat = {
    reroute: 1,
    at,
    started: '2026-11-01T00:00:00.000Z',
    host: 'h1',
    pid: 7,
    loaded: 3,
    uses: full,
  };
  return `${JSON.stringify({ ...line, ...more })}\n`;
}

function read(files: Readonly<Record<string, string>>, days = 3) {
  const root = temporaryFolder(files);
  return readUsageFiles(
    Object.keys(files).map((file) => path.join(root, file)),
    { now: NOW, days },
  );
}

test('days without a heartbeat are told; today need not have one yet', async () => {
  const evidence = await read({
    'a.ndjson': beat('2026-11-18T23:59:59.000Z'),
    'b.ndjson': `${beat('2026-11-20T00:00:00.000Z')}\n${beat('2026-11-17T00:00:00.000Z')}`,
  });
  expect(evidence).toMatchObject({ files: 2, from: '2026-11-18', to: '2026-11-20', days: 3, unreadable: 0 });
  expect(evidence.silent).toEqual(['2026-11-19']);
  expect(evidence.hits.size).toBe(0);
});

test('calls before the window do not count, but tell where the same process calls from in it', async () => {
  const evidence = await read({
    'a.ndjson':
      beat('2026-11-10T00:00:00.000Z', [{ count: 5, sites: [SITE] }]) +
      beat('2026-11-10T00:00:00.000Z', [{ id: 'a#gone', sites: [SITE] }]) +
      beat('2026-11-19T00:00:00.000Z', [{ count: 2 }], { build: '1.2.3' }) +
      beat('2026-11-20T00:00:00.000Z', [{ count: 1, sites: [PACKAGED] }], { pid: 8, host: 'h2' }) +
      beat('2026-11-21T09:00:00.000Z', [{ count: 1 }], { pid: 9, host: 'h3' }),
  });
  expect([...evidence.hits.keys()]).toEqual(['a#x']);
  expect(evidence.hits.get('a#x')).toEqual({
    count: 4,
    callers: [
      { site: 'an unknown place', host: 'h3', at: '2026-11-21T09:00:00.000Z' },
      { site: PACKAGED, package: '@acme/lib', host: 'h2', at: '2026-11-20T00:00:00.000Z' },
      { site: SITE, host: 'h1', build: '1.2.3', at: '2026-11-19T00:00:00.000Z' },
    ],
  });
});

test('lines that were cut off are counted; a file without any line of a usage file is an error', async () => {
  expect((await read({ 'a.ndjson': `${beat('2026-11-20T00:00:00.000Z')}{"reroute":1,"at` })).unreadable).toBe(1);
  await expect(read({ 'a.ndjson': '{"level":"info"}\n' })).rejects.toMatchObject({ code: 'USAGE_FILE_UNREADABLE' });
  await expect(read({ 'a.ndjson': '' })).rejects.toMatchObject({ code: 'USAGE_FILE_UNREADABLE' });
  await expect(readUsageFiles(['/no/such/file.ndjson'], { now: NOW, days: 3 })).rejects.toMatchObject({
    code: 'USAGE_FILE_UNREADABLE',
  });
});
