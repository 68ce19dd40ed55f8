import { expect, test } from 'vitest';
import { PhaseTarget, ROUTERS, told } from '../run/phases/phase-target.ts';

const MAKER = {
  'src/old_maker.ts': `import { OldRouter } from './old_router.ts';
export function make_router(): OldRouter { return new OldRouter(); }
export async function load_router(): Promise<OldRouter> { return new OldRouter(); }
`,
  'src/maker.ts': `import { Router } from './router.ts';
export function makeRouter(): Router { return new Router(); }
export async function loadRouter(): Promise<Router> { return new Router(); }
`,
};

async function migrate(
  test: string,
  members: Readonly<Record<string, string>> = { register_handler: 'addHandler', get_order: 'getOrder' },
  globals = 'declare const vi: any;\n',
) {
  const { 'test/app.test.ts': _app, ...files } = ROUTERS;
  const target = new PhaseTarget(
    { ...files, ...MAKER, 'test/globals.d.ts': globals, 'test/use.test.ts': test },
    {
      name: 'mocks',
      canonical: {
        'src/router.ts': { Router: { replaces: ['src/old_router.ts#OldRouter'], members } },
        'src/maker.ts': {
          makeRouter: { replaces: ['src/old_maker.ts#make_router'] },
          loadRouter: { replaces: ['src/old_maker.ts#load_router'] },
        },
      },
      phases: [{ name: 'tests', files: ['test/**'], steps: ['imports', 'members'] }],
      gates: ['types'],
    },
    { runtime: false },
  );
  const record = await target.phase('tests');
  return { after: target.read('test/use.test.ts'), told: told(record).filter((line) => !line.endsWith(' edited')) };
}

test('members in the factory of a mock follow the class or function that they stand in for', async () => {
  const before = `vi.mock('../src/old_router.ts', () => ({
  OldRouter: vi.fn().mockImplementation(() => ({ register_handler: vi.fn(), other: 1 })),
}));
vi.doMock('../src/old_router.ts', () => ({
  OldRouter: class {
    register_handler() {}
    get_order = vi.fn();
  },
}));
vi.doMock('../src/old_router.ts', () => {
  return { OldRouter: vi.fn(function () { return { 'get_order': () => [] }; }) };
});
vi.mock(import('../src/old_maker.ts'), () => ({
  make_router: vi.fn().mockReturnValue({ register_handler() {} }),
  load_router: async () => ({ register_handler: vi.fn() }),
}));
vi.doMock('../src/old_maker.ts', () => ({ load_router: vi.fn().mockResolvedValue({ get_order: vi.fn() }) }));
`;
  const { after, told } = await migrate(before);
  expect(told).toEqual([]);
  expect(after).toBe(
    before
      .replaceAll('old_router', 'router')
      .replaceAll('old_maker', 'maker')
      .replaceAll('OldRouter', 'Router')
      .replaceAll('make_router', 'makeRouter')
      .replaceAll('load_router', 'loadRouter')
      .replaceAll('register_handler', 'addHandler')
      .replaceAll('get_order', 'getOrder'),
  );
});

const VI = `declare const vi: {
  hoisted<T>(make: () => T): T;
  fn<T extends (...args: any[]) => unknown = () => any>(made?: T): T & { mockReset(): void };
  mock(...args: any[]): void;
};
declare function expect(value: unknown): any;
`;

test('members follow in stand-ins that constants hold, and where the file takes them from there', async () => {
  const before = `const fake = { register_handler: vi.fn(), get_order: () => [] };
const mocks = vi.hoisted(() => ({ OldRouter: vi.fn(() => ({ register_handler: vi.fn() })) }));
const { made, other } = vi.hoisted(() => ({ made: { get_order: vi.fn() }, other: vi.fn() }));
const make_router = vi.fn(() => ({ register_handler: other }));
vi.mock('../src/old_router.ts', () => ({ OldRouter: vi.fn(() => fake) }));
vi.mock('../src/old_router.ts', () => mocks);
vi.mock('../src/old_maker.ts', () => ({ make_router, load_router: async () => made }));
fake.register_handler.mockReset();
fake['get_order']();
const { register_handler: taken, get_order = taken } = fake;
made.get_order.mockReset();
expect(make_router).toHaveBeenCalledTimes(1);
expect(make_router().register_handler).toHaveBeenCalledWith(get_order);
expect(mocks.OldRouter().register_handler).toBe(fake.register_handler);
`;
  const { after, told } = await migrate(before, undefined, VI);
  // Names of the file's own.
  expect(told).toEqual([
    'test/use.test.ts:4 make_router left other-declaration',
    'test/use.test.ts:12 make_router left other-declaration',
    'test/use.test.ts:13 make_router left other-declaration',
    'test/use.test.ts:13 get_order left other-declaration',
  ]);
  expect(after).toBe(
    before
      .replaceAll('old_router', 'router')
      .replaceAll('old_maker', 'maker')
      .replaceAll('OldRouter', 'Router')
      .replaceAll('({ make_router,', '({ makeRouter: make_router,')
      .replaceAll('load_router', 'loadRouter')
      .replaceAll('register_handler', 'addHandler')
      .replaceAll('get_order', 'getOrder')
      .replace('taken, getOrder = taken', 'taken, getOrder: get_order = taken')
      .replace('(getOrder);', '(get_order);'),
  );
});

test('a stand-in that others may have is for review', async () => {
  const { told } = await migrate(
    `const fake = { register_handler: vi.fn() };
vi.mock('../src/old_router.ts', () => ({ OldRouter: vi.fn(() => fake) }));
expect(fake).toEqual({});
export const shared = { register_handler: vi.fn() };
vi.mock('../src/old_router.ts', () => ({ OldRouter: vi.fn(() => shared) }));
shared.register_handler.mockReset();
`,
    undefined,
    VI,
  );
  expect(told).toEqual([
    'test/use.test.ts:1 register_handler review mocked',
    'test/use.test.ts:4 register_handler review mocked',
    'test/use.test.ts:6 register_handler review mocked',
  ]);
});

test('what an unknown function holds is for review where it is made and where it is used', async () => {
  const { told } = await migrate(`const fake = vi.hoisted(() => ({ register_handler: vi.fn() }));
vi.mock('../src/old_router.ts', () => ({ OldRouter: vi.fn(() => fake) }));
fake.register_handler.mockReset();
export {};
`);
  expect(told).toEqual([
    'test/use.test.ts:1 register_handler review mocked',
    expect.stringMatching(/^test\/use.test.ts:3 register_handler review any/),
  ]);
});

test('a member with another signature is for review where a mock makes it', async () => {
  const { told } = await migrate(
    "vi.mock('../src/old_router.ts', () => ({ OldRouter: class { register_handler(a, b) {} } }));\n",
    { 'register_handler(type, handler)': 'addHandler(handler, type)' },
  );
  expect(told).toEqual([expect.stringMatching(/:1 register_handler review /)]);
});

test('members follow in mocks of CommonJS modules', async () => {
  const router = (name: string, add: string, make: string) => `class ${name} { ${add}() {} }
const ${make} = () => new ${name}();
module.exports = { ${name}, ${make} };
`;
  const before = `const { OldRouter } = require('../old/router');
jest.mock('../old/router', () => ({
  OldRouter: jest.fn(() => ({ register_handler: jest.fn() })),
  make_router: () => ({ register_handler() {} }),
}));
jest.setMock('../old/router', { OldRouter: class { register_handler() {} } });
new OldRouter().register_handler();
`;
  const target = new PhaseTarget(
    {
      'package.json': '{}\n',
      'old/router.js': router('OldRouter', 'register_handler', 'make_router'),
      'new/router.js': router('Router', 'addHandler', 'makeRouter'),
      'test/use.test.js': before,
    },
    {
      name: 'mocks',
      canonical: {
        'new/router.js': {
          Router: { replaces: ['old/router.js#OldRouter'], members: { register_handler: 'addHandler' } },
          makeRouter: { replaces: ['old/router.js#make_router'] },
        },
      },
      phases: [{ name: 'tests', steps: ['imports', 'members'] }],
      gates: ['types'],
    },
    { runtime: false },
  );
  const record = await target.phase('tests');
  expect(told(record).filter((line) => !line.endsWith(' edited'))).toEqual([]);
  expect(target.read('test/use.test.js')).toBe(
    before
      .replaceAll('old/', 'new/')
      .replaceAll('OldRouter', 'Router')
      .replaceAll('make_router', 'makeRouter')
      .replaceAll('register_handler', 'addHandler'),
  );
});
