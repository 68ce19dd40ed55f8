import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MigrationInput } from '../../src/manifest/define-migration.ts';
import { type Files, PhaseTarget, told } from '../run/phases/phase-target.ts';

/** One row of a table whose heads are `before` and `after`: a file, a line a span of code. */
interface Pair {
  readonly before: string;
  readonly after: string;
  /** The code in the columns before. */
  readonly about: readonly string[];
}

function readme(codemod: string): string {
  return readFileSync(path.join(import.meta.dirname, '../../codemods', codemod, 'README.md'), 'utf8');
}

function pairsIn(page: string): readonly Pair[] {
  const tables = page.split(/\n{2,}/).filter((block) => /^\|[^\n]*\bbefore\s*\|\s*after\s*\|\n/.test(block));
  return tables.flatMap((table) =>
    table
      .trim()
      .split('\n')
      .slice(2)
      .map((row): Pair => {
        const cells = row
          .split(/(?<!\\)\|/)
          .slice(1, -1)
          .map(codeIn);
        const [before, after] = cells.slice(-2).map((lines) => lines.map((line) => `${line}\n`).join(''));
        return { before: before!, after: after!, about: cells.slice(0, -2).flat() };
      }),
  );
}

/** The code spans of a cell; nothing else may stand in it, or it would be no file. */
function codeIn(cell: string): readonly string[] {
  const spans = [...cell.matchAll(/(`+)(.+?)\1(?!`)/g)];
  expect(cell.replace(/(`+)(.+?)\1(?!`)/g, '').trim(), cell).toBe('');
  return spans.map((span) => span[2]!.replaceAll('\\|', '|'));
}

/** The `canonical: { … }` that a page shows. */
function canonicalIn(page: string): MigrationInput['canonical'] {
  const block = /```ts\n(canonical: \{[\s\S]*?\n\},?)\n```/.exec(page)![1]!;
  return (new Function(`return ({ ${block} })`)() as { canonical: MigrationInput['canonical'] }).canonical;
}

const TARGET: Files = {
  'package.json': '{ "name": "target", "type": "module", "private": true }\n',
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      target: 'es2022',
      module: 'preserve',
      moduleDetection: 'force',
      allowJs: true,
      checkJs: true,
      noEmit: true,
      types: [],
    },
  }),
  'src/globals.d.ts': `declare const vi: any, jest: any, mock: any, proxyquire: any, on: boolean, held: any;
declare const URL: any, Worker: any;
declare function require(name: string): any;
declare module 'react' { export const lazy: any; }
`,
};

/** What every pair of a page comes to in one run over all of them, and in a second one. */
async function migrate(files: Files, canonical: MigrationInput['canonical'], pairs: ReadonlyMap<string, Pair>) {
  const before = Object.fromEntries([...pairs].map(([file, pair]) => [file, pair.before]));
  const phases = [{ name: 'all', steps: ['imports' as const, 'members' as const] }];
  const manifest = { name: 'pages', canonical, phases, gates: ['types' as const] };
  const target = new PhaseTarget({ ...TARGET, ...files, ...before }, manifest, { runtime: false });
  const record = await target.phase('all');
  const review = told(record).filter((line) => line.includes(' review '));
  const again = new PhaseTarget(
    Object.fromEntries(
      [...Object.keys({ ...TARGET, ...files }), ...pairs.keys()].map((file) => [file, target.read(file)]),
    ),
    manifest,
    { runtime: false },
  );
  const { changes } = await again.phase('all', { dryRun: true });
  return { target, review, again: changes.map(({ file }) => file) };
}

/** JSDoc is read in JavaScript only. */
const extensionOf = ({ before }: Pair) => (/\/\*\*|proxyquire/.test(before) ? 'js' : 'ts');

describe('rewrite-imports', () => {
  const page = readme('rewrite-imports');
  const list = pairsIn(page);
  const pairs = new Map(list.map((pair, i) => [`src/pair-${i}.${extensionOf(pair)}`, pair]));
  const router = (name: string, add: string, make: string) =>
    `export class ${name} { ${add}(): void {} }\nexport const ${make} = (): ${name} => new ${name}();\n`;
  const files: Files = {
    'src/old.ts':
      'export class Old {}\nexport class Way {}\nexport const Kept = 1;\nexport const make_old = (): Old => new Old();\n',
    'src/new.ts': 'export class New {}\nexport const A = 1, Z = 2;\nexport const makeNew = (): New => new New();\n',
    'src/way.ts': 'export class Way {}\n',
    'src/plain.ts': 'export default class Plain {}\nexport const kept = 1;\n',
    'src/old-log.ts': 'export class Log {}\n',
    'src/log.ts': 'export default class Log {}\n',
    'src/old-page.ts': 'export default class Page {}\n',
    'src/page.ts': 'export class Page {}\n',
    'src/old-router.ts': router('OldRouter', 'register_handler', 'make_router'),
    'src/router.ts': router('Router', 'addHandler', 'makeRouter'),
    'src/old-twin.ts': 'export class Same {}\n',
    'src/twin.ts': 'export class Same {}\n',
    'src/old-clock.ts': 'export const now = 1;\n',
    'src/clock.ts': 'export const now = 1;\n',
    'src/service.js': "const { OldRouter } = require('./old-router');\nexport const service = new OldRouter();\n",
  };

  test('each pair of its page is true', async () => {
    const { target, review, again } = await migrate(files, canonicalIn(page), pairs);
    expect(list.length).toBeGreaterThan(60);
    const after = Object.fromEntries([...pairs.keys()].map((file) => [file, target.read(file)]));
    expect(after).toEqual(Object.fromEntries([...pairs].map(([file, pair]) => [file, pair.after])));
    expect(review).toEqual([]);
    expect(again).toEqual([]);
  });
});

describe('rewrite-members', () => {
  const list = pairsIn(readme('rewrite-members'));
  const isMapped = ({ about }: Pair) => about.length > 0;

  test('each pair of a plain rename is true', async () => {
    const head = "import { Router } from './router';\n";
    const typed = `${head}declare const r: Router;\n`;
    const written = list
      .filter((pair) => !isMapped(pair))
      .map((pair) => {
        const above = extensionOf(pair) === 'js' ? head : typed;
        return { ...pair, before: above + pair.before, after: above + pair.after };
      });
    const pairs = new Map(written.map((pair, i) => [`src/pair-${i}.${extensionOf(pair)}`, pair]));
    const files: Files = { 'src/router.ts': 'export class Router { get_order(): number { return 1; } size = 1; }\n' };
    const canonical = { 'src/router.ts': { Router: { members: { get_order: 'getOrder' } } } };
    const { target, review, again } = await migrate(files, canonical, pairs);
    expect(pairs.size).toBeGreaterThan(20);
    const after = Object.fromEntries([...pairs.keys()].map((file) => [file, target.read(file)]));
    expect(after).toEqual(Object.fromEntries([...pairs].map(([file, pair]) => [file, pair.after])));
    expect(review).toEqual([]);
    expect(again).toEqual([]);
  });

  test('each pair of a mapping is true', async () => {
    const mapped = list.filter(isMapped);
    const any = '(...args: any[]) => any';
    const names = (texts: readonly string[]) => [...new Set(texts.flatMap((text) => /\w+/.exec(text) ?? []))];
    const files: Record<string, string> = {};
    const canonical: Record<string, MigrationInput['canonical'][string]> = {};
    const pairs = new Map<string, Pair>();
    for (const [i, pair] of mapped.entries()) {
      const members = new Function(`return ({ ${pair.about.join()} })`)() as Record<string, string>;
      const classOf = (name: string, own: readonly string[]) =>
        `export class ${name} { ${own.map((each) => `${each}: ${any} = () => 0;`).join(' ')} }\n`;
      files[`src/old-${i}.ts`] = classOf('Old', names(Object.keys(members)));
      files[`src/new-${i}.ts`] = classOf('New', names(Object.values(members)));
      canonical[`src/new-${i}.ts`] = { New: { replaces: [`src/old-${i}.ts#Old`], members } };
      const above = (kind: string, name: string) =>
        `import { ${name} } from './${kind}-${i}';\ndeclare const r: ${name};\n`;
      pairs.set(`src/pair-${i}.ts`, {
        ...pair,
        before: above('old', 'Old') + pair.before,
        after: above('new', 'New') + pair.after,
      });
    }
    files['src/given.d.ts'] = 'declare const f: any, type: string, prio: number | undefined, list: number[];\n';
    const { target, review, again } = await migrate(files, canonical, pairs);
    expect(pairs.size).toBeGreaterThan(6);
    const after = Object.fromEntries([...pairs.keys()].map((file) => [file, target.read(file)]));
    expect(after).toEqual(Object.fromEntries([...pairs].map(([file, pair]) => [file, pair.after])));
    expect(review).toEqual([]);
    expect(again).toEqual([]);
  });
});
