import { type Further, memberOf } from './member-of.ts';
import { prototypeMembers } from './prototype-members.ts';
import type { SymbolReader } from './symbol-reader.ts';
import { isBindingElement, isCallExpression, isPropertyAccessExpression, type Node, TypeFlags } from './typescript.ts';
import { typeOfValue } from './value-types.ts';

/** The members of that name of what an expression or a pattern stands for. */
export function memberOfValue(value: Node, name: string, reader: SymbolReader): Further | undefined {
  const type = typeOfValue(value, reader);
  if (type === undefined || type.flags & TypeFlags.Any) {
    const declarations = prototypeMembers(value, name, reader);
    if (declarations.length > 0) return { declarations };
    const mocked = mockedValue(value);
    if (mocked !== undefined) return memberOfValue(mocked, name, reader);
  }
  return type === undefined ? undefined : memberOf(type, name, reader);
}

/** `vi.mocked(router)` is the router, whether the library is installed or not. */
function mockedValue(value: Node): Node | undefined {
  if (!isCallExpression(value) || !/^(?:vi|vitest|jest)\.mocked$/.test(value.expression.getText())) return undefined;
  return value.arguments[0];
}

/** What a name is a member of, where the checker has no symbol for it; `undefined` when that is not known either. */
export function memberOfReceiver(name: Node, reader: SymbolReader): Further | undefined {
  const { parent } = name;
  let value: Node | undefined;
  if (isPropertyAccessExpression(parent) && parent.name === name) value = parent.expression;
  else if (isBindingElement(parent) && parent.propertyName === name) value = parent.parent;
  const member = value === undefined ? undefined : memberOfValue(value, name.getText(), reader);
  return member === undefined || 'why' in member ? undefined : member;
}
