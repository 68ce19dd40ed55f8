import { expect, test } from 'vitest';
import type { MigrationInput } from '../../../src/manifest/define-migration.ts';
import { PhaseTarget } from './phase-target.ts';

const INPUT: MigrationInput = {
  name: 'routers',
  canonical: {
    'src/new/router.ts': {
      Router: { replaces: ['src/old_router.ts#OldRouter'], members: { reg: 'add' } },
      Options: { replaces: ['src/old_router.ts#Options'] },
    },
    'src/new/route.ts': { Route: { replaces: ['src/old_router.ts#Route'] } },
  },
  phases: [{ name: 'all', files: ['src/**'], steps: ['imports', 'members'] }],
  gates: ['types'],
};

const ROUTERS = {
  'package.json': '{ "name": "app", "private": true }\n',
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "target": "es2022", "module": "nodenext", "noEmit": true, "allowJs": true, "checkJs": true, "types": [], "jsx": "preserve" }, "include": ["src"] }\n',
  'src/new/router.ts': 'export class Router { add(): void {} }\nexport interface Options { size: number }\n',
  'src/new/route.ts': "export class Route { path = ''; }\n",
  'src/old_router.ts':
    "export class OldRouter { reg(): void {} }\nexport interface Options { size: number }\nexport class Route { path = ''; }\nexport const unmoved = 1;\n",
};

/** Only the router moves. */
const INPUT_ALONE: MigrationInput = {
  ...INPUT,
  canonical: {
    'src/new/router.ts': { Router: { replaces: ['src/old_router.ts#OldRouter'], members: { reg: 'add' } } },
  },
};

/** Each file before and after. The types gate says that what comes out compiles. */
const FILES: Readonly<Record<string, readonly [before: string, after: string]>> = {
  'src/named.ts': [
    "import { OldRouter, type Options, Route, unmoved } from './old_router.js';\nexport const r: [OldRouter, Options, Route, number] = [new OldRouter(), { size: 1 }, new Route(), unmoved];\nr[0].reg();\n",
    "import { unmoved } from './old_router.js';\nimport { Router, type Options } from './new/router.js';\nimport { Route } from './new/route.js';\nexport const r: [Router, Options, Route, number] = [new Router(), { size: 1 }, new Route(), unmoved];\nr[0].add();\n",
  ],
  'src/equals.cts': [
    "import old = require('./old_router.js');\nexport const r = new old.OldRouter();\nr.reg();\n",
    "import old = require('./new/router.js');\nexport const r = new old.Router();\nr.add();\n",
  ],
  'src/split.cts': [
    "import old = require('./old_router.js');\nimport Old = old.OldRouter;\nexport const r = [new Old(), new old.OldRouter(), old.unmoved];\nexport let w: old.Route;\n",
    "import old = require('./old_router.js');\nimport router = require('./new/router.js');\nimport route = require('./new/route.js');\nimport Old = router.Router;\nexport const r = [new Old(), new router.Router(), old.unmoved];\nexport let w: route.Route;\n",
  ],
  'src/split-alias.ts': [
    "import * as old from './old_router.js';\nexport import Old = old.OldRouter;\nexport let w: old.Route | typeof old.unmoved;\n",
    "import * as old from './old_router.js';\nimport * as router from './new/router.js';\nimport * as route from './new/route.js';\nexport import Old = router.Router;\nexport let w: route.Route | typeof old.unmoved;\n",
  ],
  'src/namespace.mts': [
    "import * as old from './old_router.js';\nexport const r: old.OldRouter = new old.OldRouter();\nexport let o: old.Options = { size: old.unmoved };\nexport { Route as default } from './old_router.js';\nr.reg();\n",
    "import * as old from './old_router.js';\nimport { Router, type Options } from './new/router.js';\nexport const r: Router = new Router();\nexport let o: Options = { size: old.unmoved };\nexport { Route as default } from './new/route.js';\nr.add();\n",
  ],
  'src/namespace-beside.ts': [
    "import type { Options } from './old_router.js';\nimport * as old from './old_router.js';\nexport const r = [new old.OldRouter(), old.unmoved];\nexport let o: [Options, old.Options];\n",
    "import type { Options } from './new/router.js';\nimport * as old from './old_router.js';\nimport { Router } from './new/router.js';\nexport const r = [new Router(), old.unmoved];\nexport let o: [Options, Options];\n",
  ],
  'src/required.cjs': [
    "const { OldRouter, unmoved } = require('./old_router.js');\nconst { Route } = require('./old_router.js');\nnew OldRouter().reg();\nmodule.exports = [unmoved, Route];\n",
    "const { unmoved } = require('./old_router.js');\nconst { Router } = require('./new/router.js');\nconst { Route } = require('./new/route.js');\nnew Router().add();\nmodule.exports = [unmoved, Route];\n",
  ],
  'src/module.mjs': [
    "import { OldRouter } from './old_router.js';\nnew OldRouter().reg();\n",
    "import { Router } from './new/router.js';\nnew Router().add();\n",
  ],
  'src/view.jsx': [
    "import { Route } from './old_router.js';\nexport const view = [Route];\n",
    "import { Route } from './new/route.js';\nexport const view = [Route];\n",
  ],
  'src/script.js': [
    "const old = require('./old_router.js');\nnew old.OldRouter().reg();\n",
    "const old = require('./new/router.js');\nnew old.Router().add();\n",
  ],
  'src/types.tsx': [
    "import type * as old from './old_router.js';\nexport let h: old.OldRouter, o: old.Options, r: old.Route, u: typeof old.unmoved;\n",
    "import type * as old from './old_router.js';\nimport type { Router, Options } from './new/router.js';\nimport type { Route } from './new/route.js';\nexport let h: Router, o: Options, r: Route, u: typeof old.unmoved;\n",
  ],
  'src/declared.d.ts': [
    "import type { OldRouter } from './old_router.js';\nexport * from './old_router.js';\nexport declare const i: OldRouter;\n",
    "import type { Router } from './new/router.js';\nexport * from './old_router.js';\nexport { Router as OldRouter, type Options } from './new/router.js';\nexport { Route } from './new/route.js';\nexport declare const i: Router;\n",
  ],
  'src/declared-common.d.cts': [
    "import old = require('./old_router.js');\nexport declare const p: old.OldRouter;\n",
    "import old = require('./new/router.js');\nexport declare const p: old.Router;\n",
  ],
  'src/assigned.cts': [
    "import { OldRouter } from './old_router.js';\nexport = OldRouter;\n",
    "import { Router } from './new/router.js';\nexport = Router;\n",
  ],
  'src/uses-assigned.cts': [
    "import Old = require('./assigned.cjs');\nnew Old().reg();\n",
    "import Old = require('./assigned.cjs');\nnew Old().add();\n",
  ],
  'src/aliases.ts': [
    "import * as old from './old_router.js';\nexport import Router = old.OldRouter;\nnew Router().reg();\n",
    "import * as old from './new/router.js';\nexport import Router = old.Router;\nnew Router().add();\n",
  ],
  'src/attributes.mts': [
    "import type { OldRouter, Route } from './old_router.js' with { 'resolution-mode': 'require' };\nexport let s: [OldRouter, Route];\n",
    "import type { Router } from './new/router.js' with { 'resolution-mode': 'require' };\nimport type { Route } from './new/route.js' with { 'resolution-mode': 'require' };\nexport let s: [Router, Route];\n",
  ],
};

test('statements of every kind move in files of every extension, and what comes out compiles', async () => {
  const before = Object.fromEntries(Object.entries(FILES).map(([file, [text]]) => [file, text]));
  const target = new PhaseTarget({ ...ROUTERS, ...before }, INPUT);
  const { records } = await target.run();
  expect(records[0]!.account.review).toBe(0);
  for (const [file, [, after]] of Object.entries(FILES)) expect(target.read(file), file).toBe(after);
});

/** What is written the same in all code, whatever its module system; no statement declares a name. */
const ANYWHERE: Readonly<Record<string, string>> = {
  expressions: `void (async () => {
  const { OldRouter: Local } = await import('./old_router.js');
  const Other = (await import(\`./old_router.js\`)).OldRouter;
  const third = await import('./old_router.js').then(({ OldRouter }) => new OldRouter());
  const [{ OldRouter: Fourth }] = await Promise.all([import('./old_router.js')]);
  const load = () => import('./old_router.js');
  const fifth = new (await load()).OldRouter();
  for (const router of [new Local(), new Other(), third, new Fourth(), fifth]) router.reg();
});
`,
  required: `void (() => {
  const { OldRouter } = require('./old_router.js');
  const old = require('./old_router.js');
  let held;
  try { held = require('./old_router.js'); } catch {}
  return [new OldRouter(), new old.OldRouter(), held?.OldRouter, require('./old_router.js').OldRouter];
});
`,
  mocks: `vi.mock('./old_router.js', () => ({ OldRouter: vi.fn(() => ({ reg() {} })) }));
vi.mock(import('./old_router.js'), async (original) => ({ ...(await original()), OldRouter: vi.fn() }));
vi.doMock('./old_router.js', async () => ({ ...(await vi.importActual('./old_router.js')), OldRouter: class { reg() {} } }));
jest.mock('./old_router.js', () => ({ ...jest.requireActual('./old_router.js'), OldRouter: jest.fn() }));
jest.unstable_mockModule('./old_router.js', () => ({ OldRouter: jest.fn() }));
mock.module('./old_router.js', { namedExports: { OldRouter: class { reg() {} } } });
jest.setMock('./old_router.js', { OldRouter: class { reg() {} } });
vi.unmock('./old_router.js');
vi.doUnmock('./old_router.js');
jest.dontMock('./old_router.js');
jest.deepUnmock('./old_router.js');
jest.requireMock('./old_router.js').OldRouter.mockReset();
jest.createMockFromModule('./old_router.js').OldRouter.mockReset();
`,
};

test('expressions and mocks move in files of every extension', async () => {
  const { 'src/old_router.ts': _old, ...others } = ROUTERS;
  const extensions = ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'];
  const files = Object.fromEntries(
    Object.entries(ANYWHERE).flatMap(([name, text]) => extensions.map((each) => [`src/${name}-${each}.${each}`, text])),
  );
  const target = new PhaseTarget(
    {
      ...others,
      'src/old_router.ts': 'export class OldRouter { reg(): void {} }\n',
      'src/globals.d.ts':
        'declare const vi: any, jest: any, mock: any;\ndeclare function require(name: string): any;\n',
      ...files,
    },
    INPUT_ALONE,
  );
  const { records } = await target.run();
  const told = records[0]!.outcomes.filter(({ result }) => result !== 'edited');
  expect(
    told.map(({ usage: { place, text }, reason }) => `${place.file}:${place.line} ${text} ${reason?.text}`),
  ).toEqual([]);
  for (const [file, text] of Object.entries(files)) {
    const after = text
      .replaceAll('old_router', 'new/router')
      .replaceAll('OldRouter', 'Router')
      .replaceAll('reg()', 'add()');
    expect(target.read(file), file).toBe(after);
  }
});
