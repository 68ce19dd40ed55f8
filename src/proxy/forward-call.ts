import type { SignatureSurface } from '../compiler/surface.ts';
import { fillTemplate, fits } from '../manifest/mapping.ts';
import type { Mapping } from '../manifest/migration.ts';
import type { Forward, ForwardCase } from './proxy-module.ts';

/** The mappings of one member, constructor or function, and what its old signatures are. */
export interface CallMappings {
  /** Of the export whose proxy this is; the first one that fits a call holds. */
  readonly own: readonly Mapping[];
  /** Of other deprecated exports whose members are installed on the same canonical class. */
  readonly others: readonly Mapping[];
  readonly signatures: readonly SignatureSurface[];
  /** Names that the body uses and no parameter may hide. */
  readonly taken: ReadonlySet<string>;
}

export interface ForwardedCall {
  readonly forward: Forward;
  /** Numbers of arguments that an old signature allows and no mapping is for. */
  readonly uncovered: readonly number[];
}

/**
 * How calls are passed on: by their number of arguments, each to the mapping that fits it. A number that no signature
 * allows, which only untyped callers can send, goes to the nearest mapping, as a function does with arguments that are
 * missing or too many.
 */
export function forwardCall(call: CallMappings): ForwardedCall {
  const mappings = [...call.own, ...call.others];
  const shape = parameterShape(call, mappings);
  const range = signatureRange(call.signatures);
  const most = shape.rest ? shape.names.length + 1 : shape.names.length;
  const cases: ForwardCase[] = [];
  const uncovered: number[] = [];
  const freeNames = new Set<string>();
  for (let count = 0; count <= most; count++) {
    const fitting = mappings.find((mapping) => fits(mapping, count));
    if (range.allows(count) && !call.own.some((mapping) => fits(mapping, count))) uncovered.push(count);
    const mapping = fitting ?? nearest(mappings, count);
    for (const name of mapping.to.freeNames) freeNames.add(name);
    const expression = expressionFor(mapping, count, shape, range);
    if (cases.at(-1)?.expression === expression) cases.pop();
    cases.push({ most: count === most ? Number.POSITIVE_INFINITY : count, expression });
  }
  return {
    forward: {
      parameters: shape.rest ? [...shape.names, `...${shape.rest}`] : shape.names,
      cases,
      typed:
        call.signatures.length === 1 && call.others.every((mapping) => call.own.some((own) => sameText(own, mapping))),
      freeNames,
    },
    uncovered,
  };
}

/** Whether a mapping is for any call that the signatures allow. */
export function fitsAny(mapping: Mapping, signatures: readonly SignatureSurface[]): boolean {
  const range = signatureRange(signatures);
  const { least, most } = mapping.parameters ? argumentRange(mapping) : { least: 0, most: Number.POSITIVE_INFINITY };
  return least <= range.most && range.least <= most;
}

export function sameText(a: Mapping, b: Mapping): boolean {
  return a.source.from === b.source.from && a.source.to === b.source.to;
}

interface Shape {
  readonly names: readonly string[];
  readonly rest: string | undefined;
}

/** The old signature's names when there is one; else those of the mapping that has most. */
function parameterShape({ signatures, taken }: CallMappings, mappings: readonly Mapping[]): Shape {
  const lists: (readonly { name: string; rest: boolean }[])[] = [
    ...signatures.map((signature) => signature.parameters),
    ...mappings.map((mapping) => mapping.parameters ?? []),
  ];
  const first = signatures.length === 1 ? lists[0]! : [];
  const fixed = Math.max(0, ...lists.map((list) => list.filter(({ rest }) => !rest).length));
  const hasRest = lists.some((list) => list.some(({ rest }) => rest));
  const restFrom = Math.min(fixed, ...lists.flatMap((list) => list.flatMap(({ rest }, at) => (rest ? [at] : []))));
  const used = new Set(taken);
  const nameAt = (index: number, rest: boolean): string => {
    const given = [first, ...lists].map((list) => list[index]).find((one) => one && one.rest === rest)?.name;
    let name = given ?? (rest ? 'rest' : `argument${index + 1}`);
    while (used.has(name)) name += '_';
    used.add(name);
    return name;
  };
  const count = hasRest ? restFrom : fixed;
  return {
    names: Array.from({ length: count }, (_, index) => nameAt(index, false)),
    rest: hasRest ? nameAt(count, true) : undefined,
  };
}

interface Range {
  readonly least: number;
  readonly most: number;
  allows(count: number): boolean;
}

function signatureRange(signatures: readonly SignatureSurface[]): Range {
  const ranges = signatures.map(({ parameters }) => ({
    least: parameters.filter(({ optional, rest }) => !optional && !rest).length,
    most: parameters.some(({ rest }) => rest) ? Number.POSITIVE_INFINITY : parameters.length,
  }));
  return {
    least: Math.min(...ranges.map(({ least }) => least)),
    most: Math.max(...ranges.map(({ most }) => most)),
    allows: (count) => ranges.some(({ least, most }) => least <= count && count <= most),
  };
}

function argumentRange({ parameters }: Mapping): { least: number; most: number } {
  const list = parameters ?? [];
  const least = list.filter(({ optional, rest }) => !optional && !rest).length;
  return { least, most: list.some(({ rest }) => rest) ? Number.POSITIVE_INFINITY : list.length };
}

function nearest(mappings: readonly Mapping[], count: number): Mapping {
  const distance = (mapping: Mapping): number => {
    const { least, most } = argumentRange(mapping);
    return count < least ? least - count : count - most;
  };
  return mappings.reduce((best, mapping) => (distance(mapping) < distance(best) ? mapping : best));
}

function expressionFor(mapping: Mapping, count: number, shape: Shape, range: Range): string {
  const argument = (index: number): string =>
    index < shape.names.length ? shape.names[index]! : `${shape.rest}[${index - shape.names.length}]`;
  const listed = (length: number): string[] =>
    shape.rest && length > shape.names.length
      ? [...shape.names, `...${shape.rest}`]
      : Array.from({ length }, (_, index) => argument(index));
  if (!mapping.parameters) {
    const passed = Math.min(Math.max(count, range.least), range.most);
    return `${mapping.to.text}(${listed(passed).join(', ')})`;
  }
  const { least, most } = argumentRange(mapping);
  const passed = Math.min(Math.max(count, least), most);
  // A mapping without a rest parameter names what it takes of the rest: rest[0], rest[1].
  const texts =
    most === Number.POSITIVE_INFINITY ? listed(passed) : Array.from({ length: passed }, (_, at) => argument(at));
  return fillTemplate(mapping, texts);
}
