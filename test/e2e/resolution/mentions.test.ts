import { describe, expect, test } from 'vitest';
import { buildReport } from '../../../src/report/build-report.ts';
import { renderHtml } from '../../../src/report/html.ts';
import { renderJson } from '../../../src/report/json.ts';
import { renderMarkdown } from '../../../src/report/markdown.ts';
import { PhaseTarget } from '../../run/phases/phase-target.ts';

const FILES = {
  'tsconfig.json':
    '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "types": [] }, "include": ["src"] }',
  'src/old/router.ts': 'export class Router {}\n',
  'src/a.ts':
    "// See src/old/router.ts, and ./old/router for more.\nimport { Router } from './old/router';\nnew Router();\nexport const ratio = (old: number, router: number) => old/router;\n",
  'README.md':
    '# App\n\nThe router is in [its module](src/old/router.ts), not in src/older/router.ts; a router routes.\n',
  'docs/guide.md': 'Look at `../src/old/router.ts` or https://example.org/blob/main/src/old/router.ts#L1.\n',
  'ci.yml': 'files:\n  - src/old/router.ts\n',
  'jest.config.js': "module.exports = { moduleNameMapper: { '^old$': '<rootDir>/src/old/router' } };\n",
};

function target(mentions?: boolean): PhaseTarget {
  return new PhaseTarget(
    FILES,
    {
      name: 'mentions',
      canonical: { 'src/new/router.ts': { exports: '*', replaces: ['src/old/router.ts'] } },
      phases: [
        { name: 'proxies', steps: ['proxies'] },
        { name: 'all', files: ['src/**', '*.js'], steps: ['imports'] },
      ],
      ...(mentions !== undefined && { mentions }),
    },
    { runtime: false },
  );
}

const PLACES = [
  'README.md:3:31 src/old/router.ts',
  'ci.yml:2:5 src/old/router.ts',
  'docs/guide.md:1:10 ../src/old/router.ts',
  'docs/guide.md:1:41 //example.org/blob/main/src/old/router.ts',
  'jest.config.js:1:50 <rootDir>/src/old/router',
  'src/a.ts:1:8 src/old/router.ts',
  'src/a.ts:1:31 ./old/router',
];

describe('what names a module without importing it', { timeout: 60_000 }, () => {
  test('is for review with line and column, in a section of its own, and is not edited', async () => {
    const told = target();
    const { records } = await told.run();
    const record = records[1]!;
    expect(record.changes.map(({ file }) => file)).toEqual(['src/a.ts']);
    for (const file of ['README.md', 'docs/guide.md', 'ci.yml'] as const) expect(told.read(file)).toBe(FILES[file]);
    const { found, edited, review, left } = record.account;
    expect(edited + review + left).toBe(found);
    const model = buildReport(records, { version: '0' });
    expect(model.review).toEqual([]);
    expect(model.mentions.map(({ place, text }) => `${place.file}:${place.line}:${place.column} ${text}`)).toEqual(
      PLACES,
    );
    expect(model.account.review).toBe(PLACES.length);
    expect(renderMarkdown(model)).toContain(
      "## Mentions\n\n7 places in documents, comments and strings that name what moved. Counted as for review.\n\n- [ ] `README.md:3:31` mentions src/old/router.ts: 'src/new/router.ts' from now on",
    );
    expect(renderHtml(model)).toContain('<h2>Mentions</h2>');
    expect(JSON.parse(renderJson(model)).mentions).toHaveLength(PLACES.length);
  });

  test('is edited when the manifest says so', async () => {
    const edited = target(true);
    await edited.run();
    for (const file of ['README.md', 'docs/guide.md', 'ci.yml', 'jest.config.js'] as const)
      expect(edited.read(file)).toBe(FILES[file].replaceAll('src/old/', 'src/new/'));
    expect(edited.read('src/a.ts')).toBe(
      FILES['src/a.ts']
        .replaceAll('old/router', 'new/router')
        .replace('old: number, router: number) => new/', 'old: number, router: number) => old/'),
    );
    const { records } = await edited.run();
    expect(records.flatMap(({ changes }) => changes)).toEqual([]);
  });
});
