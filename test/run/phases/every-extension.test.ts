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
  'src/namespace.mts': [
    "import * as old from './old_router.js';\nexport const r: old.OldRouter = new old.OldRouter();\nexport let o: old.Options = { size: old.unmoved };\nexport { Route as default } from './old_router.js';\nr.reg();\n",
    "import * as old from './old_router.js';\nimport { Router, type Options } from './new/router.js';\nexport const r: Router = new Router();\nexport let o: Options = { size: old.unmoved };\nexport { Route as default } from './new/route.js';\nr.add();\n",
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
