import type { Declaration } from '../contract.ts';
import type { SymbolReader } from './symbol-reader.ts';
import { type NativeSymbol, type Type, TypeFlags } from './typescript.ts';

/** What a name that declares something also refers to: symbols or declarations, or why that is not known. */
export type Further = Members | { readonly declarations: readonly Declaration[] } | { readonly why: string };
export type Members = {
  readonly symbols: readonly NativeSymbol[];
  /** For what stands in for them in mocks: where the specifiers of those mocks begin. */
  readonly mocks?: readonly number[];
};

/** The members of that name in a type; in a union, those of its arms. */
export function memberOf(type: Type, name: string, reader: SymbolReader): Members | { readonly why: string } {
  return reader.once(`member ${type.id} ${name}`, () => findMember(type, name, reader));
}

function findMember(type: Type, name: string, reader: SymbolReader): ReturnType<typeof memberOf> {
  const { checker } = reader.project;
  if (type.flags & TypeFlags.Any) return { why: 'the receiver is any' };
  if (type.flags & TypeFlags.Unknown) return { why: 'the receiver is unknown' };
  const whole = checker.getPropertyOfType(type, name);
  if (whole !== undefined) return { symbols: [whole] };
  const known = checker.getNonNullableType(type) ?? type;
  const apparent = checker.getApparentType(known) ?? known;
  const arms = apparent.isUnionType() ? (apparent.getTypes() ?? []) : [apparent];
  const symbols = arms.flatMap((arm) => checker.getPropertyOfType(arm, name) ?? []);
  if (symbols.length > 0) return { symbols };
  const indexed = checker.getIndexInfosOfType(apparent).length > 0;
  const text = checker.typeToString(type);
  if (indexed) return { why: `the receiver has an index signature (${text})` };
  return { why: `the receiver is typed ${text}, which has no member "${name}"` };
}
