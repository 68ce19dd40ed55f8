import type { SignatureSurface } from '../compiler/surface.ts';
import type { Carriers } from './carriers.ts';
import type { Forward } from './proxy-module.ts';
import type { TypeWriter } from './type-writer.ts';

/** How a call is written out. */
export interface CallText {
  /** Overload signatures without the name, `<T>(a: A): B`; empty when the head says it all. */
  readonly overloads: readonly string[];
  /** The implementation's own: type parameters, parameters and, in TypeScript, the return type. */
  readonly head: string;
  /** Statements, one a line. */
  readonly body: readonly string[];
}

/** What stands in front of an expression: `this.` for members, the canonical name for functions, `super`. */
export interface CallOptions {
  readonly receiver: string;
  /** The file in which the signatures' types resolve. */
  readonly scope: string;
  /** Classes of which canonical code gives instances, under the type of the canonical class. */
  readonly carriers: Carriers;
  readonly isConstructor?: boolean;
}

export function renderTypedCall(
  forward: Forward,
  signatures: readonly SignatureSurface[],
  types: TypeWriter,
  { receiver, scope, carriers, isConstructor = false }: CallOptions,
): CallText {
  const [only] = signatures;
  const typed = forward.typed && only !== undefined && isAligned(forward, only);
  if (!typed) {
    const overloads = signatures.map((signature) =>
      isConstructor ? parametersOnly(signature, types, scope) : types.writeSignature(signature.text, scope),
    );
    const parameters = forward.parameters.map((name) => (name.startsWith('...') ? `${name}: any[]` : `${name}?: any`));
    const self = signatures.some(({ thisType }) => thisType !== undefined) ? ['this: any'] : [];
    const head = `(${[...self, ...parameters].join(', ')})${isConstructor ? '' : ': any'}`;
    return { overloads, head, body: statements(forward, receiver, !isConstructor, '') };
  }
  const parameters = only.parameters.map(({ optional, type }, index) => {
    const name = forward.parameters[index]!;
    return `${name}${optional ? '?' : ''}: ${types.write(type, scope)}`;
  });
  if (isConstructor) {
    return { overloads: [], head: `(${parameters.join(', ')})`, body: statements(forward, receiver, false, '') };
  }
  if (only.thisType !== undefined) parameters.unshift(`this: ${types.write(only.thisType, scope)}`);
  // A predicate speaks of a parameter by its name, which only the signature as a whole has.
  const isPredicate = /^(asserts\s|[\w$]+ is\s)/.test(only.returnType);
  const returnType = isPredicate ? only.returnType : types.write(only.returnType, scope);
  const isCarrier = !isPredicate && carriers.areNamed(only.returnType, scope);
  const cast = isCarrier ? ` as ${returnType}` : '';
  return {
    overloads: [],
    head: `${types.writeParameters(only.typeParameters, scope)}(${parameters.join(', ')}): ${returnType}`,
    body: statements(forward, receiver, returnType !== 'void', cast),
  };
}

export function renderPlainCall(forward: Forward, receiver: string, returns: boolean): CallText {
  return {
    overloads: [],
    head: `(${forward.parameters.join(', ')})`,
    body: statements(forward, receiver, returns, ''),
  };
}

function isAligned(forward: Forward, { parameters }: SignatureSurface): boolean {
  return (
    forward.parameters.length === parameters.length &&
    parameters.every(({ rest }, index) => rest === forward.parameters[index]!.startsWith('...'))
  );
}

function parametersOnly(signature: SignatureSurface, types: TypeWriter, scope: string): string {
  const list = signature.parameters.map(
    ({ name, type, optional, rest }) =>
      `${rest ? '...' : ''}${name}${optional ? '?' : ''}: ${types.write(type, scope)}`,
  );
  return `(${list.join(', ')})`;
}

function statements({ cases }: Forward, receiver: string, returns: boolean, cast: string): readonly string[] {
  const statement = (expression: string): string => `${returns ? 'return ' : ''}${receiver}${expression}${cast};`;
  return cases.map(({ most, expression }, index) => {
    const isLast = index === cases.length - 1;
    const guard = isLast ? '' : `if (arguments.length <= ${most}) `;
    return `${index > 0 && !returns ? 'else ' : ''}${guard}${statement(expression)}`;
  });
}
