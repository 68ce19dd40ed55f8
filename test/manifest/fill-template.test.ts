// biome-ignore-all lint/suspicious/noTemplateCurlyInString: template literals are what is tested
import { runInNewContext } from 'node:vm';
import { parse } from '@babel/parser';
import { describe, expect, it } from 'vitest';
import { fillTemplate, parseMapping } from '../../src/manifest/mapping.ts';

function fill(from: string, to: string, ...args: (string | undefined)[]): string {
  return fillTemplate(parseMapping(from, to), args);
}

describe('holes', () => {
  it('puts each argument where its parameter stands, layout and comments kept', () => {
    expect(fill('f(type, handler)', 'add( /* by type */ handlerFor(type,handler) )', "'chat'", '(m) => m.id')).toBe(
      "add( /* by type */ handlerFor('chat',(m) => m.id) )",
    );
  });

  it('given the parameter names, gives the template back', () => {
    const to = 'add({ type, priority }, ...rest)';
    expect(fill('f(type, priority?, ...rest)', to, 'type', 'priority', '...rest')).toBe(to);
  });

  it('writes the key of a shorthand property, unless the argument has that name', () => {
    expect(fill('new(supervisor, hub)', 'new({ supervisor, hub })', 'this.boss', 'hub')).toBe(
      '({ supervisor: this.boss, hub })',
    );
  });

  it('fills a plain rename with its name', () => {
    expect(fill('get_order', 'getOrder')).toBe('getOrder');
  });

  it('fills what only a getter answers', () => {
    expect(fill('handler_count()', 'getStats().handler_count')).toBe('getStats().handler_count');
  });
});

describe('absent arguments', () => {
  it.each([
    ['g(a, b)', ['1'], 'g(1)'],
    ['g(h(a, b))', ['1'], 'g(h(1))'],
    ['g(a, b,)', ['1'], 'g(1,)'],
    ['g(b)', ['1'], 'g()'],
    ['g(b, )', ['1'], 'g()'],
    ['g(a, (b))', ['1'], 'g(1)'],
    ['g(b, a)', ['1'], 'g(undefined, 1)'],
    ['g(a, b, c)', ['1'], 'g(1)'],
    ['g(a, b, c)', ['1', undefined, '3'], 'g(1, undefined, 3)'],
    ['g({ a, b, c })', ['1'], 'g({ a: 1 })'],
    ['g({ b, a, c })', ['1'], 'g({ a: 1 })'],
    ['g({ b: b, c: (c) })', ['1'], 'g({ })'],
    ['g({ b, a, c })', ['1', undefined, '3'], 'g({ a: 1, c: 3 })'],
    ['g({ [k]: b })', ['1'], 'g({ [k]: undefined })'],
    ['g([a, b])', ['1'], 'g([1, undefined])'],
    ['g(a, b ?? 0)', ['1'], 'g(1, 0)'],
    ['g(a, b ?? 0)', ['1', '2'], 'g(1, 2)'],
    ['g(a, b ?? 0)', ['1', 'x'], 'g(1, x ?? 0)'],
    ['g(a, (b ?? a) + 1)', ['1', '2'], 'g(1, (2 ?? 1) + 1)'],
    ['g(a, b ?? c ?? 0)', ['1'], 'g(1, undefined ?? 0)'],
    ['g(new Q(a, b))', ['1'], 'g(new Q(1))'],
    ['g(a)?.h(b)', ['1'], 'g(1)?.h()'],
  ])('%s of %j is %s', (to, args, expected) => {
    expect(fill('f(a, b?, c?)', to, ...args)).toBe(expected);
  });

  it('a rest parameter takes all that are left, or nothing', () => {
    expect(fill('f(a, ...r)', 'g(a, ...r)', '1', '2', '3')).toBe('g(1, 2, 3)');
    expect(fill('f(a, ...r)', 'g(a, ...r)', '1')).toBe('g(1)');
    expect(fill('f(a, ...r)', 'g(...r, a)', '1')).toBe('g(1)');
    expect(fill('f(a, ...r)', 'g([...r], a)', '1')).toBe('g([], 1)');
    expect(fill('f(a, ...r)', 'g([, ...r], a)', '1')).toBe('g([, ...[]], 1)');
    expect(fill('f(a, ...r)', 'g(a, r)', '1', '2', '3')).toBe('g(1, [2, 3])');
    expect(fill('f(a, ...r)', 'g({ a, r })', 'a')).toBe('g({ a, r: [] })');
    expect(fill('f(b?, ...r)', 'g(b, ...r)')).toBe('g()');
  });

  it('refuses arguments that do not fit', () => {
    expect(() => fill('f(a)', 'g(a)')).toThrow("needs its argument 'a'");
    expect(() => fill('f(a)', 'g(a)', '1', '2')).toThrow('takes no 2 arguments');
  });
});

describe('parentheses', () => {
  it.each([
    ['g(x)', '1, 2', 'g((1, 2))'],
    ['g(x.id)', 'a || b', 'g((a || b).id)'],
    ['g(x.id)', 'a.b().c', 'g(a.b().c.id)'],
    ['g(x.id)', 'a?.b', 'g((a?.b).id)'],
    ['g(x.id)', 'await a', 'g((await a).id)'],
    ['g(x.id)', '1', 'g((1).id)'],
    ['g(x.id)', 'a as B', 'g((a as B).id)'],
    ['g(x.id)', 'a!', 'g(a!.id)'],
    ['g(x.id)', 'new A', 'g((new A).id)'],
    ['g(x.id)', 'new A()', 'g(new A().id)'],
    ['g(x())', '() => 1', 'g((() => 1)())'],
    ['g(new x(1))', 'pick()', 'g(new (pick())(1))'],
    ['g(new x(1))', 'a.B', 'g(new a.B(1))'],
    ['g(x ?? 1)', 'a || b', 'g((a || b) ?? 1)'],
    ['g(x ? 1 : 2)', 'a ? b : c', 'g((a ? b : c) ? 1 : 2)'],
    ['g(!x)', 'a instanceof B', 'g(!(a instanceof B))'],
    ['g(1-x)', '-1', 'g(1-(-1))'],
    ['g(x * 2)', 'a + b', 'g((a + b) * 2)'],
    ['g(x, 2)', 'a ? b : c', 'g(a ? b : c, 2)'],
    ['g(`${x}`)', 'a ? b : c', 'g(`${a ? b : c}`)'],
    ['g(() => x)', '{ a: 1 }', 'g(() => ({ a: 1 }))'],
    ['g(() => x.a)', '{ a: 1 }', 'g(() => ({ a: 1 }).a)'],
    ['g(() => { x; })', 'function () {}', 'g(() => { (function () {}); })'],
    ['g([x])', '<Row a={1} />', 'g([<Row a={1} />])'],
    ['g(x.id)', '(a, b)', 'g((a, b).id)'],
  ])('%s of %s', (to, arg, expected) => {
    expect(fill('f(x)', to, arg)).toBe(expected);
  });

  it('a line comment at the end of an argument does not swallow what follows', () => {
    expect(fill('f(x)', 'g(x, 1)', 'a // why\n')).toBe('g(a // why\n, 1)');
  });
});

describe('names that the template declares', () => {
  it('makes way for an argument that uses the same name', () => {
    expect(fill('f(h)', 'g((message) => h(message))', 'message')).toBe('g((message_2) => message(message_2))');
    expect(fill('f(h)', 'g(({ message }) => h({ message }))', 'message.on')).toBe(
      'g(({ message: message_2 }) => message.on({ message: message_2 }))',
    );
    expect(fill('f(h, i)', 'g((m) => h(m), (m) => i(m))', 'm', 'n')).toBe('g((m_2) => m(m_2), (m) => n(m))');
    expect(fill('f(h)', 'g((m) => h(m))', 'm + m_2')).toBe('g((m_3) => (m + m_2)(m_3))');
  });
});

/**
 * The oracle is JavaScript itself: a function with the template as its body, called with the arguments, must give what
 * the filled template gives.
 */
describe('a filled template computes what the template computes', () => {
  const FORMS = [
    '[a, b]',
    'a + b',
    'a - b',
    'a-b',
    'a * b',
    'a / b',
    'a ** b',
    'a % b',
    'a && b',
    'a || b',
    'a ?? b',
    '(a ?? b) || a',
    'a < b',
    'a === b',
    'a & b',
    'a << b',
    '!a',
    'typeof a',
    '-a + +b',
    '- a',
    '~a',
    'void a',
    'a ? b : a',
    'b ? a : b',
    'a.length',
    'a?.length',
    'a[b]',
    'String(a).length',
    'a.toString()',
    '`${a}${b}`',
    'tag`${a}`',
    '{ a, b }',
    '{ a: b, b: a }',
    '{ [a]: b }',
    '[...String(a), b]',
    '(() => a)()',
    '(() => { return b; })()',
    '((x = a) => [x, b])()',
    '((first) => [first, a, b])(7)',
    'call(a)(b)',
    '(a, b)',
    'a in { 1: b }',
    '(a) + (b)',
    'new Box(a).value',
    'new Box(a, b)',
  ];
  const ARGUMENTS = [
    '1',
    '-1',
    '+2',
    '0',
    "'text'",
    '`t${1}`',
    'null',
    'undefined',
    'first',
    '1 + 2',
    '3 - 1',
    '2 * 3',
    '1 || 2',
    'null ?? 4',
    'first && 0',
    'first ? 0 : 6',
    '[1, 2][1]',
    'first?.missing',
    '!first',
    'typeof first',
    '(1, 2)',
    '1 < 2',
    '[3, 4]',
    '({ k: 1 }).k',
    'call(1)(2).length',
    '5 >> 1',
    'new Box(1).value',
    '(() => 3)()',
    'first = 8',
    "/t/.test('t')",
    '1 // one\n',
  ];
  const world =
    'let first = 5; const tag = (s, v) => v; const call = (x) => (y) => [x, y]; class Box { constructor(v, w) { this.value = v; this.w = w; } }';
  const show = (expression: string): string => {
    const program = `${world} const pick = (...all) => all; JSON.stringify((() => { try { return ${expression}; } catch (e) { return e.name; } })())`;
    return runInNewContext(program) as string;
  };

  it.each(FORMS)('%s', (form) => {
    const mapping = parseMapping('f(a, b)', `pick(${form})`);
    for (const [index, one] of ARGUMENTS.entries()) {
      const two = ARGUMENTS[(index * 7 + form.length) % ARGUMENTS.length]!;
      const filled = fillTemplate(mapping, [one, two]);
      const direct = `(() => { const [A, B] = [${one}, ${two}]; return ((a, b) => pick(${form}))(A, B); })()`;
      if (/=/.test(one + two)) expect(() => parse(`async () => { ${filled} }`), filled).not.toThrow();
      else expect(show(filled), `${filled} from ${one} and ${two}`).toBe(show(direct));
    }
  });
});
