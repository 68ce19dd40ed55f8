import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { RerouteError } from '../../src/base/errors.ts';
import { createSurfaceReader } from '../../src/compiler/surface-reader.ts';
import { normalise } from '../../src/manifest/normalise.ts';
import { checkManifest } from '../../src/survey/check-manifest.ts';
import { TargetView } from '../../src/survey/target-view.ts';

const root = mkdtempSync(path.join(tmpdir(), 'reroute-check-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const FILES = {
  'src/router.ts': 'export class MessageRouter { go(): void {} }\nexport const wrap = 1;\n',
  'src/old.ts': 'export class OldRouter { go(): void {} }\nexport const other = 1;\n',
  'src/moving.ts': 'export const moved = 1;\n',
};
mkdirSync(path.join(root, 'src'));
for (const [file, text] of Object.entries(FILES)) writeFileSync(path.join(root, file), text);

function check(input: object, isRetired?: (file: string) => boolean): RerouteError | undefined {
  const migration = normalise({ name: 'm', ...input }, path.join(root, 'reroute.config.ts'), '');
  try {
    checkManifest({
      migration,
      reader: createSurfaceReader({ root }),
      view: new TargetView(root),
      ...(isRetired ? { isRetired } : {}),
    });
    return undefined;
  } catch (error) {
    return error as RerouteError;
  }
}

test('a manifest whose names are all there passes, also when a moved module is not made yet', () => {
  expect(
    check({
      canonical: {
        'src/router.ts': {
          MessageRouter: {
            replaces: ['src/old.ts#OldRouter'],
            members: { 'x(a)': 'go(wrap(a))' },
            imports: { wrap: 'src/router.ts' },
          },
        },
        'src/new/moved.ts': { exports: '*', replaces: ['src/moving.ts'] },
      },
      review: { 'src/old.ts#other': 'Look.' },
    }),
  ).toBeUndefined();
});

test('every module and export that is missing is listed, each with the nearest name', () => {
  const error = check({
    canonical: {
      'src/routr.ts': { MessageRouter: { replaces: ['src/old.ts#OldRouter'] } },
      'src/router.ts': {
        MessageRouters: {
          replaces: ['src/old.ts#OldRoutr'],
          imports: { wrap: '@none/pkg' },
          members: { 'x(a)': 'go(wrap(a))' },
        },
      },
    },
    review: { 'src/old.ts#othr': 'Look.' },
  });
  expect(error).toMatchObject({
    code: 'MANIFEST_UNKNOWN_MODULE',
    message: 'The manifest names 2 module(s) and 3 export(s) that the target does not have.',
    where: { file: path.join(root, 'reroute.config.ts') },
  });
  expect(error!.details).toEqual([
    "src/routr.ts: no such file; did you mean 'src/router.ts'?",
    '@none/pkg: does not resolve; there are: src/moving.ts, src/old.ts, src/router.ts',
    "src/router.ts#MessageRouters: no such export; did you mean 'MessageRouter'?",
    "src/old.ts#OldRoutr: no such export; did you mean 'OldRouter'?",
    "src/old.ts#othr: no such export; did you mean 'other'?",
  ]);
});

test('only exports missing has a code of its own', () => {
  expect(check({ canonical: { 'src/router.ts': { Rooter: { replaces: ['src/old.ts#OldRouter'] } } } })).toMatchObject({
    code: 'MANIFEST_UNKNOWN_EXPORT',
  });
});

test('a deprecated module that an earlier run took away need not be there', () => {
  const input = { canonical: { 'src/router.ts': { MessageRouter: { replaces: ['src/gone.ts#Old'] } } } };
  expect(check(input)).toMatchObject({ code: 'MANIFEST_UNKNOWN_MODULE' });
  expect(check(input, (file) => file === 'src/gone.ts')).toBeUndefined();
});

test('a public member that becomes a private one is refused; a private one may become another', () => {
  const files = {
    'src/secret.ts':
      'export class Secret { #own() {} private inner() {} static private made() {} go() { this.#own(); } }\n',
    'src/open.ts': 'export class Open { go() {} make() {} private hidden() {} }\n',
    'src/secret.js': 'export class Marked {\n  /** @private */\n  inner() {}\n}\n',
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(root, file), text);
  const members = (mappings: Record<string, string>) =>
    check({ canonical: { 'src/secret.ts': { Secret: { replaces: ['src/open.ts#Open'], members: mappings } } } });
  expect(members({ go: 'inner', 'make()': 'made()' })).toMatchObject({
    code: 'MANIFEST_PRIVATE_MEMBER',
    message: 'The manifest maps 2 member(s) to what only code inside of the canonical class can use.',
    details: [
      "'go': 'inner': 'inner' is private in src/secret.ts#Secret",
      "'make()': 'made()': 'made' is private in src/secret.ts#Secret",
    ],
  });
  expect(members({ hidden: 'inner', make: 'go' })).toBeUndefined();
  const marked = { Marked: { replaces: ['src/open.ts#Open'], members: { go: 'inner' } } };
  expect(check({ canonical: { 'src/secret.js': marked } })).toMatchObject({ code: 'MANIFEST_PRIVATE_MEMBER' });
});

test('a member to be renamed in place that nobody spells is listed, with the nearest name', () => {
  const error = check({ canonical: { 'src/router.ts': { MessageRouter: { members: { goo: 'walk' } } } } });
  expect(error).toMatchObject({
    code: 'MANIFEST_UNKNOWN_MEMBER',
    message: 'The manifest names 1 member(s) that the target does not have.',
    details: ["src/router.ts#MessageRouter.goo: no such member; did you mean 'go'?"],
  });
});

test.each([
  ['it has the old name', { go: 'walk' }],
  ['it has the new name, from an earlier run', { walk: 'go' }],
  ['the name is spelled somewhere, where no surface shows it', { wrap: 'fold' }],
])('a member to be renamed in place passes: %s', (_, members) => {
  expect(check({ canonical: { 'src/router.ts': { MessageRouter: { members } } } })).toBeUndefined();
});
