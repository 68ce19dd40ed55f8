import fc from 'fast-check';

/** A module that imports from deprecated modules in some form and uses what it imports in others; its text. */
export interface Program {
  readonly imports: Imports;
  readonly statements: readonly string[];
}

type Imports = keyof typeof IMPORTS;

/** Each brings the same five values into scope, under the local names that the statements use. */
const IMPORTS = {
  named: "import { OldRouter, make_router } from '../old/router.ts';\nimport Quality from '../old/quality.ts';",
  barrel: "import { OldRouter, make_router, Quality } from '../old/index.ts';",
  aliased:
    "import { OldRouter as Base, make_router as make } from '../old/router.ts';\nimport { default as Quality } from '../old/quality.ts';\nconst OldRouter = Base;\ntype OldRouter = Base;\nconst make_router = make;",
  namespace:
    "import * as old from '../old/router.ts';\nimport Quality from '../old/quality.ts';\nconst { OldRouter, make_router } = old;\ntype OldRouter = old.OldRouter;",
  dynamic:
    "import type { OldRouter as Base } from '../old/router.ts';\nconst { OldRouter, make_router } = await import('../old/router.ts');\nconst { default: Quality } = await import('../old/quality.ts');\ntype OldRouter = Base;",
  split:
    "import { type OldHandler, OldRouter } from '../old/router.ts'; // both\nimport { make_router } from \"../old/router.ts\"\nimport Quality from '../old/quality.ts';\nexport type Own = OldHandler;",
  beside:
    "import { Router as Canonical } from '../router.ts';\nimport { OldRouter, make_router } from '../old/router.ts';\nimport Quality from '../old/quality.ts';\nexport const Router = Canonical.name;",
} as const;

const text = fc.constantFrom(
  "'a'",
  "'b'",
  "''",
  '`c`',
  "t('text', 'd')",
  "shout('e')",
  'local',
  "await t('wait', 'f')",
);
const kind = fc.constantFrom("'a'", "'any'", "'guarded'", "'none'", "t('kind', 'a')", 'local');
const number = fc.constantFrom('1', "t('number', 2)", 'undefined', 'local.length');
const handler = fc.constantFrom(
  '(text) => text + 1',
  "(text) => t('handler', text) + '.'",
  '(text: string): string => router.get_order().join() + text',
  'named',
  "t('given', named)",
  'function (text) { throw new Error(text); }',
);
const receiver = fc.constantFrom(
  'router',
  'other',
  'router',
  "t('receiver', router)",
  'holder.router',
  'router!',
  '(other)',
  "holder['router']",
  'sub',
  'new OldRouter()',
);
const dot = fc.constantFrom('.', '.', '.', '?.');

/** An expression that calls a deprecated member, with what makes it: a receiver, a way to name it, arguments. */
const call = fc.oneof(
  fc.tuple(receiver, dot, text, handler).map(([r, d, a, h]) => `${r}${d}register_handler(${a}, ${h})`),
  fc.tuple(receiver, text, handler, number).map(([r, a, h, n]) => `${r}.register_handler(${a}, ${h}, ${n})`),
  fc.tuple(receiver, dot, handler).map(([r, d, h]) => `${r}${d}on_any(${h})`),
  fc.tuple(receiver, handler).map(([r, h]) => `${r}.on_guarded(${h})`),
  fc.tuple(receiver, dot, kind, text).map(([r, d, k, a]) => `${r}${d}send_text(${k}, ${a})`),
  fc.tuple(receiver, kind, text).map(([r, k, a]) => `${r}['send_text'](${k}, /* text */ ${a})`),
  fc.tuple(receiver, text).map(([r, a]) => `${r}.log_text(${a})`),
  fc.tuple(receiver, text).map(([r, a]) => `${r}.log_text(${a}, t('loud', true))`),
  fc.tuple(receiver, text).map(([r, a]) => `${r}.log_text(${a}, false)`),
  fc.tuple(receiver, dot).map(([r, d]) => `${r}${d}get_order()`),
  fc.tuple(receiver).map(([r]) => `${r}.get_order?.()`),
  fc.tuple(receiver).map(([r]) => `${r}['get_order']()`),
  fc.tuple(receiver).map(([r]) => `${r}.get_order.call(router)`),
  fc.tuple(receiver).map(([r]) => `${r}.get_order.bind(other)()`),
  fc.tuple(receiver, text).map(([r, a]) => `await ${r}.get_later(${a})`),
  fc.tuple(text, number).map(([a, n]) => `new Quality(${a}, ${n} ?? 0).get_order()`),
  fc.tuple(text, number).map(([a, n]) => `make_router(${a}, ${n} ?? 0).get_order()`),
  fc.tuple(receiver).map(([r]) => `${r} instanceof OldRouter`),
  fc.tuple(receiver, handler).map(([r, h]) => `${r}.on_any(${h}).on_guarded(named).register_handler('z', named)`),
  fc.tuple(receiver, text, kind).map(([r, a, k]) => `${r}.send_text(${k}, router.send_text('a', ${a}))`),
  fc.tuple(receiver).map(([r]) => `${r}.send_text(...pair)`),
  fc.tuple(receiver).map(([r]) => `typeof ${r}.get_order`),
);

const statement = fc.oneof(
  { weight: 6, arbitrary: call.map((expression) => `out.push(show(${expression}));`) },
  { weight: 3, arbitrary: call.map((e) => `try { out.push(show(${e})); } catch (error) { out.push(String(error)); }`) },
  { weight: 1, arbitrary: call.map((e) => `if (local !== '') { const router = other; out.push(show(${e})); }`) },
  { weight: 1, arbitrary: call.map((e) => `for (const other of [router]) out.push(show(${e}));`) },
  { weight: 1, arbitrary: call.map((e) => `{ const guarded = 'taken'; out.push(guarded, show(${e})); }`) },
  {
    weight: 1,
    arbitrary: call.map((e) => `await (async () => { const Router = 1; out.push(Router, show(${e})); })();`),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '{ const { get_order } = router; out.push(get_order.call(router)); }',
      '{ const { get_order: order, get_later } = other; out.push(order.call(other), typeof get_later); }',
      '{ const key = "get_order"; out.push(router[key]()); }',
      "out.push(((one: Pick<OldRouter, 'get_order'>) => one.get_order())(router));",
      "{ const one: Pick<OldRouter, 'get_order'> = { get_order: () => ['own'] }; out.push(one.get_order()); }",
      "{ const one = (): ReturnType<OldRouter['get_order']> => ['typed']; out.push(one()); }",
      'class Loud extends OldRouter { override get_order(): string[] { return super.get_order().concat("loud"); } }\n  out.push(new Loud().on_any(named).get_order());',
      'class Held { readonly #router = new OldRouter(); order() { this.#router.on_any(named); return this.#router.get_order(); } }\n  out.push(new Held().order());',
      "queue.register_handler('q', named); out.push(queue.get_order());",
      "out.push(['router'].map(() => router.get_order()).join());",
      'out.push([router, other].map((one) => one.get_order().length));',
      'const { length } = router.get_order(); out.push(length);',
      "const lazy = () => router.send_text(t('late', 'a'), t('later', 'b')); out.push(lazy());",
      'out.push([1].map(router.get_order, router).length);',
      'const make = make_router; out.push(make("m", 1).get_order());',
    ),
  },
);

export const program: fc.Arbitrary<Program> = fc.record({
  // What cannot be edited in most programs is rare: each place that the types gate holds back takes another round of it.
  imports: fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom<Imports>('named', 'barrel', 'aliased', 'split', 'beside') },
    { weight: 1, arbitrary: fc.constantFrom<Imports>('namespace', 'dynamic') },
  ),
  statements: fc.array(statement, { minLength: 1, maxLength: 8 }),
});

/** The module's text: it exports `run`, which gives all that it saw. */
export function textOf({ imports, statements }: Program): string {
  const body = statements.map((one) => (/^(?:const|class) /.test(one) ? `{ ${one} }` : one));
  return `${IMPORTS[imports]}
import { shout } from '../old/text.ts';
import { Queue } from '../queue.ts';
import { t } from '../trace.ts';

class Sub extends OldRouter {}
const show = (value: unknown) => (value instanceof OldRouter ? 'a router' : value);

export async function run(out: unknown[]): Promise<void> {
  const [router, other, sub, queue] = [new OldRouter(), new OldRouter(), new Sub(), new Queue()];
  const named = (text: string) => t('named', text);
  const holder = { router };
  const local = 'a';
  const pair: [string, string] = ['a', 'b'];
  void [router, other, sub, queue, named, holder, local, pair, show];
  ${body.join('\n  ')}
}
`;
}
