import { chmodSync, lstatSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeDisk } from '../../../src/run/disk.ts';
import { Ledger } from '../../../src/run/ledger.ts';
import { rollback } from '../../../src/run/rollback.ts';
import { MIGRATION, PhaseTarget, ROUTERS } from './phase-target.ts';

/** Each edited character, and nothing but those: what stays must stay byte for byte. */
const CASES: Readonly<Record<string, { before: string; after: string }>> = {
  'Windows line ends, a byte order mark, no final newline': {
    before:
      "\uFEFF// © Zürich — 東京 🚂\r\nimport { OldRouter } from './old_router.ts';\r\n\r\nconst r = new OldRouter();\r\nr.register_handler('🚂', () => {});",
    after:
      "\uFEFF// © Zürich — 東京 🚂\r\nimport { Router } from './router.ts';\r\n\r\nconst r = new Router();\r\nr.addHandler('🚂', () => {});",
  },
  'mixed line ends, tabs and trailing spaces': {
    before:
      "import { OldRouter } from './old_router.ts';\r\n\tconst r = new OldRouter();   \n\n\n\tr . get_order ( ) ;\t\r\n",
    after: "import { Router } from './router.ts';\r\n\tconst r = new Router();   \n\n\n\tr . getOrder ( ) ;\t\r\n",
  },
  'a byte order mark before an import and nothing else': {
    before: "\uFEFFimport { OldRouter } from './old_router.ts';new OldRouter().get_order()",
    after: "\uFEFFimport { Router } from './router.ts';new Router().getOrder()",
  },
  'a hash bang, a licence, double quotes, comments inside the edited places': {
    before:
      '#!/usr/bin/env node\n/* licence */ import /* a */ { /* b */ OldRouter /* c */ } /* d */ from "./old_router.ts" // e\nnew OldRouter /* f */ () /* g */ . /* h */ get_order /* i */ ()',
    after:
      '#!/usr/bin/env node\n/* licence */ import /* a */ { /* b */ Router /* c */ } /* d */ from "./router.ts" // e\nnew Router /* f */ () /* g */ . /* h */ getOrder /* i */ ()',
  },
  'line separators and lone carriage returns that are no line ends to an editor': {
    before:
      "import { OldRouter } from './old_router.ts';\rexport const c = '\u2028\u2029\u0085';\u2028new OldRouter().get_order();\r",
    after:
      "import { Router } from './router.ts';\rexport const c = '\u2028\u2029\u0085';\u2028new Router().getOrder();\r",
  },
};

test.each(Object.entries(CASES))('%s', async (_name, { before, after }) => {
  const target = new PhaseTarget({ ...ROUTERS, 'src/bytes.ts': before }, MIGRATION);
  chmodSync(path.join(target.root, 'src/bytes.ts'), 0o755);
  // Nothing holds the import back: no test asks for the old type.
  target.write({ 'src/app.ts': 'export {};\n', 'test/app.test.ts': 'export {};\n' });
  const start = target.tree({ ledger: false });
  const { records } = await target.run('all');
  expect(target.bytes('src/bytes.ts').toString('utf8')).toBe(after);
  expect(target.bytes('src/bytes.ts')).toEqual(Buffer.from(after, 'utf8'));
  expect(lstatSync(path.join(target.root, 'src/bytes.ts')).mode & 0o777).toBe(0o755);
  expect(records[1]!.account.review).toBe(0);

  const ledger = new Ledger(nodeDisk, target.root);
  rollback({ disk: nodeDisk, ledger, what: 'all', migration: 'routers', now: new Date(Date.UTC(2026, 10, 22)) });
  expect(target.tree({ ledger: false })).toEqual(start);
});
