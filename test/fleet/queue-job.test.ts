import { describe, expect, test } from 'vitest';
import { type FleetJob, fleetJob, jobId } from '../../src/fleet/queue/job.ts';

const JOB: FleetJob = {
  version: 1,
  name: 'apps/web',
  source: { path: 'apps/web' },
  phase: 'production',
  manifest: '0123456789ab',
  dryRun: false,
  allowDirty: false,
  commit: false,
};
const isJob = (change: object) => fleetJob.safeParse({ ...JOB, ...change }).success;

describe('what a job may say', () => {
  test.each([
    'https://git.example.org/acme/web.git',
    'https://user@git.example.org/acme/web.git',
    'ssh://git@git.example.org:22/acme/web.git',
    'git@git.example.org:acme/web.git',
    'git://git.example.org/web',
    'file:///srv/web',
  ])('a repository: %s', (git) => expect(isJob({ source: { git } })).toBe(true));

  test.each([
    '-u',
    'ext::sh -c id',
    'https://-x/web',
    'ssh://-oProxyCommand=id/web',
    'ssh://git@-oProxyCommand=id/web',
    '-o@host:web',
    'git@-host:web',
    'git@host:-web',
    'https://git.example.org/web\n--upload-pack=id',
    'file://host/web',
    '/srv/web',
    'fd::3',
    'http::https://x',
  ])('no repository: %j', (git) => expect(isJob({ source: { git } })).toBe(false));

  test.each(['.', 'web', 'apps/web', '@acme/web', 'a b/..c'])('a folder: %s', (path) => {
    expect(isJob({ source: { path } })).toBe(true);
  });

  test.each(['', '..', '../web', 'apps/../..', '/srv', 'C:/x', 'a\\..\\b', 'a//b', './a', 'a/', 'a\0b'])(
    'no folder: %j',
    (path) => expect(isJob({ source: { path } })).toBe(false),
  );

  test.each(['reroute/one', 'v1.2.3', 'a-b_c+d'])('a branch: %s', (branch) => expect(isJob({ branch })).toBe(true));

  test.each(['-b', '--orphan', 'a..b', 'a//b', 'a.lock', 'a/', '.a', 'a b', 'a@{1}', 'a:b', 'a~1', 'a\nb', ''])(
    'no branch: %j',
    (branch) => expect(isJob({ branch })).toBe(false),
  );

  test.each([
    { name: '../web' },
    { name: 'a/../b' },
    { name: '.git' },
    { manifest: 'other' },
    { manifestFile: '/tmp/x.ts' },
    { version: 2 },
    { phase: '' },
    { source: { path: 'a', git: 'https://x/y' } },
    { source: {} },
  ])('not %j', (change) => expect(isJob(change)).toBe(false));
});

test('the id is that of the work: the same for the same, another for another, whatever the order of its keys', () => {
  const turned = Object.fromEntries(Object.entries(JOB).reverse()) as FleetJob;
  expect(jobId(turned)).toBe(jobId(JOB));
  const others = [
    { name: 'apps/other' },
    { source: { path: 'other' } },
    { source: { git: 'https://x/y' } },
    { source: { git: 'https://x/y', ref: 'main' } },
    { phase: 'tests' },
    { phase: undefined },
    { manifest: 'ffffffffffff' },
    { dryRun: true },
    { allowDirty: true },
    { commit: true },
    { branch: 'one' },
  ].map((change) => jobId({ ...JOB, ...change } as FleetJob));
  expect(new Set([...others, jobId(JOB)]).size).toBe(12);
});
