import type { Hit } from './search.ts';

/** Whether the hit may name a package. */
export function isPackage({ modules }: Hit): boolean {
  return modules.some(({ module }) => module.kind === 'package');
}

/** Whether the string that the hit is the content of follows an opening parenthesis. */
export function opensCall(text: string, { place }: Hit): boolean {
  const before = place.range.start - 1;
  return /\(\s*$/.test(text.slice(Math.max(0, before - LONGEST_BLANK), before));
}

const LONGEST_BLANK = 200;

/** Whether the hit is the whole content of a string: `'register_handler'`. */
export function spelledOut(text: string, hit: Hit): boolean {
  const { start, end } = hit.place.range;
  const quote = text[start - 1];
  return quote !== undefined && '\'"`'.includes(quote) && text[end] === quote;
}
