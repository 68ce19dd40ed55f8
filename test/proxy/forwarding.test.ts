import { expect, test } from 'vitest';
import { fillTemplate, parseMapping } from '../../src/manifest/mapping.ts';
import { ProxyTarget } from './proxy-target.ts';

const CANONICAL = `
export class Canonical {
  constructor() { this.log = []; }
  record(...args) { this.log.push([args.length, ...args.map((arg) => arg ?? String(arg))]); return args.length; }
  get child() { return { deep: (...args) => this.record('deep', ...args) }; }
}
export const wrap = (a, b) => ({ a, b });
`;

/** Mappings of one old member each, and the calls that are made. */
const CASES: readonly {
  readonly members: Readonly<Record<string, string>>;
  readonly old: string;
  readonly calls: readonly (readonly string[])[];
}[] = [
  {
    members: { m: 'record' },
    old: 'm(a, b) {}',
    calls: [
      ['1', '2'],
      ["'x'", '[3]'],
    ],
  },
  { members: { 'm(a)': 'record(a)' }, old: 'm(a) {}', calls: [['1'], ['{ k: 1 }'], ['undefined']] },
  {
    members: { 'm(a, b)': 'record(b, a)' },
    old: 'm(a, b) {}',
    calls: [
      ['1', '2'],
      ['() => 1', 'null'],
    ],
  },
  {
    members: { 'm(a, b?)': 'record(wrap(a, b))' },
    old: '/** @param {number} a @param {number} [b] */ m(a, b) {}',
    calls: [['1'], ['1', '2']],
  },
  {
    members: { 'm(a, b?)': 'record({ a, b })' },
    old: '/** @param {number} a @param {number} [b] */ m(a, b) {}',
    calls: [['1'], ['1', '2']],
  },
  {
    members: { 'm(a, ...more)': 'record(a, ...more)' },
    old: '/** @param {number} a @param {...number} more */ m(a, ...more) {}',
    calls: [['1'], ['1', '2', '3']],
  },
  { members: { 'm(...all)': 'record(all)' }, old: 'm(...all) {}', calls: [[], ['1', '2']] },
  {
    members: { 'm(a)': "record('one', a)", 'm(a, b)': "record('two', wrap(a, b))" },
    old: '/** @param {number} a @param {number} [b] */ m(a, b) {}',
    calls: [['1'], ['1', '2']],
  },
  {
    members: { 'm()': 'record()', 'm(a)': 'child.deep(a)' },
    old: '/** @param {number} [a] */ m(a) {}',
    calls: [[], ['5']],
  },
];

test('what runs through the proxy is what the rewritten call does, argument for argument', () => {
  const files: Record<string, string> = { 'package.json': '{ "type": "module" }', 'canonical.js': CANONICAL };
  const replaces: { export: string; members: Record<string, string>; imports: Record<string, string> }[] = [];
  const lines: string[] = ["import { Canonical, wrap } from './canonical.js';"];
  for (const [index, { members, old, calls }] of CASES.entries()) {
    // One canonical class a case: they share a member's name.
    files[`canonical${index}.js`] =
      `import { Canonical, wrap } from './canonical.js';\nexport class C${index} extends Canonical {}\nexport { wrap };\n`;
    files[`old${index}.js`] = `export class Old${index} {\n  ${old}\n}\n`;
    replaces.push({ export: `old${index}.js#Old${index}`, members, imports: { wrap: `canonical${index}.js` } });
    lines.push(
      `import { Old${index} } from './old${index}.js';`,
      `import { C${index} } from './canonical${index}.js';`,
    );
    const mappings = Object.entries(members).map(([from, to]) => parseMapping(from, to));
    for (const args of calls) {
      const mapping = mappings.find(({ parameters }) => {
        if (!parameters) return true;
        const least = parameters.filter(({ optional, rest }) => !optional && !rest).length;
        return args.length >= least && (args.length <= parameters.length || parameters.some(({ rest }) => rest));
      })!;
      const rewritten = mapping.parameters ? fillTemplate(mapping, args) : `${mapping.to.text}(${args.join(', ')})`;
      const list = args.join(', ');
      lines.push(
        `{ const a = new Old${index}(), b = new C${index}(); const ra = a.m(${list}), rb = b.${rewritten};`,
        `  console.log(JSON.stringify([a.log, ra]) === JSON.stringify([b.log, rb]) ? 'same' : ${JSON.stringify(rewritten)} + JSON.stringify([a.log, b.log])); }`,
      );
    }
  }
  lines.push('void wrap; void Canonical;');
  const target = new ProxyTarget({ ...files, 'run.js': lines.join('\n') });
  const canonical = Object.fromEntries(
    replaces.map((one, index) => [`canonical${index}.js`, { [`C${index}`]: { replaces: [one] } }]),
  );
  target.apply(target.plan({ canonical }));
  const ran = target.run('run.js', '--no-deprecation');
  expect(ran.stderr).toBe('');
  const expected = CASES.flatMap(({ calls }) => calls.map(() => 'same'));
  expect(ran.stdout.trim().split('\n')).toEqual(expected);
});

test('untyped callers with too few or too many arguments reach the nearest mapping', () => {
  const target = new ProxyTarget({
    'package.json': '{ "type": "module" }',
    'canonical.js': 'export class Canonical { add(...args) { return JSON.stringify(args.map(String)); } }\n',
    'old.js': 'export class Old { put(a, b) {} }\n',
    'run.js':
      "import { Old } from './old.js';\nconst old = new Old();\nconsole.log(old.put(1), old.put(1, 2), old.put(1, 2, 3));\n",
  });
  target.apply(
    target.plan({
      canonical: { 'canonical.js': { Canonical: { replaces: ['old.js#Old'], members: { 'put(a, b)': 'add(b, a)' } } } },
    }),
  );
  expect(target.run('run.js').stdout).toBe('["undefined","1"] ["2","1"] ["2","1"]\n');
});
