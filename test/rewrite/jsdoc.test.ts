import { expect, test } from 'vitest';
import { PhaseTarget, ROUTERS, TSCONFIG, told } from '../run/phases/phase-target.ts';

const BASE = {
  'package.json': '{ "name": "target", "type": "module", "private": true }\n',
  'tsconfig.json': TSCONFIG,
  'src/base.ts': `export class Base {
  /** Sends; see {@link Base#close} and {@link Base.emit}. */
  emit(): void {}
  close(): void {}
}
`,
  'src/use.ts': `import { Base } from './base.ts';
/** As {@link Base#emit|emit does}, not as {@link Other#emit}; emit first. */
export function use(base: Base): void {
  base.emit(); // emit
}
/** @see Base#emit */
export class Other {
  emit(): void {}
}
`,
};

test('a link in JSDoc follows a plain rename when the checker knows what it links to; words stay', async () => {
  const target = new PhaseTarget(BASE, {
    name: 'rename',
    canonical: { 'src/base.ts': { Base: { members: { emit: 'send' } } } },
    phases: [{ name: 'rename', steps: ['members'] }],
  });
  const record = await target.phase('rename');
  expect(target.read('src/use.ts')).toBe(`import { Base } from './base.ts';
/** As {@link Base#send|emit does}, not as {@link Other#emit}; emit first. */
export function use(base: Base): void {
  base.send(); // emit
}
/** @see Base#send */
export class Other {
  emit(): void {}
}
`);
  expect(target.read('src/base.ts')).toContain('{@link Base#close} and {@link Base.send}');
  const { found, edited, review, left } = record.account;
  expect({ found, edited, review, left }).toEqual({ found: 10, edited: 5, review: 0, left: 5 });
});

test('an import in JSDoc follows a module that goes, and so do the calls behind its type; a path in a comment’s words stays', async () => {
  const target = new PhaseTarget(
    {
      ...ROUTERS,
      'src/late.js': `// Was in './old_router.ts'.
/** @param {import('./old_router.ts').OldRouter} router */
export function late(router) {
  router.register_handler('ping', () => {});
}
/** Like './old_router.ts'. */
export const none = 0;
`,
    },
    {
      name: 'routers',
      canonical: {
        'src/router.ts': {
          Router: { replaces: ['src/old_router.ts#OldRouter'], members: { register_handler: 'addHandler' } },
        },
      },
      phases: [{ name: 'production', files: ['src/late.js'], steps: ['imports', 'members'] }],
    },
  );
  expect(told(await target.phase('production'))).toEqual([
    'src/late.js:1 ./old_router.ts left no-code',
    'src/late.js:2 ./old_router.ts edited',
    'src/late.js:2 OldRouter edited',
    'src/late.js:4 register_handler edited',
    'src/late.js:6 ./old_router.ts left no-code',
  ]);
});

test('an import in @implements and @extends follows, and so do the members of the class', async () => {
  const before = `/** @implements {import('./old_router.ts').OldRouter} */
export class Own { register_handler() {} }
/**
 * @implements { import("./old_router.ts").OldRouter<string> }
 * @extends {import('./box.ts').Box<import('./old_router.ts').OldRouter>}
 * @see {import('./old_router.ts').OldRouter}
 */
export class Boxed { get_order() { return []; } }
new Own().register_handler();
/** @implements {import('./queue.ts').Queue} */
export class Queued { register_handler() {} }
`;
  const target = new PhaseTarget(
    {
      ...ROUTERS,
      'tsconfig.json': TSCONFIG.replace('"strict"', '"allowJs":true,"strict"'),
      'src/box.ts': 'export class Box<T> { held: T | undefined }\n',
      'src/own.js': before,
    },
    {
      name: 'tags',
      canonical: {
        'src/router.ts': {
          Router: {
            replaces: ['src/old_router.ts#OldRouter'],
            members: { register_handler: 'addHandler', get_order: 'getOrder' },
          },
        },
      },
      phases: [{ name: 'all', steps: ['imports', 'members'] }],
      gates: ['types'],
    },
    { runtime: false },
  );
  const record = await target.phase('all');
  const [own, queued] = before.split("/** @implements {import('./queue.ts')") as [string, string];
  const [tags, see, rest] = own.split(/(\n \* @see .*\n)/) as [string, string, string];
  const renamed = [tags, rest].map((text) =>
    text
      .replaceAll('old_router', 'router')
      .replaceAll('OldRouter', 'Router')
      .replaceAll('register_handler', 'addHandler')
      .replaceAll('get_order', 'getOrder'),
  );
  expect(target.read('src/own.js')).toBe(
    `${renamed[0]}${see}${renamed[1]}/** @implements {import('./queue.ts')${queued}`,
  );
  const left = told(record).filter((line) => line.startsWith('src/own.js') && !line.endsWith(' edited'));
  expect(left).toEqual([
    'src/own.js:6 ./old_router.ts left no-code',
    'src/own.js:6 OldRouter left no-code',
    'src/own.js:11 register_handler left other-declaration',
  ]);
});
