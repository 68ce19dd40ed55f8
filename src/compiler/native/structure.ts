import type { Declaration } from '../contract.ts';
import type { Programs } from './programs.ts';
import type { SymbolReader } from './symbol-reader.ts';
import { getTokenAtPosition, type NativeSymbol, type Node, SymbolFlags, SyntaxKind, type Type } from './typescript.ts';

const CLASS_OR_INTERFACE = SymbolFlags.Class | SymbolFlags.Interface;

/** The exports of a module by name; CommonJS's `module.exports = { … }` gives its members. */
export function readExports(file: string, programs: Programs): ReadonlyMap<string, readonly Declaration[]> {
  const { reader } = programs.of(file);
  const { checker, program } = reader.project;
  const exports = new Map<string, readonly Declaration[]>();
  const source = program.getSourceFile(file);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (module === undefined) return exports;
  const assigned = module.getExports().get('export=' as never);
  if (assigned !== undefined) exports.set('export=', reader.declarations(assigned));
  for (const symbol of [...checker.getExportsOfModule(module), ...assignedMembers(assigned, reader)]) {
    const declarations = reader.declarations(symbol);
    if (declarations.length > 0) exports.set(symbol.name, declarations);
  }
  return exports;
}

/** The classes and interfaces above one, nearest first. */
export function readHeritage(declaration: Declaration, programs: Programs): readonly Declaration[] {
  const { reader } = programs.of(declaration.file);
  const start = structureOf(declaration, reader)?.symbol;
  if (start === undefined) return [];
  const seen = new Set([start.id]);
  const found: Declaration[] = [];
  let level = [start];
  while (level.length > 0) {
    const next: NativeSymbol[] = [];
    for (const symbol of level.flatMap((each) => directlyAbove(each, reader))) {
      if (seen.has(symbol.id)) continue;
      seen.add(symbol.id);
      next.push(symbol);
      found.push(...reader.declarations(symbol));
    }
    level = next;
  }
  return found;
}

/** The members of a class, an interface or an object, inherited ones included. */
export function readMembers(declaration: Declaration, programs: Programs): ReadonlyMap<string, readonly Declaration[]> {
  const { reader } = programs.of(declaration.file);
  const members = new Map<string, readonly Declaration[]>();
  const structure = structureOf(declaration, reader);
  if (structure === undefined) return members;
  for (const symbol of reader.project.checker.getPropertiesOfType(structure.type)) {
    const declarations = reader.declarations(symbol);
    // A `#private` name is known to the checker under a mangled one.
    const name = symbol.name.startsWith('__#') ? declarations[0]?.name : symbol.name;
    if (name !== undefined) members.set(name, declarations);
  }
  return members;
}

/** What a declaration's instances are declared as; several for an intersection. */
export function readShape(declaration: Declaration, programs: Programs): readonly Declaration[] {
  const { reader } = programs.of(declaration.file);
  const structure = structureOf(declaration, reader);
  if (structure === undefined) return [declaration];
  const shapes = symbolsOf(structure.type).flatMap((symbol) => reader.declarations(symbol));
  return shapes.length > 0 ? shapes : [declaration];
}

/** Whether an instance of `given` is assignable to `wanted`, in a program that has both. */
export function isAccepted(wanted: Declaration, given: Declaration, programs: Programs): boolean {
  const others = programs.having(given.file);
  const shared = programs.having(wanted.file).find((program) => others.includes(program));
  if (shared === undefined) return false;
  const [to, from] = [instanceType(wanted, shared.reader), instanceType(given, shared.reader)];
  return to !== undefined && from !== undefined && shared.reader.project.checker.isTypeAssignableTo(from, to);
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

interface Structure {
  readonly symbol: NativeSymbol;
  readonly type: Type;
}

function structureOf(declaration: Declaration, reader: SymbolReader): Structure | undefined {
  const named = symbolAt(declaration, reader);
  const symbol = named === undefined ? undefined : reader.target(named);
  return symbol === undefined ? undefined : instanceSide(symbol, reader);
}

function instanceSide(symbol: NativeSymbol, reader: SymbolReader): Structure | undefined {
  const { checker } = reader.project;
  if (symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface | SymbolFlags.TypeAlias | SymbolFlags.Enum)) {
    return { symbol, type: checker.getDeclaredTypeOfSymbol(symbol) };
  }
  // `const Router = class { … }`: the variable's type is the class's constructor.
  const type = checker.getTypeOfSymbol(symbol);
  const inner = type?.getSymbol();
  if (inner !== undefined && inner.flags & SymbolFlags.Class) {
    return { symbol: inner, type: checker.getDeclaredTypeOfSymbol(inner) };
  }
  return type === undefined ? undefined : { symbol, type };
}

function symbolAt(declaration: Declaration, reader: SymbolReader): NativeSymbol | undefined {
  const { checker, program } = reader.project;
  const { file, range } = declaration;
  const atName = checker.getSymbolAtPosition(file, range.start);
  if (atName !== undefined) return atName;
  // A class without a name answers at its keyword.
  const keyword = program.getSourceFile(file)?.text.indexOf('class', range.start) ?? -1;
  return keyword < 0 || keyword >= range.end ? undefined : checker.getSymbolAtPosition(file, keyword);
}

function directlyAbove(symbol: NativeSymbol, reader: SymbolReader): NativeSymbol[] {
  const { checker } = reader.project;
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  const extended = type.isClassOrInterface() ? checker.getBaseTypes(type) : [];
  const implemented = symbol.declarations.flatMap((handle) => {
    const node = handle.resolve(reader.project);
    return node === undefined ? [] : implementsOf(node).map((each) => checker.getTypeAtLocation(each));
  });
  return [...extended, ...implemented].flatMap((base) => (base === undefined ? [] : symbolsOf(base)));
}

/** The types that a class says it implements; `extends` is left to the checker, which knows mixins. */
function implementsOf(node: Node): readonly Node[] {
  const clauses = (node as { heritageClauses?: readonly HeritageClause[] }).heritageClauses ?? [];
  return clauses
    .filter((clause) => clause.token === SyntaxKind.ImplementsKeyword)
    .flatMap((clause) => [...clause.types]);
}

type HeritageClause = { readonly token: SyntaxKind; readonly types: readonly Node[] };

function symbolsOf(type: Type): NativeSymbol[] {
  if (type.isIntersectionType()) return (type.getTypes() ?? []).flatMap(symbolsOf);
  const symbol = type.getSymbol();
  return symbol === undefined ? [] : [symbol];
}

function assignedMembers(assigned: NativeSymbol | undefined, reader: SymbolReader): readonly NativeSymbol[] {
  if (assigned === undefined) return [];
  const target = reader.target(assigned);
  if (target === undefined || target.flags & CLASS_OR_INTERFACE) return [];
  const type = reader.project.checker.getTypeOfSymbol(target);
  if (type === undefined || type.getSymbol() === undefined) return [];
  return (type.getSymbol()!.flags & SymbolFlags.ObjectLiteral) === 0
    ? []
    : reader.project.checker.getPropertiesOfType(type);
}
