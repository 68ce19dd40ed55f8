import { expect, test } from 'vitest';
import { ProxyTarget } from './proxy-target.ts';

const CONFIG = {
  'package.json': '{ "type": "module" }',
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      target: 'es2022',
      module: 'nodenext',
      rewriteRelativeImportExtensions: true,
      outDir: 'dist',
      rootDir: 'src',
      types: [],
    },
    include: ['src'],
  }),
};

const ROUTERS = {
  'src/router.ts': `export class Router {
  static of(name: string): Router { return new this({ name }); }
  readonly name: string;
  constructor({ name = 'main' }: { name?: string } = {}) { this.name = name; }
  getOrder(): string[] { return [this.name]; }
}
export class Registry {
  readonly routers = new Map<string, Router>();
  current(): Router { return this.open('current'); }
  open(name: string): Router { const made = Router.of(name); this.routers.set(name, made); return made; }
}
export const makeRouter = (name: string): Router => Router.of(name);
`,
  'src/old/router.ts': `export class OldRouter {
  static create(_name: string): OldRouter { return new this(); }
  get_order(): string[] { return []; }
}
`,
  'src/old/index.ts': `export { OldRouter } from './router.ts';\n`,
  'src/old/quality.ts': `import { OldRouter } from './router.ts';
export default class Quality extends OldRouter {
  constructor(_name: string, _level: number) { super(); }
}
`,
  'src/old/registry.ts': `import { OldRouter as Held } from './index.ts';
export class OldRegistry {
  readonly routers = new Map<string, Held>();
  current(): Held { return new Held(); }
  open_router(name: string): Held { const made = Held.create(name); this.routers.set(name, made); return made; }
}
export function make_router(name: string): Held { return Held.create(name); }
`,
  'src/main.ts': `import Quality from './old/quality.ts';
import { make_router, OldRegistry } from './old/registry.ts';
const registry = new OldRegistry();
registry.open_router('a');
console.log(
  Quality.create('created').get_order(),
  new Quality('quality', 1).get_order(),
  registry.current().get_order(),
  [...registry.routers.values()].map((router) => router.get_order()),
  make_router('made').get_order(),
);
`,
};

const MEMBERS = { 'create(name)': 'of(name)', get_order: 'getOrder' };

test('what gives a class of another deprecated module gives it with its old members', () => {
  const target = new ProxyTarget({ ...CONFIG, ...ROUTERS });
  const plan = target.plan({
    canonical: {
      'src/router.ts': {
        Router: {
          replaces: [
            'src/old/router.ts#OldRouter',
            { export: 'src/old/quality.ts#default', members: { 'new(name, level)': 'new({ name })' } },
          ],
          members: MEMBERS,
        },
        Registry: {
          replaces: ['src/old/registry.ts#OldRegistry'],
          members: { open_router: 'open' },
        },
        makeRouter: { replaces: ['src/old/registry.ts#make_router'], members: { '(name)': '(name)' } },
      },
    },
  });
  target.apply(plan);
  expect(target.compile()).toBe('');
  const { stdout, stderr } = target.run('dist/main.js', '--no-deprecation');
  expect(stderr).toBe('');
  expect(stdout).toBe("[ 'created' ] [ 'quality' ] [ 'current' ] [ [ 'a' ], [ 'current' ] ] [ 'made' ]\n");
});

test('in JavaScript, comments say so, where the types of the target’s own code are checked', () => {
  const target = new ProxyTarget({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        strict: true,
        target: 'es2022',
        module: 'nodenext',
        allowJs: true,
        checkJs: true,
        noEmit: true,
        types: [],
      },
      include: ['src'],
    }),
    'src/router.cjs': `class Router {
  static made = 0;
  #label = '';
  get label() { return this.#label; }
  set label(label) { this.#label = label; }
  getOrder() { return [this.#label]; }
  /** @param {string} label */
  static of(label) { Router.made++; const made = new this(); made.label = label; return made; }
}
/** @param {string} label */
const makeRouter = (label) => Router.of(label);
module.exports = { Router, makeRouter };
`,
    'src/old/router.cjs': `class OldRouter {
  static made_count = 0;
  label_text = '';
  /** @param {string} label */
  static create(label) { const made = new this(); made.label_text = label; return made; }
  get_order() { return ['']; }
}
module.exports = { OldRouter };
`,
    'src/old/make.cjs': `const { OldRouter } = require('./router.cjs');
/** @param {string} label */
const make_router = (label) => OldRouter.create(label);
module.exports = { make_router };
`,
    'src/main.cjs': `const { make_router } = require('./old/make.cjs');
const { OldRouter } = require('./old/router.cjs');
make_router('made').label_text += '!';
OldRouter.made_count += 1;
console.log(make_router('made').get_order().join(), OldRouter.create('created').label_text.length, OldRouter.made_count);
`,
  });
  expect(target.compile()).toBe('');
  const plan = target.plan({
    canonical: {
      'src/router.cjs': {
        Router: {
          replaces: ['src/old/router.cjs#OldRouter'],
          members: { 'create(label)': 'of(label)', get_order: 'getOrder', label_text: 'label', made_count: 'made' },
        },
        makeRouter: { replaces: ['src/old/make.cjs#make_router'], members: { '(label)': '(label)' } },
      },
    },
  });
  target.apply(plan);
  expect(target.compile()).toBe('');
  const { stdout, stderr } = target.run('src/main.cjs', '--no-deprecation', '--no-warnings');
  expect(stderr).toBe('');
  expect(stdout).toBe('made 7 4\n');
});
