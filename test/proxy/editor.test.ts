import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ts } from '../../src/compiler/ts-morph.ts';
import { ProxyTarget } from './proxy-target.ts';

const TSCONFIG = {
  compilerOptions: { strict: true, target: 'es2022', module: 'nodenext', allowJs: true, noEmit: true, types: [] },
  include: ['src'],
};

const USES = `
const made: OldBag = new OldBag();
made.add_item('a');
void made.item_count;
OldBag.make();
new OldSender('x').send_event('y');
send_it('z');
void [old_names, old_bag.add_item];
const shape: OldShape = { side: 1 };
const mode: OldMode = OldMode.On;
const kept: Kept = 1;
void [shape, mode, kept];
`;

const NAMES = 'OldBag, OldSender, OldMode, send_it, old_names, old_bag, type OldShape, type Kept';

const target = () =>
  new ProxyTarget({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify(TSCONFIG),
    'src/next.ts': `
export class Bag { #list: string[] = []; add(item: string): void { this.#list.push(item); } get size(): number { return this.#list.length; } static of(): Bag { return new Bag(); } }
export class Sender { constructor(readonly options: { to: string }) {} send(body: string): string { return this.options.to + body; } }
export function send(options: { body: string }): string { return options.body; }
export const names: readonly string[] = [];
export const bag = new Bag();
export interface Shape { side: number }
export enum Mode { On, Off }
`,
    'src/old.ts': `
export class OldBag { #list: string[] = []; add_item(item: string): void { this.#list.push(item); } get item_count(): number { return this.#list.length; } static make(): OldBag { return new OldBag(); } }
export class OldSender { constructor(to: string) { void to; } send_event(body: string): string { return body; } }
export function send_it(body: string): string { return body; }
export const old_names: readonly string[] = [];
export const old_bag = new OldBag();
export interface OldShape { side: number }
export enum OldMode { On, Off }
export type Kept = number;
`,
    'src/barrel.ts': "export * from './old.js';\nexport { OldBag as Renamed } from './old.js';\n",
    'src/direct.ts': `import { ${NAMES} } from './old.js';\n${USES}`,
    'src/through.ts': `import { ${NAMES}, Renamed } from './barrel.js';\n${USES}new Renamed().add_item('b');\n`,
    'src/whole.ts':
      "import * as old from './old.js';\nnew old.OldBag().add_item('a');\nold.send_it('b');\nvoid old.old_names;\n",
    'src/script.js': "import { OldBag, send_it } from './old.js';\nnew OldBag().add_item('a');\nsend_it('b');\n",
    'src/canonical.ts': "import { Bag, send } from './next.js';\nnew Bag().add('a');\nsend({ body: 'b' });\n",
  });

const MANIFEST = {
  canonical: {
    'src/next.ts': {
      Bag: {
        replaces: ['src/old.ts#OldBag'],
        members: { add_item: 'add', item_count: 'size', make: 'of' },
      },
      Sender: {
        replaces: ['src/old.ts#OldSender'],
        members: { 'new(to)': 'new({ to })', 'send_event(body)': 'send(body)' },
      },
      send: { replaces: ['src/old.ts#send_it'], members: { '(body)': '({ body })' } },
      names: { replaces: ['src/old.ts#old_names'] },
      bag: { replaces: ['src/old.ts#old_bag'] },
      Shape: { replaces: ['src/old.ts#OldShape'] },
      Mode: { replaces: ['src/old.ts#OldMode'] },
    },
  },
};

/** What an editor strikes through in a file, below its imports or in them: the language service's own words for it. */
function struck(root: string, file: string, inImports = false): string[] {
  const { options, fileNames } = ts.parseJsonConfigFileContent(TSCONFIG, ts.sys, root);
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => fileNames,
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) =>
      ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, 'utf8')) : undefined,
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (of) => ts.getDefaultLibFilePath(of),
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
  });
  const absolute = path.posix.join(root, file);
  const text = readFileSync(absolute, 'utf8');
  const below = text.indexOf('\n');
  return service
    .getSuggestionDiagnostics(absolute)
    .filter(
      ({ code, start, reportsDeprecated }) =>
        [6385, 6387].includes(code) && reportsDeprecated && start > below !== inImports,
    )
    .map(({ start, length }) => text.slice(start, start + length));
}

const IMPORTED = 'OldBag,OldMode,OldSender,old_bag,old_names,send_it,type Kept,type OldShape'.split(',');

const EVERYTHING = [
  'OldBag', // the type
  'OldBag',
  'add_item',
  'item_count',
  'OldBag',
  'make',
  'OldSender', // the class, and its constructor
  'OldSender',
  'send_event',
  'send_it',
  'old_names',
  'old_bag',
  'add_item',
  'OldMode',
  'Kept',
];

describe('the editor strikes through', () => {
  let root: string;
  beforeAll(() => {
    const made = target();
    expect(made.compile()).toBe('');
    expect(struck(made.root, 'src/direct.ts')).toEqual([]);
    const plan = made.plan(MANIFEST);
    expect(new Set(plan.proxies[0]!.exports.map(({ form }) => form))).toEqual(
      new Set(['members', 'adapter', 'function', 're-export', 'value', 'type']),
    );
    made.apply(plan);
    expect(made.compile()).toBe('');
    root = made.root;
  });

  test('every name of every form', () => {
    expect(struck(root, 'src/direct.ts').sort()).toEqual([...EVERYTHING].sort());
    // A type that is only handed on is struck through where it is imported.
    expect(struck(root, 'src/direct.ts', true).sort()).toEqual(IMPORTED);
  });

  test('through a barrel, and under the name that the barrel gives', () => {
    expect(struck(root, 'src/through.ts', true).sort()).toEqual([...IMPORTED, 'Renamed'].sort());
    expect(struck(root, 'src/through.ts').sort()).toEqual([...EVERYTHING, 'Renamed', 'add_item'].sort());
  });

  test('members of the whole module, and in JavaScript', () => {
    expect(struck(root, 'src/whole.ts').sort()).toEqual(['OldBag', 'add_item', 'old_names', 'send_it']);
    expect(struck(root, 'src/script.js').sort()).toEqual(['OldBag', 'add_item', 'send_it']);
  });

  test('nothing of the canonical module', () => {
    expect(struck(root, 'src/canonical.ts')).toEqual([]);
  });
});
