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
