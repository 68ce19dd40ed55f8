import type { Place } from '../base/places.ts';
import type { Declaration } from '../compiler/contract.ts';
import type { Reason, Verdict } from './usage.ts';

export function unrelated(code: string, text: string, declarations?: readonly Place[]): Verdict {
  return { kind: 'unrelated', reason: reason(code, text, declarations) };
}

export function unclear(code: string, text: string, declarations?: readonly Place[]): Verdict {
  return { kind: 'unclear', reason: reason(code, text, declarations) };
}

export function reason(code: string, text: string, declarations?: readonly Place[]): Reason {
  return declarations ? { code, text, declarations } : { code, text };
}

/** How a reason names a declaration. */
export function label(declaration: Declaration): string {
  const { kind, name, owner } = declaration;
  if (!owner) return `the ${kind} ${name}`;
  if (owner.kind === 'object') return `${name} of an object literal`;
  return owner.name === '' ? `${name} of a ${owner.kind} without a name` : `${owner.name}.${name}`;
}
