import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { MigrationInput } from '../../../src/manifest/define-migration.ts';
import { PhaseTarget, told } from '../phases/phase-target.ts';

const FILES = {
  'package.json': '{ "name": "target", "private": true }\n',
  'tsconfig.json':
    '{ "compilerOptions": { "allowJs": true, "noEmit": true, "strict": true, "module": "nodenext", "types": [] }, "include": ["src"] }\n',
  'src/router.cjs': `class Router {
  /** @returns {string[]} */
  getOrder() { return ['order']; }
  /** @param {{ a: number }} it */
  swapped(it) { return it.a; }
}
module.exports = { Router };
`,
  'src/old.cjs': `class OldRouter {
  /** @returns {string[]} */
  get_order() { return ['order']; }
  /** @param {number} a */
  swap(a) { return a; }
}
module.exports = { OldRouter };
`,
  'src/uses.cjs': `const { OldRouter } = require('./old.cjs');
/**
 * @template {object} T
 * @template {keyof T} K
 * @param {T} object
 * @param {K} name
 * @param {T[K]} value
 */
function spyOn(object, name, value) {
  Object.defineProperty(object, name, { value });
}
const router = new OldRouter();
const { swap } = router;
spyOn(router, 'get_order', () => ['spied']);
module.exports = [router.get_order(), typeof swap];
`,
};

const MIGRATION: MigrationInput = {
  name: 'spied',
  canonical: {
    'src/router.cjs': {
      Router: { replaces: ['src/old.cjs#OldRouter'], members: { get_order: 'getOrder', 'swap(a)': 'swapped({ a })' } },
    },
  },
  phases: [
    { name: 'consolidate', steps: ['proxies'] },
    { name: 'production', steps: ['imports', 'members'] },
  ],
  gates: ['types'],
};

function seen(target: PhaseTarget): string {
  const script = `console.log(JSON.stringify(require(${JSON.stringify(path.join(target.root, 'src/uses.cjs'))})))`;
  return spawnSync(process.execPath, ['--no-deprecation', '-e', script], { encoding: 'utf8' }).stdout;
}

test('where the name that is spied on stays, because its import does, calls of it stay as well', async () => {
  const target = new PhaseTarget(FILES, MIGRATION);
  expect(seen(target)).toBe('[["spied"],"function"]\n');
  const { records } = await target.run();
  const lines = told(records[1]!).filter((line) => line.includes('uses.cjs:1'));
  expect(lines).toContainEqual(expect.stringMatching(/:1 OldRouter review held-by-types$/));
  expect(target.read('src/uses.cjs')).toBe(FILES['src/uses.cjs']);
  expect(seen(target)).toBe('[["spied"],"function"]\n');
});

test('where the import goes, all of them go', async () => {
  const files = {
    ...FILES,
    'src/uses.cjs': FILES['src/uses.cjs'].replace('const { swap } = router;\n', 'const swap = () => {};\n'),
  };
  const target = new PhaseTarget(files, MIGRATION);
  await target.run();
  expect(target.read('src/uses.cjs')).toContain(
    "spyOn(router, 'getOrder', () => ['spied']);\nmodule.exports = [router.getOrder()",
  );
  expect(seen(target)).toBe('[["spied"],"function"]\n');
});
