// biome-ignore-all lint/suspicious/noTemplateCurlyInString: template literals are what is tested
import { describe, expect, it } from 'vitest';
import { fits, parseMapping } from '../../src/manifest/mapping.ts';

describe('left sides', () => {
  it('reads a plain rename, which has no parameters', () => {
    expect(parseMapping('get_handler_order', 'getHandlerOrder')).toEqual({
      source: { from: 'get_handler_order', to: 'getHandlerOrder' },
      of: 'member',
      name: 'get_handler_order',
      parameters: undefined,
      to: { text: 'getHandlerOrder', member: 'getHandlerOrder', holes: [], freeNames: [] },
    });
  });

  it('reads required, optional and rest parameters', () => {
    const mapping = parseMapping(' on ( type , priority? , ...rest ) ', 'add(type, priority, ...rest)');
    expect(mapping).toMatchObject({ of: 'member', name: 'on' });
    expect(mapping.parameters).toEqual([
      { name: 'type', optional: false, rest: false },
      { name: 'priority', optional: true, rest: false },
      { name: 'rest', optional: false, rest: true },
    ]);
  });

  it('reads a constructor, whose template begins with the argument list', () => {
    const mapping = parseMapping('new(supervisor, hub)', 'new ({ supervisor, hub })');
    expect(mapping).toMatchObject({ of: 'construct', name: '' });
    expect(mapping.to).toMatchObject({ text: '({ supervisor, hub })', member: '' });
  });

  it('reads a function call', () => {
    const mapping = parseMapping('(type, data)', '({ type, data }).id');
    expect(mapping).toMatchObject({ of: 'call', name: '' });
    expect(mapping.to).toMatchObject({ text: '({ type, data }).id', member: '' });
  });

  it('takes a member that is named new, and one whose canonical name is a reserved word', () => {
    expect(parseMapping('new', 'create')).toMatchObject({ of: 'member', name: 'new' });
    expect(parseMapping('remove(key)', 'delete(key)').to).toMatchObject({ member: 'delete', freeNames: [] });
  });
});

describe('templates', () => {
  it('finds each hole with its offsets, its parameter and the free names', () => {
    const { to } = parseMapping('register_handler(type, handler)', 'addHandler(handlerFor(type, handler))');
    expect(to.member).toBe('addHandler');
    expect(to.freeNames).toEqual(['handlerFor']);
    expect(to.holes).toEqual([
      { start: 22, end: 26, parameter: 0, deferred: false, shorthand: false },
      { start: 28, end: 35, parameter: 1, deferred: false, shorthand: false },
    ]);
  });

  it('takes no property name, label, key or local binding for a parameter or a free name', () => {
    const { to } = parseMapping(
      'f(type, type2)',
      'g({ type: 1, type2() {}, x: a.type }, (type) => type, ({ type: t = type2 }) => { let q; { var w } q = t; w = q; }, `${type2}`)',
    );
    expect(to.freeNames).toEqual(['a']);
    expect(to.holes.map(({ start, end, parameter }) => [to.text.slice(start, end), parameter])).toEqual([
      ['type2', 1],
      ['type2', 1],
    ]);
  });

  it('sees a block that hides a parameter only inside the block', () => {
    const { to } = parseMapping('f(x)', 'g(() => { { const x = 1; use(x); } return x; })');
    expect(to.holes.map(({ start }) => to.text.slice(start - 7, start))).toEqual(['return ']);
  });

  it.each([
    ['g(x)', false],
    ['g([x], { a: x }, `${x}`)', false],
    ['g(() => x)', true],
    ['g((y = x) => y)', true],
    ['g(x ? 1 : 2)', false],
    ['g(a ? x : 2)', true],
    ['g(a ?? x)', true],
    ['g(x || a)', false],
    ['g()?.h(x)', true],
    ['g()?.[x]', true],
  ])('%s: deferred is %s', (text, deferred) => {
    const { holes } = parseMapping('f(x)', text).to;
    expect(holes.map((hole) => hole.deferred)).toEqual(holes.map(() => deferred));
    expect(holes.length).toBeGreaterThan(0);
  });

  it('marks shorthand properties, and covers the dots of a spread rest parameter', () => {
    const { to } = parseMapping('f(type, ...rest)', 'g({ type }, ...rest, { ...rest })');
    expect(to.holes.map(({ start, end, shorthand }) => [to.text.slice(start, end), shorthand])).toEqual([
      ['type', true],
      ['...rest', false],
      ['rest', false],
    ]);
  });

  it('knows the names that every JavaScript has', () => {
    expect(parseMapping('f(x)', 'g(new Map([[undefined, Math.max(x)]]), setUp)').to.freeNames).toEqual(['setUp']);
  });
});

describe('what does not parse says what was found and what is allowed', () => {
  it.each([
    ['f(', 'g()', /'f\(' does not parse: 'f\(' is not a member's name; allowed: name, name\(params\), new\(params\)/],
    ['f(x: string)', 'g(x)', /'x: string' is not a parameter; .*names without types/],
    ['f(x = 1)', 'g(x)', /'x = 1' is not a parameter; .*x\? for optional/],
    ['f(a, a)', 'g(a)', /'a' is there twice/],
    ['f(a?, b)', 'g(a, b)', /'b' must be given but stands after an optional parameter/],
    ['f(...a, b)', 'g(a, b)', /'b' stands after a rest parameter/],
    ['f(class)', 'g(1)', /'class' is a reserved word/],
    ['f(a,)', 'g(a)', /'' is not a parameter/],
    ['a.b', 'c', /'a\.b' is not a member's name/],
    [
      '#f',
      'g',
      /left side '#f' names '#f', which no code outside of its class can use.* rename it in the class by hand/,
    ],
    ['#f(x)', 'g(x)', /left side '#f\(x\)' names '#f'/],
    ['f', '#g', /right side '#g' uses '#g', which only code inside of its class can; name a public member/],
    ['f(x)', '#g(x)', /right side '#g\(x\)' uses '#g'/],
    ['f(x)', 'g(this.#h(x))', /right side 'g\(this\.#h\(x\)\)' uses '#h'/],
    ['f', 'g(x)', /plain rename takes a plain name, found 'g\(x\)'; give the left side its parameters: 'f\(…\)'/],
    ['f(x)', 'g', /drops every argument of 'f\(x\)'; for a plain rename write f: 'g', else g\(x\)/],
    ['f(x)', 'g(h(x)', /not a JavaScript expression: Unexpected token, expected "," at character 7/],
    ['f(x)', '', /'' is not a JavaScript expression/],
    ['f(x)', 'g(x as any)', /is not a JavaScript expression/],
    ['f(x)', 'g(x) + 1', /must begin with the canonical member, and go on with calls and members only/],
    ['f(x)', 'new G(x)', /is not a JavaScript expression|must begin with the canonical member/],
    ['f(x)', 'await g(x)', /is not a JavaScript expression|must begin with/],
    ['new(x)', 'create(x)', /must be the canonical constructor: new\(…\)/],
    ['new(x)', 'new(x).start()', /must begin with 'new' and the canonical constructor's arguments, and end there/],
    ['(x)', 'g(x)', /must begin with the canonical function's arguments/],
    ['f(x)', 'g(this.y, x)', /uses 'this', which means something else at each call/],
    ['f(x)', 'g(arguments[0])', /uses 'arguments'/],
    ['f(x)', 'g(await x)', /uses 'await'/],
    ['f(x)', 'g(x++)', /assigns to its parameter 'x'/],
    ['f(x)', 'g(({ a: x } = h))', /assigns to its parameter 'x'/],
    ['f(x)', 'g([x] = h)', /assigns to its parameter 'x'/],
    ['f(x)', 'g(x = 1)', /assigns to its parameter 'x'/],
    [
      'f(x)',
      'g(function () { return x; })',
      /inside a function or class with a 'this' of its own; write an arrow function/,
    ],
  ])('%s → %s', (from, to, message) => {
    expect(() => parseMapping(from, to)).toThrow(
      expect.objectContaining({ code: 'MANIFEST_BAD_MAPPING', message: expect.stringMatching(message) }),
    );
  });

  it('allows await in an async function of the template itself', () => {
    expect(parseMapping('f(x)', 'g(async () => await h(x))').to.freeNames).toEqual(['h']);
  });
});

describe('fits', () => {
  it.each([
    ['f()', [0], [1]],
    ['f(a)', [1], [0, 2]],
    ['f(a, b?)', [1, 2], [0, 3]],
    ['f(a, ...b)', [1, 2, 9], [0]],
  ])('%s', (from, yes, no) => {
    const mapping = parseMapping(from, 'g(1)');
    expect(yes.filter((count) => !fits(mapping, count))).toEqual([]);
    expect(no.filter((count) => fits(mapping, count))).toEqual([]);
  });

  it('a plain rename is for every call', () => {
    expect([0, 1, 7].every((count) => fits(parseMapping('f', 'g'), count))).toBe(true);
  });
});
