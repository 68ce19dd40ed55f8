import { fillTemplate } from '../../src/manifest/mapping.ts';
import type { Mapping } from '../../src/manifest/migration.ts';

/** A mapping's right side for one call: text, and the arguments (by index) that stand between. */
export interface FilledCall {
  /** One more than `order`: the text before, between and behind the arguments. The canonical member's name is cut off. */
  readonly texts: readonly string[];
  readonly order: readonly number[];
}

const MARK = /\/\*§(\d+)\*\//g;

/**
 * The template of a mapping taken apart around the arguments, so that they can stay where they are. Each argument goes in
 * with a mark behind it: `fillTemplate` then decides on parentheses and clashing names as it does for the whole text.
 * `locals` are the names under which the file has what the template needs.
 * `keepsShorthand` says whether an argument may be written as `{ name }`.
 */
export function fillCall(
  mapping: Mapping,
  args: readonly string[],
  locals: ReadonlyMap<string, string>,
  keepsShorthand: (argument: number) => boolean,
): FilledCall {
  const filled = fillTemplate(
    mapping,
    args.map((text, i) => `${text}/*§${i}*/`),
    locals,
  ).slice(mapping.to.member.length);
  const texts: string[] = [];
  const order: number[] = [];
  let from = 0;
  for (const mark of filled.matchAll(MARK)) {
    const argument = Number(mark[1]);
    const text = args[argument]!;
    const before = filled.slice(from, mark.index - text.length);
    const key = new RegExp(`([{,]\\s*)${escaped(text)}: $`).exec(before);
    texts.push(key && keepsShorthand(argument) ? before.slice(0, key.index) + key[1] : before);
    order.push(argument);
    from = mark.index + mark[0].length;
  }
  texts.push(filled.slice(from));
  return { texts, order };
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
