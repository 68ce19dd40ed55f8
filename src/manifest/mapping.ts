import { parseExpression } from '@babel/parser';
import type { RerouteError } from '../base/errors.ts';
import { badMapping } from './bad-mapping.ts';
import type { Mapping, Parameter } from './migration.ts';
import { parseTemplate, usesPrivateName } from './parse-template.ts';

export { fillTemplate } from './fill-template.ts';

const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
const SIGNATURE = /^([^()]*)\((.*)\)$/s;

/**
 * The mapping that two sides of a manifest's `members` entry describe.
 * Left: `name`, `name(params)`, `new(params)` or `(params)`; params are names, `x?` optional, `...x` rest.
 * Throws `MANIFEST_BAD_MAPPING`, whose message says what was found and what is allowed.
 */
export function parseMapping(from: string, to: string): Mapping {
  const source = { from, to };
  const [, secret] = /^\s*(#[\p{ID_Continue}$]+)/u.exec(from) ?? [];
  if (secret) {
    throw badMapping(
      `the left side '${from}' names '${secret}', which no code outside of its class can use, so there is nothing to ` +
        'rewrite: leave it out, and rename it in the class by hand',
    );
  }
  const signature = SIGNATURE.exec(from.trim());
  if (!signature) return rename(source);

  const name = signature[1]!.trim();
  if (name !== '' && !NAME.test(name)) throw badLeft(from, `'${name}' is not a member's name`);
  const parameters = parseParameters(from, signature[2]!);
  const of = name === '' ? 'call' : name === 'new' ? 'construct' : 'member';
  const text = of === 'construct' ? withoutNew(to) : to.trim();
  if (of === 'member' && parameters.length > 0 && NAME.test(text)) {
    throw badMapping(
      `the right side '${to}' drops every argument of '${from}'; ` +
        `for a plain rename write ${name}: '${text}', else ${text}(${parameters.map(formatParameterUse).join(', ')})`,
    );
  }
  const { template } = parseTemplate(of, text, parameters);
  return { source, of, name: of === 'member' ? name : '', parameters, to: template };
}

/** Whether a call with so many arguments, none of them spread, is one that the mapping is for. A rename is for all. */
export function fits(mapping: Pick<Mapping, 'parameters'>, argumentCount: number): boolean {
  const { least, most } = argumentCounts(mapping);
  return least <= argumentCount && argumentCount <= most;
}

/** How many arguments a call may have: from `least` to `most`, both included; `most` is infinite with a rest parameter. */
export function argumentCounts({ parameters }: Pick<Mapping, 'parameters'>): {
  readonly least: number;
  readonly most: number;
} {
  if (!parameters || parameters.some(({ rest }) => rest)) {
    return { least: parameters ? required(parameters) : 0, most: Number.POSITIVE_INFINITY };
  }
  return { least: required(parameters), most: parameters.length };
}

/** A call that both mappings are for, by its number of arguments; `undefined` when there is none. */
export function sharedCount(a: Mapping, b: Mapping): number | undefined {
  if (a.of !== b.of || a.name !== b.name) return undefined;
  const [one, two] = [argumentCounts(a), argumentCounts(b)];
  const least = Math.max(one.least, two.least);
  return least <= Math.min(one.most, two.most) ? least : undefined;
}

function required(parameters: readonly Parameter[]): number {
  return parameters.filter(({ optional, rest }) => !optional && !rest).length;
}

function rename(source: Mapping['source']): Mapping {
  const [name, member] = [source.from.trim(), source.to.trim()];
  if (!NAME.test(name)) throw badLeft(source.from, `'${name}' is not a member's name`);
  if (member.startsWith('#')) throw usesPrivateName(source.to, member);
  if (!NAME.test(member)) {
    throw badMapping(
      `a plain rename takes a plain name, found '${source.to}'; give the left side its parameters: '${name}(…)'`,
    );
  }
  return { source, of: 'member', name, parameters: undefined, to: { text: member, member, holes: [], freeNames: [] } };
}

function withoutNew(to: string): string {
  const construction = /^\s*new\s*(\(.*)$/s.exec(to);
  if (!construction)
    throw badMapping(`the right side '${to}' must be the canonical constructor: new(…), as in new({ a, b })`);
  return construction[1]!.trim();
}

function parseParameters(from: string, list: string): readonly Parameter[] {
  if (list.trim() === '') return [];
  const parameters = list.split(',').map((piece): Parameter => {
    const parts = /^\s*(\.\.\.)?\s*([^\s?.]+)\s*(\?)?\s*$/.exec(piece);
    if (!parts || !NAME.test(parts[2]!) || (parts[1] && parts[3]))
      throw badLeft(from, `'${piece.trim()}' is not a parameter`);
    return { name: parts[2]!, optional: parts[3] !== undefined, rest: parts[1] !== undefined };
  });
  parameters.forEach(({ name, optional, rest }, index) => {
    const before = parameters.slice(0, index);
    if (before.some((each) => each.name === name)) throw badLeft(from, `'${name}' is there twice`);
    if (before.some((each) => each.rest)) throw badLeft(from, `'${name}' stands after a rest parameter`);
    if (!optional && !rest && before.some((each) => each.optional)) {
      throw badLeft(from, `'${name}' must be given but stands after an optional parameter`);
    }
    if (isReserved(name)) throw badLeft(from, `'${name}' is a reserved word`);
  });
  return parameters;
}

function isReserved(name: string): boolean {
  try {
    return parseExpression(`(${name}) => 0`, { strictMode: true }).type !== 'ArrowFunctionExpression';
  } catch {
    return true;
  }
}

function formatParameterUse({ name, rest }: Parameter): string {
  return rest ? `...${name}` : name;
}

function badLeft(from: string, problem: string): RerouteError {
  return badMapping(
    `the left side '${from}' does not parse: ${problem}; allowed: name, name(params), new(params), (params), ` +
      'where params are names without types, x? for optional and ...x for the rest',
  );
}
