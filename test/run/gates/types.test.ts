import { describe, expect, test } from 'vitest';
import type { MigrationInput } from '../../../src/manifest/define-migration.ts';
import { changed, type Files, MIGRATION, PhaseTarget, ROUTERS, TSCONFIG, told } from '../phases/phase-target.ts';

/** The old router is a subclass of the new one, so that imports and members can change one without the other. */
const COMPATIBLE: Files = {
  'package.json': '{ "name": "target", "type": "module", "private": true }\n',
  'tsconfig.json': TSCONFIG,
  'src/router.ts': `export class Router {
  readonly order: string[] = [];
  addHandler(type: string): void {
    this.order.push(type);
  }
  getOrder(): readonly string[] {
    return this.order;
  }
}
`,
  'src/old_router.ts': `import { Router } from './router.ts';
export class OldRouter extends Router {
  readonly #old = true;
  register_handler(type: string): number {
    this.addHandler(type);
    return 1;
  }
  get_order(): string[] {
    return this.order;
  }
  isOld(): boolean {
    return this.#old;
  }
}
`,
};

function migration(steps: ('imports' | 'members')[], gates: string[] = ['types']): MigrationInput {
  return {
    name: 'routers',
    canonical: {
      'src/router.ts': {
        Router: {
          replaces: ['src/old_router.ts#OldRouter'],
          members: { register_handler: 'addHandler', get_order: 'getOrder' },
        },
      },
    },
    phases: [{ name: 'production', files: ['src/**'], steps }],
    gates,
  };
}

async function runOn(files: Files, input: MigrationInput) {
  const target = new PhaseTarget({ ...COMPATIBLE, ...files }, input);
  const { records } = await target.run('all');
  return { target, records, record: records[0]! };
}

/** The reasons of a record's held outcomes, each once. */
function reasons({ outcomes }: { outcomes: Awaited<ReturnType<typeof runOn>>['record']['outcomes'] }): string[] {
  const held = outcomes.filter(({ reason }) => /^(held-by-types|waits|strayed-specifier)$/.test(reason?.code ?? ''));
  return [...new Set(held.map(({ reason }) => reason!.text))];
}

const APP = `import { OldRouter } from './old_router.ts';
const router = new OldRouter();
router.register_handler('ping');
const order: string[] = router.get_order();
console.log(order);
`;
const CONSOLE = { 'src/console.d.ts': 'declare const console: { log(...values: unknown[]): void };\n' };

describe('an edit that brings a new diagnostic', () => {
  test('is held back with the diagnostic; the other edits of the file stay', async () => {
    const { target, record } = await runOn({ ...CONSOLE, 'src/app.ts': APP }, migration(['members']));
    expect(record.status).toBe('done');
    expect(told(record).filter((line) => /app.*_/.test(line))).toEqual([
      'src/app.ts:1 ./old_router.ts left other-step',
      'src/app.ts:3 register_handler edited',
      'src/app.ts:4 get_order review held-by-types',
    ]);
    expect(reasons(record)).toEqual([
      expect.stringMatching(/^held back, because it would bring TS4104 .*readonly.* \(src\/app\.ts:4:7\)$/),
    ]);
    expect(target.read('src/app.ts')).toBe(APP.replace('register_handler', 'addHandler'));
    expect(record.gates[0]).toMatchObject({ gate: 'types', passed: true, output: '' });
  });

  test('is told with its own place when another one before it is held back too', async () => {
    const twice = APP.replace(
      'console.log(order);',
      'const again: string[] = router.get_order();\nconsole.log(order, again);',
    );
    const { record } = await runOn({ ...CONSOLE, 'src/app.ts': twice }, migration(['members']));
    expect(reasons(record).map((text) => /\(([^)]*)\)$/.exec(text)?.[1])).toEqual(['src/app.ts:4:7', 'src/app.ts:5:7']);
  });

  test('is made when the manifest asks for no types', async () => {
    const { target, record } = await runOn({ ...CONSOLE, 'src/app.ts': APP }, migration(['members'], []));
    expect(record.gates).toEqual([]);
    expect(target.read('src/app.ts')).toContain('const order: string[] = router.getOrder();');
  });

  test('takes the imports of its file along when they need it, and nothing more', async () => {
    const { target, record } = await runOn({ ...CONSOLE, 'src/app.ts': APP }, migration(['imports', 'members']));
    // With the import moved, the held call would name what the new router does not have.
    expect(target.read('src/app.ts')).toBe(APP.replace('register_handler', 'addHandler'));
    expect(told(record).filter((line) => line.startsWith('src/app.ts'))).toEqual([
      'src/app.ts:1 OldRouter review held-by-types',
      'src/app.ts:1 ./old_router.ts review held-by-types',
      'src/app.ts:2 OldRouter review held-by-types',
      'src/app.ts:3 register_handler edited',
      'src/app.ts:4 get_order review held-by-types',
    ]);
  });

  test('takes the required names of a CommonJS file along and leaves its calls', async () => {
    const { target, record } = await runOn(
      {
        'tsconfig.json': TSCONFIG.replace('"strict"', '"allowJs":true,"checkJs":true,"strict"'),
        'src/router.cjs': 'class Router { addHandler() { return 1; } }\nmodule.exports = { Router };\n',
        'src/old_router.cjs': `const { Router } = require('./router.cjs');
class OldRouter extends Router { #old = true; register_handler() { return this.#old ? 1 : 2; } }
module.exports = { OldRouter };
`,
        'vendor/attach.cjs': `const { OldRouter } = require('../src/old_router.cjs');
/** @param {InstanceType<typeof OldRouter>} router */
const attach = (router) => router;
module.exports = { attach };
`,
        'src/main.cjs': `const { OldRouter } = require('./old_router.cjs');
const { attach } = require('../vendor/attach.cjs');
const router = new OldRouter();
attach(router);
router.register_handler();
`,
      },
      {
        name: 'routers',
        canonical: {
          'src/router.cjs': {
            Router: { replaces: ['src/old_router.cjs#OldRouter'], members: { register_handler: 'addHandler' } },
          },
        },
        phases: [{ name: 'production', files: ['src/**'], steps: ['imports', 'members'] }],
      },
    );
    expect(reasons(record)).toEqual([expect.stringMatching(/TS2739 .*\(src\/main\.cjs:4:8\)$/)]);
    expect(target.read('src/main.cjs')).toBe(`const { OldRouter } = require('./old_router.cjs');
const { attach } = require('../vendor/attach.cjs');
const router = new OldRouter();
attach(router);
router.addHandler();
`);
  });

  test('that shares its line with the place of the error is told as edited when it stands in the end', async () => {
    const app = `import { OldRouter } from './old_router.ts';
import { attach } from '../vendor/attach.ts';
const router = new OldRouter();
attach(router); router.register_handler('ping');
`;
    const { target, record } = await runOn(
      {
        'vendor/attach.ts': `import { OldRouter } from '../src/old_router.ts';
export function attach(router: OldRouter): boolean { return router.isOld(); }
`,
        'src/app.ts': app,
      },
      migration(['imports', 'members']),
    );
    expect(target.read('src/app.ts')).toBe(app.replace('register_handler', 'addHandler'));
    expect(told(record).filter((line) => line.startsWith('src/app.ts'))).toEqual([
      'src/app.ts:1 OldRouter review held-by-types',
      'src/app.ts:1 ./old_router.ts review held-by-types',
      'src/app.ts:3 OldRouter review held-by-types',
      'src/app.ts:4 register_handler edited',
    ]);
  });

  test('somewhere else in its file takes the imports first, and the whole file when that is not enough', async () => {
    const app = `import { OldRouter } from './old_router.ts';
const router = new OldRouter();
const count = router.register_handler('ping');
export const next: number = count;
`;
    const { target, record } = await runOn({ 'src/app.ts': app }, migration(['imports', 'members']));
    expect(record.status).toBe('nochange');
    expect(target.read('src/app.ts')).toBe(app);
    const held = told(record).filter((line) => line.startsWith('src/app.ts'));
    expect(held.map((line) => line.split(' ').slice(-2).join(' '))).toEqual(Array(4).fill('review held-by-types'));
    expect(reasons(record)).toEqual([expect.stringMatching(/TS2322 .*void.*number.* \(src\/app\.ts:4:14\)$/)]);
  });

  test('in two places of a file holds back its imports once, and leaves its calls', async () => {
    const app = `import { OldRouter } from './old_router.ts';
import { attach } from '../vendor/attach.ts';
const router = new OldRouter();
attach(router);
attach(router);
router.register_handler('ping');
`;
    const { target } = await runOn(
      {
        'vendor/attach.ts': `import { OldRouter } from '../src/old_router.ts';
export function attach(router: OldRouter): boolean { return router.isOld(); }
`,
        'src/app.ts': app,
      },
      migration(['imports', 'members']),
    );
    expect(target.read('src/app.ts')).toBe(app.replace('register_handler', 'addHandler'));
  });

  test('somewhere else in its file holds back the whole file when no import moved', async () => {
    const app = `import { OldRouter } from './old_router.ts';
const router = new OldRouter();
const count = router.register_handler('ping');
export const next: number = count;
router.register_handler('pong');
`;
    const other = "import { OldRouter } from './old_router.ts';\nnew OldRouter().register_handler('ping');\n";
    const { target, record } = await runOn({ 'src/app.ts': app, 'src/other.ts': other }, migration(['members']));
    expect(target.read('src/app.ts')).toBe(app);
    expect(changed(record)).toEqual(['src/other.ts']);
    expect(told(record).filter((line) => line.includes('register_handler'))).toEqual([
      'src/app.ts:3 register_handler review held-by-types',
      'src/app.ts:5 register_handler review held-by-types',
      'src/other.ts:2 register_handler edited',
    ]);
  });
});

describe('an edit that brings a diagnostic into a file without edits', () => {
  const NEEDS_OLD = `import { start } from '../src/app.ts';
import { OldRouter } from '../src/old_router.ts';
export const router: OldRouter = start();
`;

  test('waits for the later phase of that file, which then makes it', async () => {
    const target = new PhaseTarget(ROUTERS, MIGRATION);
    const { records } = await target.run('all');
    const [, production, tests] = records;
    expect(told(production!).slice(0, 2)).toEqual([
      'src/app.ts:1 OldRouter review waits',
      'src/app.ts:1 ./old_router.ts review waits',
    ]);
    expect(reasons(production!)).toEqual([
      expect.stringMatching(
        /^waits for the phase tests; until then it would bring TS\d+ .*\(test\/app\.test\.ts:4:7\)$/,
      ),
    ]);
    expect(production!.changes[0]!.after).toContain("from './old_router.ts'");
    expect(production!.changes[0]!.after).toContain('router.addHandler');
    expect(told(tests!)).toContain('src/app.ts:1 ./old_router.ts edited');
    expect(target.read('src/app.ts')).toContain("from './router.ts'");
  });

  test('is held back when the file is in no phase', async () => {
    const { 'test/app.test.ts': _, ...files } = ROUTERS;
    const target = new PhaseTarget({ ...files, 'docs/example.ts': NEEDS_OLD }, MIGRATION);
    const { records } = await target.run('all');
    expect(reasons(records[1]!)).toEqual([
      expect.stringMatching(/^held back, because it would bring TS\d+ .*\(docs\/example\.ts:3:14\)$/),
    ]);
    expect(told(records[1]!)).toContain('src/app.ts:7 register_handler edited');
    expect(target.read('src/app.ts')).toContain("from './old_router.ts'");
    expect(target.read('docs/example.ts')).toBe(NEEDS_OLD);
  });

  test('is found among many that the file imports, also through others', async () => {
    const { 'test/app.test.ts': _, ...files } = ROUTERS;
    const innocent = Object.fromEntries(
      Array.from({ length: 7 }, (_unused, n) => [
        `src/part${n}.ts`,
        `import { OldRouter } from './old_router.ts';\nexport function part${n}(): number { return new OldRouter().get_order().length; }\n`,
      ]),
    );
    const target = new PhaseTarget(
      {
        ...files,
        ...innocent,
        'src/between.ts': "export { start } from './app.ts';\n",
        'docs/example.ts': `${Object.keys(innocent)
          .map((file, n) => `import { part${n} } from '../${file}';`)
          .join('\n')}
import { start } from '../src/between.ts';
import { OldRouter } from '../src/old_router.ts';
export const router: OldRouter = start();
export const parts = [${Object.keys(innocent).map((_file, n) => `part${n}`)}];
`,
      },
      MIGRATION,
    );
    const { records } = await target.run(['consolidate', 'production']);
    const held = told(records[1]!).filter((line) => line.endsWith('held-by-types'));
    expect(held.map((line) => line.split(':')[0])).toEqual(Array(4).fill('src/app.ts'));
    for (const file of Object.keys(innocent)) expect(target.read(file)).toContain("from './router.ts'");
  });

  test('is found although the file has edits of its own, which stay', async () => {
    // `use.ts` cannot move its own import: one of its calls fits no mapping.
    const { 'test/app.test.ts': _, ...files } = ROUTERS;
    const use = `import * as old from './old_router.ts';
import { start } from './app.ts';
export function use(make: { [name: string]: unknown }): old.OldRouter {
  make[Object.keys(old)[0]!] = old;
  const router: old.OldRouter = start();
  return router;
}
export function other(router: old.OldRouter): void {
  router.register_handler('pong', () => {});
}
`;
    const target = new PhaseTarget({ ...files, 'src/use.ts': use }, MIGRATION);
    const { records } = await target.run(['consolidate', 'production']);
    expect(target.read('src/use.ts')).toBe(use.replace('register_handler', 'addHandler'));
    expect(target.read('src/app.ts')).toContain("from './old_router.ts'");
    expect(told(records[1]!)).toContain('src/use.ts:9 register_handler edited');
  });
});

describe('errors that were there before', () => {
  test('do not count, also when edits shift their lines, and also when they are there twice', async () => {
    const app = `import { OldRouter } from './old_router.ts'; export type { OldRouter } from './old_router.ts';
const router = new OldRouter();
missing(1);
router.register_handler('ping');
missing(1);
`;
    const { target, record } = await runOn({ 'src/app.ts': app }, migration(['imports', 'members']));
    expect(reasons(record)).toEqual([]);
    expect(target.read('src/app.ts')).toContain('router.addHandler');
    expect(target.read('src/app.ts')).toContain("from './router.ts'");
  });

  test('do not count where they name the type that an edit changes', async () => {
    const app = `import { OldRouter } from './old_router.ts';
const router = new OldRouter();
router.nope();
router.register_handler('ping');
`;
    const { target, record } = await runOn({ 'src/app.ts': app }, migration(['imports', 'members']));
    expect(reasons(record)).toEqual([]);
    expect(target.read('src/app.ts')).toContain("import { Router } from './router.ts'");
  });

  test('do not hide the same error at another place, and are not taken for it', async () => {
    const app = `import { OldRouter } from './old_router.ts';
const router = new OldRouter();
const one: string[] = router.get_order();
const two: string[] = router.getOrder();
router.register_handler('ping');
export { one, two };
`;
    const { target, record } = await runOn({ 'src/app.ts': app }, migration(['members']));
    expect(told(record).filter((line) => line.startsWith('src/app.ts'))).toContain(
      'src/app.ts:3 get_order review held-by-types',
    );
    // The old error of line 4 has the same text: it is not what is held back for.
    expect(target.read('src/app.ts')).toBe(app.replace('register_handler', 'addHandler'));
  });

  test('in other files do not count either', async () => {
    const { record } = await runOn(
      {
        'src/app.ts': "import { OldRouter } from './old_router.ts';\nexport const router = new OldRouter();\n",
        'src/use.ts': "import { router } from './app.ts';\nexport const wrong: number = router.order;\n",
      },
      migration(['imports', 'members']),
    );
    expect(reasons(record)).toEqual([]);
    expect(changed(record)).toEqual(['src/app.ts']);
  });
});

describe('a new specifier that lands elsewhere', () => {
  const PATHS = JSON.stringify({
    compilerOptions: {
      ...JSON.parse(TSCONFIG).compilerOptions,
      module: 'preserve',
      paths: { '@/*': ['./generated/*', './src/*'] },
    },
  });

  test.each([
    ['an import', "import { OldRouter } from '@/old_router';\nnew OldRouter().register_handler('ping');\n"],
    ['an export', "export { OldRouter } from '@/old_router';\n"],
    ['an import()', "export const { OldRouter } = await import('@/old_router');\n"],
  ])('below an alias becomes relative: %s', async (_name, app) => {
    const { target, record } = await runOn(
      // The same names in another module: no diagnostic tells them apart.
      { 'tsconfig.json': PATHS, 'generated/router.ts': COMPATIBLE['src/router.ts']!, 'src/app.ts': app },
      migration(['imports', 'members']),
    );
    expect(target.read('src/app.ts')).toContain("'./router'");
    expect(target.read('src/app.ts')).not.toContain('old_router');
    expect(reasons(record)).toEqual([]);
  });

  test('is not confused with a string that a call gets', async () => {
    const { record, target } = await runOn(
      {
        'src/handler_for.ts': 'export function handlerFor(type: string): string { return type; }\n',
        'src/app.ts':
          "import { OldRouter } from './old_router.ts';\nnew OldRouter().register_handler('ping');\nnew OldRouter()['get_order']();\n",
      },
      {
        ...migration(['imports', 'members']),
        canonical: {
          'src/router.ts': {
            Router: {
              replaces: ['src/old_router.ts#OldRouter'],
              members: { 'register_handler(type)': "addHandler(handlerFor('x') + type)", get_order: 'getOrder' },
              imports: { handlerFor: 'src/handler_for.ts' },
            },
          },
        },
      },
    );
    expect(reasons(record)).toEqual([]);
    expect(target.read('src/app.ts')).toContain("addHandler(handlerFor('x') + 'ping')");
    expect(target.read('src/app.ts')).toContain("['getOrder']()");
  });
});

describe('a diagnostic for which no edit can be held back', () => {
  const files: Files = {
    ...ROUTERS,
    'src/old_router.ts': (ROUTERS['src/old_router.ts'] as string).replace(
      'register_handler',
      'private secret = 1;\n  register_handler',
    ),
    'src/peek.ts':
      "import { OldRouter } from './old_router.ts';\nexport const secret: number = new OldRouter()['secret'];\n",
  };

  test('fails the gate: nothing is written, and the phases after it do not run', async () => {
    const target = new PhaseTarget(files, MIGRATION);
    const tree = target.tree({ ledger: false });
    const { records } = await target.run('all');
    expect(records.map(({ phase, status }) => [phase, status])).toEqual([['consolidate', 'failed']]);
    expect(records[0]!.gates).toEqual([
      {
        gate: 'types',
        passed: false,
        output: expect.stringMatching(/[\s\S]*secret[\s\S]*\(src\/peek\.ts:2:31\)/),
        milliseconds: 0,
      },
    ]);
    expect(target.tree({ ledger: false })).toEqual(tree);
  });

  test('fails a dry run in the same way', async () => {
    const target = new PhaseTarget(files, MIGRATION);
    const { records } = await target.run('all', { dryRun: true });
    expect(records.map(({ phase, status }) => [phase, status])).toEqual([['consolidate', 'failed']]);
  });
});
