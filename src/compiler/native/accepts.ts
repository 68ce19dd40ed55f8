import type { Declaration } from '../contract.ts';
import type { Programs } from './programs.ts';
import { structureOf } from './structure.ts';
import type { SymbolReader } from './symbol-reader.ts';
import { isAcceptedForSome } from './type-fit.ts';
import { getTokenAtPosition, SyntaxKind, type Type } from './typescript.ts';

/** Whether an instance of `given` is assignable to `wanted` for some type arguments, in a program that has both. */
export function isAccepted(wanted: Declaration, given: Declaration, programs: Programs): boolean {
  const others = programs.having(given.file);
  const shared = programs.having(wanted.file).find((program) => others.includes(program));
  if (shared === undefined) return false;
  const { reader } = shared;
  const [to, from] = [instanceType(wanted, reader), instanceType(given, reader)];
  if (to === undefined || from === undefined) return false;
  if (reader.project.checker.isTypeAssignableTo(from, to)) return true;
  // Two classes that are alike are two implementations, whatever their type parameters are.
  return wanted.kind !== 'class' && wanted.kind !== 'object' && isAcceptedForSome(from, to, reader);
}

function instanceType(declaration: Declaration, reader: SymbolReader): Type | undefined {
  const { checker, program } = reader.project;
  const source = program.getSourceFile(declaration.file);
  if (declaration.kind !== 'type' || declaration.name !== '' || source === undefined) {
    return structureOf(declaration, reader)?.type;
  }
  // `{ add(): void }` where a type is asked for: there is no name to ask at.
  const literal = getTokenAtPosition(source, declaration.range.start).parent;
  return literal.kind === SyntaxKind.TypeLiteral ? checker.getTypeAtLocation(literal) : undefined;
}
