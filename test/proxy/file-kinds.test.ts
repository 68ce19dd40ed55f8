import { describe, expect, test } from 'vitest';
import { ProxyTarget, warnings } from './proxy-target.ts';

const TSCONFIG = (compilerOptions: object) =>
  JSON.stringify({
    compilerOptions: {
      strict: true,
      target: 'es2022',
      module: 'nodenext',
      rootDir: 'src',
      outDir: 'dist',
      types: [],
      ...compilerOptions,
    },
    include: ['src'],
  });

const manifest = (canonical: string, old: string) => ({
  canonical: {
    [canonical]: {
      Bag: { replaces: [`${old}#OldBag`], members: { add_item: 'add' } },
      send: { replaces: [`${old}#send_it`], members: { '(body)': '({ body })' } },
      names: { replaces: [`${old}#old_names`] },
    },
  },
});

const TYPED = {
  next: `export class Bag { list: string[] = []; add(item: string): string[] { this.list.push(item); return this.list; } }
export function send(options: { body: string }): string { return options.body; }
export const names: readonly string[] = ['a'];
`,
  old: `export class OldBag { list: string[] = []; add_item(item: string): string[] { this.list.push(item); return this.list; } }
export function send_it(body: string): string { return body; }
export const old_names: readonly string[] = ['a'];
`,
};

describe('a proxy is a file like the one that it replaces: TypeScript', () => {
  test.each([
    ['.ts of an ES module', 'module', 'ts', 'js', 'import'],
    ['.ts of a CommonJS package', 'commonjs', 'ts', 'js', 'require'],
    ['.mts', 'commonjs', 'mts', 'mjs', 'import'],
    ['.cts', 'module', 'cts', 'cjs', 'require'],
  ])('%s', (_, type, extension, runs, format) => {
    const target = new ProxyTarget({
      'package.json': JSON.stringify({ type }),
      'tsconfig.json': TSCONFIG({}),
      [`src/next.${extension}`]: TYPED.next,
      [`src/old.${extension}`]: TYPED.old,
      'src/consumer.mts': `import { OldBag, old_names, send_it } from './old.${runs}';\nimport * as whole from './old.${runs}';\nconsole.log(new OldBag().add_item('x'), send_it('y'), old_names, typeof whole.OldBag);\n`,
    });
    expect(target.compile()).toBe('');
    const before = target.run('dist/consumer.mjs');
    expect(before).toMatchObject({ status: 0, stderr: '' });
    target.apply(target.plan(manifest(`src/next.${extension}`, `src/old.${extension}`)));
    expect(target.compile()).toBe('');
    const after = target.run('dist/consumer.mjs');
    expect(after).toMatchObject({ stdout: before.stdout, status: 0 });
    expect(warnings(after)).toHaveLength(2);
    expect(target.read(`dist/old.${runs}`)!.includes('require(')).toBe(format === 'require');
  });

  test('`export =`: a class with a namespace, and a function', () => {
    const target = new ProxyTarget({
      'package.json': '{}',
      'tsconfig.json': TSCONFIG({ esModuleInterop: true }),
      'src/next.ts':
        'export class Bag { list: string[] = []; add(item: string): string[] { this.list.push(item); return this.list; } }\nexport function send(options: { body: string }): string { return options.body; }\n',
      'src/old_bag.ts':
        'class OldBag { list: string[] = []; add_item(item: string): string[] { this.list.push(item); return this.list; } }\nexport = OldBag;\n',
      'src/old_send.ts': 'function send_it(body: string): string { return body; }\nexport = send_it;\n',
      'src/consumer.ts':
        "import OldBag = require('./old_bag');\nimport send_it = require('./old_send');\nimport Again from './old_bag';\nconst bag: OldBag = new OldBag();\nclass Sub extends OldBag {}\nconsole.log(bag.add_item('x'), send_it('y'), Again === OldBag, new Sub() instanceof Again);\n",
      'src/esm.mts':
        "import OldBag from './old_bag.js';\nimport send_it from './old_send.js';\nconsole.log(new OldBag().add_item('x'), send_it('y'));\n",
    });
    expect(target.compile()).toBe('');
    const before = ['dist/consumer.js', 'dist/esm.mjs'].map((file) => target.run(file).stdout);
    target.apply(
      target.plan({
        canonical: {
          'src/next.ts': {
            Bag: { replaces: ['src/old_bag.ts#default'], members: { add_item: 'add' } },
            send: { replaces: ['src/old_send.ts#default'], members: { '(body)': '({ body })' } },
          },
        },
      }),
    );
    expect(target.compile()).toBe('');
    const after = ['dist/consumer.js', 'dist/esm.mjs'].map((file) => target.run(file, '--no-deprecation'));
    expect(after.map(({ stdout }) => stdout)).toEqual(before);
    expect(after.map(({ stderr }) => stderr)).toEqual(['', '']);
    expect(target.read('src/old_bag.ts')).toContain('export = ');
  });

  test('.d.ts beside the script that it speaks of: both are proxies', () => {
    const target = new ProxyTarget({
      'package.json': '{ "type": "module" }',
      'tsconfig.json': TSCONFIG({}),
      'src/next.ts': TYPED.next,
      'src/old.js':
        'export class OldBag { list = []; add_item(item) { this.list.push(item); return this.list; } }\nexport function send_it(body) { return body; }\nexport const old_names = ["a"];\n',
      'src/old.d.ts':
        'export declare class OldBag { list: string[]; add_item(item: string): string[]; }\nexport declare function send_it(body: string): string;\nexport declare const old_names: readonly string[];\n',
      'src/consumer.ts':
        "import { OldBag, old_names, send_it } from './old.js';\nconst list: string[] = new OldBag().add_item('x');\nconsole.log(list, send_it('y'), old_names);\n",
    });
    expect(target.compile()).toBe('');
    const plan = target.plan({
      canonical: {
        'src/next.ts': {
          Bag: { replaces: ['src/old.js#OldBag', 'src/old.d.ts#OldBag'], members: { add_item: 'add' } },
          send: { replaces: ['src/old.js#send_it', 'src/old.d.ts#send_it'], members: { '(body)': '({ body })' } },
          names: { replaces: ['src/old.js#old_names', 'src/old.d.ts#old_names'] },
        },
      },
    });
    expect(plan.changes.map(({ file }) => file)).toEqual(['src/old.d.ts', 'src/old.js']);
    target.apply(plan);
    expect(target.compile()).toBe('');
  });
});

const SCRIPTS = {
  next: 'class Bag { list = []; add(item) { this.list.push(item); return this.list; } }\nconst send = ({ body }) => body;\nconst names = ["a"];\n',
  old: 'class OldBag { list = []; add_item(item) { this.list.push(item); return this.list; } }\nconst send_it = (body) => body;\nconst old_names = ["a"];\n',
};
const CJS = {
  next: `${SCRIPTS.next}module.exports = { Bag, send, names };\n`,
  old: `${SCRIPTS.old}module.exports = { OldBag, send_it, old_names };\n`,
};
const MJS = {
  next: `${SCRIPTS.next}export { Bag, send, names };\n`,
  old: `${SCRIPTS.old}export { OldBag, send_it, old_names };\n`,
};

describe('a proxy is a file like the one that it replaces: JavaScript', () => {
  test.each([
    ['.js of an ES module', 'module', 'js', MJS],
    ['.js of a CommonJS package', 'commonjs', 'js', CJS],
    ['.js without a type', undefined, 'js', CJS],
    ['.mjs', 'commonjs', 'mjs', MJS],
    ['.cjs', 'module', 'cjs', CJS],
  ])('%s: Node itself sees the named exports, through a barrel too', (_, type, extension, texts) => {
    const isCommonJs = texts === CJS;
    const old = `./old.${extension}`;
    const target = new ProxyTarget({
      'package.json': JSON.stringify({ type }),
      [`next.${extension}`]: texts.next,
      [`old.${extension}`]: texts.old,
      [`barrel.${extension}`]: isCommonJs ? `module.exports = require('${old}');\n` : `export * from '${old}';\n`,
      'consumer.mjs': `import { OldBag, old_names, send_it } from '${old}';\nimport * as whole from '${old}';\nimport { OldBag as Again } from './barrel.${extension}';\nconsole.log(new OldBag().add_item('x'), send_it('y'), old_names, Object.keys(whole).filter((name) => !/^(default|module.exports)$/.test(name)).sort(), Again === OldBag);\n`,
      'required.cjs': `const { OldBag, send_it } = require('${old}');\nconsole.log(new OldBag().add_item('x'), send_it('y'));\n`,
    });
    const files = isCommonJs ? ['consumer.mjs', 'required.cjs'] : ['consumer.mjs'];
    const before = files.map((file) => target.run(file));
    expect(before.map(({ status }) => status)).toEqual(files.map(() => 0));
    target.apply(target.plan(manifest(`next.${extension}`, `old.${extension}`)));
    const after = files.map((file) => target.run(file, '--no-deprecation', '--no-warnings'));
    expect(after.map(({ stderr }) => stderr)).toEqual(files.map(() => ''));
    expect(after.map(({ stdout }) => stdout)).toEqual(before.map(({ stdout }) => stdout));
  });

  test('a barrel of several modules, `module.exports = require()` and single names, goes on being seen through', () => {
    const target = new ProxyTarget({
      'package.json': '{}',
      'next.js': CJS.next,
      'old/bag.js': CJS.old,
      'old/index.js': "module.exports = require('./bag');\n",
      'old/picked.js': "exports.OldBag = require('./bag').OldBag;\nexports.own = 1;\n",
      'consumer.mjs':
        "import { OldBag, send_it } from './old/index.js';\nimport { OldBag as Picked, own } from './old/picked.js';\nconsole.log(new OldBag().add_item('x'), send_it('y'), Picked === OldBag, own);\n",
    });
    const before = target.run('consumer.mjs');
    expect(before).toMatchObject({ stdout: "[ 'x' ] y true 1\n", status: 0 });
    target.apply(target.plan(manifest('next.js', 'old/bag.js')));
    expect(target.run('consumer.mjs', '--no-deprecation')).toMatchObject({ stdout: before.stdout, stderr: '' });
  });
});

test('the same manifest in another order gives the same bytes, with its hash in the header', () => {
  const target = new ProxyTarget({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': TSCONFIG({}),
    'src/next.ts': `${TYPED.next}export class Two { put(a: string, b?: number): void { void [a, b]; } }\n`,
    'src/old.ts': TYPED.old,
    'src/two.ts':
      'export class A { set(a: string): void; set(a: string, b: number): void; set(...all: unknown[]): void { void all; } }\nexport class B { set(a: string): void { void a; } other(b: number, a: string): void { void [a, b]; } }\n',
  });
  const texts = (reverse: boolean) => {
    const entries = <T>(list: readonly (readonly [string, T])[]) =>
      Object.fromEntries(reverse ? [...list].reverse() : list);
    const list = <T>(all: readonly T[]) => (reverse ? [...all].reverse() : all);
    const { changes } = target.plan({
      canonical: {
        'src/next.ts': entries<object>([
          ['Bag', { replaces: ['src/old.ts#OldBag'], members: { add_item: 'add' } }],
          ['send', { members: { '(body)': '({ body })' }, replaces: ['src/old.ts#send_it'] }],
          ['names', { replaces: ['src/old.ts#old_names'] }],
          [
            'Two',
            {
              replaces: list(['src/two.ts#A', 'src/two.ts#B']),
              members: entries([
                ['set(a)', 'put(a)'],
                ['set(a, b)', 'put(a, b)'],
                ['other(b, a)', 'put(a, b)'],
              ]),
            },
          ],
        ]) as never,
      },
    });
    return changes.map(({ after }) => after!);
  };
  const [one, other] = [texts(false), texts(true)];
  expect(other).toEqual(one);
  expect(one).toHaveLength(2);
  for (const text of one)
    expect(text).toMatch(/^\/\*\*\n \* @generated by Reroute from migration "router", manifest [0-9a-f]{12}[,.]/);
});
