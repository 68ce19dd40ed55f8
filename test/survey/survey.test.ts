import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadManifest } from '../../src/manifest/load.ts';
import { surveyTarget } from '../../src/survey/survey-target.ts';
import { TargetView } from '../../src/survey/target-view.ts';
import type { Usage } from '../../src/survey/usage.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const MANIFEST = `import { defineMigration } from 'reroute';
export default defineMigration({
  name: 'survey',
  canonical: {
    'src/router.ts': {
      Router: { replaces: ['src/old/message_router.ts#MessageRouter'], members: { register_handler: 'addHandler', order: 'getOrder' } },
    },
  },
});
`;

const OLD = `export interface Registry { order(): string[] }
export class MessageRouter implements Registry {
  register_handler(handler: () => void): this { handler(); return this; }
  order(): string[] { return []; }
}
export class Decoy { register_handler(handler: () => void): void { handler(); } drain(): void {} }
export class Double { register_handler(handler: () => void): void { handler(); } }
`;

async function survey(
  files: Record<string, string>,
  options: { manifest?: string; tsconfig?: string | null } = {},
): Promise<readonly Usage[]> {
  const config =
    options.tsconfig === undefined
      ? '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler", "noEmit": true, "types": [] } }'
      : options.tsconfig;
  const root = temporaryFolder({
    'src/old/message_router.ts': OLD,
    'src/router.ts':
      'export class Router { addHandler(handler: () => void): this { handler(); return this; } getOrder(): string[] { return []; } }\n',
    ...(config === null ? {} : { 'tsconfig.json': config }),
    ...files,
  });
  const manifest = path.join(root, 'reroute.config.ts');
  writeFileSync(manifest, options.manifest ?? MANIFEST);
  const { usages } = surveyTarget(new TargetView(root), await loadManifest(manifest));
  return usages;
}

/** `line text: verdict` for each usage of a kind, in order. */
function told(usages: readonly Usage[], kind: Usage['subject']['kind'] = 'member'): string[] {
  return usages
    .filter((usage) => usage.subject.kind === kind)
    .map(
      ({ place, verdict }) =>
        `${place.line} ${verdict.kind} ${verdict.kind === 'proven' ? verdict.proof.how : verdict.reason.code}`,
    );
}

const IMPORT = "import { MessageRouter, Decoy, type Registry } from './old/message_router';\n";

describe('a member is proven', () => {
  test.each([
    ['through a variable', 'const r = new MessageRouter();\nr.register_handler(() => {});'],
    ['through a parameter', 'export function f(r: MessageRouter) {\n  r.register_handler(() => {}); }'],
    [
      'through a field and this',
      'export class A { r = new MessageRouter();\n  f() { this.r.register_handler(() => {}); } }',
    ],
    [
      'through optional chaining',
      'export function f(r?: { x?: MessageRouter }) {\n  r?.x?.register_handler?.(() => {}); }',
    ],
    ['through a return value', 'function make() { return new MessageRouter(); }\nmake().register_handler(() => {});'],
    [
      'through a promise',
      'async function make() { return new MessageRouter(); }\n(await make()).register_handler(() => {}); export {};',
    ],
    [
      'through a generic',
      'function id<T>(value: T): T { return value; }\nid(new MessageRouter()).register_handler(() => {});',
    ],
    ['through an element access', "const r = new MessageRouter();\nr['register_handler'](() => {});"],
    ['through destructuring', 'const r = new MessageRouter();\nconst { register_handler } = r; register_handler;'],
    ['through a chain', 'const r = new MessageRouter();\nr.register_handler(() => {});'],
    [
      'through narrowing',
      'export function f(r: MessageRouter | Decoy) { if (r instanceof MessageRouter)\n  r.register_handler(() => {}); }',
    ],
  ])('%s', async (_name, code) => {
    const usages = await survey({ 'src/use.ts': IMPORT + code });
    expect(told(usages)[0]).toBe('3 proven symbol');
  });

  test('where a subclass calls, overrides and is called', async () => {
    const code = `class Sub extends MessageRouter {
  override register_handler(handler: () => void): this { return super.register_handler(handler); }
}
new Sub().register_handler(() => {});`;
    const usages = await survey({ 'src/use.ts': IMPORT + code });
    expect(told(usages)).toEqual(['3 proven override', '3 proven symbol', '5 proven override']);
    const proven = usages.find(({ place, subject }) => subject.kind === 'member' && place.line === 5)!;
    expect(proven.verdict).toMatchObject({
      proof: { name: 'Sub.register_handler', declaration: { file: 'src/use.ts', line: 3 } },
    });
  });

  test('with the declaration that it resolves to', async () => {
    const usages = await survey({ 'src/use.ts': `${IMPORT}new MessageRouter().register_handler(() => {});` });
    expect(usages.find(({ subject }) => subject.kind === 'member')?.verdict).toMatchObject({
      proof: {
        name: 'MessageRouter.register_handler',
        declaration: { file: 'src/old/message_router.ts', line: 3, column: 3 },
      },
    });
  });

  test('in JavaScript without any configuration, by inference, ESM and CommonJS', async () => {
    const files = {
      'src/use.js':
        "import { MessageRouter } from './old/message_router';\nconst r = new MessageRouter();\nr.register_handler(() => {});",
      'src/use.cjs':
        "const { Legacy } = require('./legacy.cjs');\nconst r = new Legacy();\nr.register_handler(() => {});\n",
      'src/legacy.cjs': 'class Legacy { register_handler(handler) { handler(); } }\nmodule.exports = { Legacy };\n',
    };
    const usages = await survey(files, { tsconfig: null });
    expect(told(usages.filter(({ place }) => place.file === 'src/use.js'))).toEqual(['3 proven symbol']);
    const other = usages.filter(({ place }) => place.file === 'src/use.cjs');
    expect(other[0]!.verdict).toMatchObject({
      kind: 'unrelated',
      reason: { declarations: [{ file: 'src/legacy.cjs', line: 1 }] },
    });
  });
});

describe('a member is left alone', () => {
  test('when it belongs to an unrelated class, with the declaration it belongs to', async () => {
    const usages = await survey({ 'src/use.ts': `${IMPORT}new Decoy().register_handler(() => {});` });
    const usage = usages.find(({ subject }) => subject.kind === 'member')!;
    expect(usage.verdict).toMatchObject({
      kind: 'unrelated',
      reason: { code: 'other-declaration', declarations: [{ file: 'src/old/message_router.ts', line: 6, column: 22 }] },
    });
  });

  test('when a class merely looks like the deprecated one', async () => {
    const code = "import { Double } from './old/message_router';\nnew Double().register_handler(() => {});";
    expect(told(await survey({ 'src/use.ts': code }))).toEqual(['2 unrelated look-alike']);
  });

  test('in a comment or a longer string', async () => {
    const code = "// register_handler\nexport const help = 'call register_handler first';";
    expect(told(await survey({ 'src/use.ts': code }))).toEqual(['1 unrelated no-code', '2 unrelated no-code']);
  });

  test('of the language itself, with the same place on every machine', async () => {
    const manifest = MANIFEST.replaceAll('register_handler', 'add');
    const usages = await survey({ 'src/use.ts': 'new Set<number>().add(1);' }, { manifest });
    expect(told(usages)).toEqual(['1 unrelated other-declaration']);
    const { reason } = usages[0]!.verdict as Extract<Usage['verdict'], { kind: 'unrelated' }>;
    expect(reason.text).toMatch(/^belongs to Set\.add \(typescript\/lib\/lib\.es2015\.collection\.d\.ts:\d+:\d+\)$/);
    expect(reason.declarations?.[0]?.line).toBeGreaterThan(1);
  });

  test('in quotes in a comment, where no string is', async () => {
    const code = [
      "// 'register_handler' is old",
      'export const a = 1; // see `register_handler`',
      '/**',
      " * @param {Object} o - An object's 'register_handler' method.",
      ' */',
      "export function f(/* 'register_handler' */) {}",
    ].join('\n');
    const lines = [1, 2, 4, 6].map((line) => `${line} unrelated no-code`);
    expect(told(await survey({ 'src/use.ts': code }))).toEqual(lines);
  });

  test('when it is a local name', async () => {
    const code = 'const register_handler = 1;\nconsole.log(register_handler);';
    expect(told(await survey({ 'src/use.ts': code }))).toEqual([
      '1 unrelated other-declaration',
      '2 unrelated other-declaration',
    ]);
  });
});

describe('a member goes to review', () => {
  test('on any', async () => {
    const code = 'declare const payload: any;\npayload.register_handler(() => {});\nexport {};';
    expect(told(await survey({ 'src/use.ts': code }))).toEqual(['2 unclear any']);
  });

  test('on a union whose other arm does not migrate, with both declarations named', async () => {
    const usages = await survey({
      'src/use.ts': `${IMPORT}export function f(r: MessageRouter | Decoy) { r.register_handler(() => {}); }`,
    });
    const usage = usages.find(({ subject }) => subject.kind === 'member')!;
    expect(usage.verdict).toMatchObject({ kind: 'unclear', reason: { code: 'union' } });
    expect(usage.verdict.kind === 'unclear' && usage.verdict.reason.declarations).toHaveLength(2);
  });

  test('through an interface that others may implement', async () => {
    expect(told(await survey({ 'src/use.ts': `${IMPORT}export const f = (r: Registry) => r.order();` }))).toEqual([
      '2 unclear shared-interface',
    ]);
  });

  test('through an interface that the deprecated class satisfies without saying so', async () => {
    const code =
      'interface Registrar { register_handler(handler: () => void): unknown }\nexport const f = (r: Registrar) => r.register_handler(() => {});';
    expect(told(await survey({ 'src/use.ts': IMPORT + code }))).toEqual([
      '2 unclear shared-interface',
      '3 unclear shared-interface',
    ]);
  });

  test('through a type without a name that the deprecated class satisfies', async () => {
    const code =
      'export function f(r: { register_handler(handler: () => void): unknown }) {\n  r.register_handler(() => {}); }';
    const usages = await survey({ 'src/use.ts': IMPORT + code });
    expect(told(usages)).toEqual(['2 unclear shared-interface', '3 unclear shared-interface']);
    expect(usages.at(-1)!.verdict).toMatchObject({
      reason: {
        text: 'goes through register_handler of a type without a name (src/use.ts:2:24), which the deprecated class satisfies as it is',
      },
    });
  });

  test('as a string that spells the name', async () => {
    const code = "declare function spy(o: object, name: string): void;\nspy({}, 'register_handler');";
    expect(told(await survey({ 'src/use.ts': code }))).toEqual(['2 unclear string-name']);
  });

  test('but not in a file whose JSDoc is not all types', async () => {
    const code = `${IMPORT.replace(', type Registry', '')}/** @typedef {string|Use~Inner} Use~Params */\nnew MessageRouter().register_handler(() => {});\n`;
    expect(told(await survey({ 'src/use.js': code }, { tsconfig: null }))).toEqual(['3 proven symbol']);
  });

  test('in a file that does not parse', async () => {
    const usages = await survey({ 'src/use.ts': `${IMPORT}new MessageRouter().register_handler(() => {};` });
    expect(told(usages)).toEqual(['2 unclear syntax-error']);
  });
});

describe('a specifier', () => {
  test('is proven when it resolves to the deprecated module, whatever form holds it', async () => {
    const code = [
      "import { MessageRouter } from './old/message_router';",
      "export * from './old/message_router.js';",
      "export type T = import('./old/message_router').MessageRouter;",
      "export const load = () => import('@/old/message_router');",
      'export const r: MessageRouter | undefined = undefined;',
      "declare const vi: { mock(path: string): void };\nvi.mock('./old/message_router');",
    ].join('\n');
    const tsconfig =
      '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler", "noEmit": true, "types": [], "paths": { "@/*": ["./src/*"] } } }';
    const usages = await survey({ 'src/use.ts': code }, { tsconfig });
    expect(told(usages, 'specifier')).toEqual([1, 2, 3, 4, 7].map((line) => `${line} proven module`));
  });

  test('of another module with the same last segment is left alone', async () => {
    const files = {
      'src/new/message_router.ts': 'export const a = 1;\n',
      'src/use.ts': "export * from './new/message_router';\n",
    };
    const usages = await survey(files);
    expect(told(usages, 'specifier')).toEqual(['1 unrelated other-module']);
  });

  test('a word that baseUrl would make a module of is one only where a call may take it for one', async () => {
    const tsconfig =
      '{ "compilerOptions": { "baseUrl": "src", "module": "commonjs", "moduleResolution": "node", "target": "es5" } }';
    const usages = await survey(
      {
        'src/index.ts': 'export const order = 1;\n',
        'src/uses.ts': `import { order } from 'index';
declare const vi: { mock(name: string): void };
declare function find(emit: 'value' | 'index', order: number): number;
vi.mock(
  'index',
);
export const found = (emit: 'value' | 'index') => (emit === 'index' ? find(emit, order) : find('value', 1));
export const asked = [find, 'index'];
`,
      },
      {
        tsconfig,
        manifest: `export default { name: 'whole', canonical: { 'src/main.ts': { exports: '*', replaces: ['src/index.ts'] } } };`,
      },
    );
    const inUses = usages.filter(({ place }) => place.file === 'src/uses.ts');
    expect(told(inUses, 'specifier')).toEqual([
      '1 proven module',
      '3 unrelated no-code',
      '5 proven module',
      '7 unrelated no-code',
      '7 unrelated no-code',
      '8 unrelated no-code',
    ]);
  });
});

test('an export under a review rule goes to review wherever it is used, with the sentence of the rule', async () => {
  const manifest = MANIFEST.replace(
    '  canonical: {',
    "  review: { 'src/events.ts#broadcast': 'Needs a user.' },\n  canonical: {",
  );
  const files = {
    'src/events.ts': 'export function broadcast(): void {}\n',
    'src/use.ts': "import { broadcast } from './events';\nbroadcast();\nexport const other = { broadcast: 1 };",
  };
  const usages = await survey(files, { manifest });
  expect(told(usages, 'export')).toEqual([
    '1 unclear review-rule',
    '1 unclear review-rule',
    '2 unclear review-rule',
    '3 unrelated other-declaration',
  ]);
});

test('in place: without anything replaced, the canonical class itself is asked for', async () => {
  const manifest = MANIFEST.replace(
    "replaces: ['src/old/message_router.ts#MessageRouter'], members: { register_handler: 'addHandler', order: 'getOrder' }",
    "members: { getOrder: 'order' }",
  );
  const usages = await survey(
    { 'src/use.ts': "import { Router } from './router';\nnew Router().getOrder();" },
    { manifest },
  );
  expect(usages.map(({ place, verdict }) => [place.file, place.line, verdict.kind])).toEqual([
    ['src/router.ts', 1, 'proven'],
    ['src/use.ts', 2, 'proven'],
  ]);
});

describe('in place: a member goes to review everywhere, also where it is called, when its name is', () => {
  const manifest = MANIFEST.replace(
    "replaces: ['src/old/message_router.ts#MessageRouter'], members: { register_handler: 'addHandler', order: 'getOrder' }",
    "members: { emit: 'send' }",
  );
  test.each([
    [
      'that of an inherited one',
      'export class Base { close(): void {} emit(): void {} }\nexport class Router extends Base { emit(): void {} }\nclass Late extends Router { emit(): void { super.emit(); } }\nnew Late().emit();\n',
      'Base.emit (src/router.ts:1:38)',
      [
        '1 unclear shared-interface',
        '2 unclear inherited',
        '3 unclear inherited',
        '3 unclear inherited',
        '4 unclear inherited',
      ],
    ],
    [
      'asked for by an interface that it implements',
      'interface Emits { emit?(): void }\nexport class Router implements Emits { emit(): void {} }\nnew Router().emit();\n',
      'Emits.emit (src/router.ts:1:19)',
      ['1 unclear shared-interface', '2 unclear inherited', '3 unclear inherited'],
    ],
    [
      'asked for by an interface that only a subclass implements',
      'export class Router { emit(): void {} }\ninterface Emits { emit?(): void }\nclass Late extends Router implements Emits { override emit(): void {} }\nnew Router().emit();\n',
      'Emits.emit (src/router.ts:2:19)',
      ['1 unclear inherited', '2 unclear shared-interface', '3 unclear inherited', '4 unclear inherited'],
    ],
  ])('%s', async (_name, code, beyond, expected) => {
    const usages = await survey({ 'src/router.ts': code }, { manifest });
    expect(told(usages)).toEqual(expected);
    const inherited = usages.flatMap(({ verdict }) =>
      verdict.kind === 'unclear' && verdict.reason.code === 'inherited' ? [verdict.reason.text] : [],
    );
    expect(new Set(inherited)).toEqual(
      new Set([`cannot be renamed alone: it stands for ${beyond} too, which keeps its name`]),
    );
  });

  test('but not when the inherited one gets the same name', async () => {
    const both = manifest.replace('Router: {', "Base: { members: { emit: 'send' } },\n      Router: {");
    const code =
      'export class Base { emit(): void {} }\nexport class Router extends Base { emit(): void {} }\nnew Router().emit();\n';
    const usages = await survey({ 'src/router.ts': code }, { manifest: both });
    expect(told(usages)).toEqual(['1 proven symbol', '2 proven symbol', '3 proven symbol']);
  });

  test('but not for a base class that has no such member', async () => {
    const code =
      'class Base { close(): void {} }\nexport class Router extends Base { emit(): void {} }\nnew Router().emit();\n';
    expect(told(await survey({ 'src/router.ts': code }, { manifest }))).toEqual(['2 proven symbol', '3 proven symbol']);
  });
});

test('a manifest in the target is no user of the names that it spells', async () => {
  const usages = await survey({ 'src/use.ts': 'export {};' });
  expect(usages).toEqual([]);
});
