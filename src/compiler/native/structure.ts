import type { Declaration } from '../contract.ts';
import type { Programs } from './programs.ts';
import type { SymbolReader } from './symbol-reader.ts';
import { type NativeSymbol, SymbolFlags, type Type } from './typescript.ts';

const CLASS_OR_INTERFACE = SymbolFlags.Class | SymbolFlags.Interface;

/** The exports of a module by name; CommonJS's `module.exports = { … }` gives its members. */
export function readExports(file: string, programs: Programs): ReadonlyMap<string, readonly Declaration[]> {
  const { reader } = programs.of(file);
  const exports = new Map<string, readonly Declaration[]>();
  const { assigned, named } = exportedSymbols(file, reader);
  if (assigned !== undefined) exports.set('export=', reader.declarations(assigned));
  for (const symbol of named) {
    const declarations = reader.declarations(symbol);
    if (declarations.length > 0) exports.set(symbol.name, declarations);
  }
  return exports;
}

/** One export of a module, aliases followed; `undefined` when the program does not have it. */
export function exportOf(file: string, name: string, reader: SymbolReader): NativeSymbol | undefined {
  const symbol = exportedSymbols(file, reader).named.find((each) => each.name === name);
  return symbol && reader.target(symbol);
}

function exportedSymbols(file: string, reader: SymbolReader) {
  const { checker, program } = reader.project;
  const source = program.getSourceFile(file);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (module === undefined) return { assigned: undefined, named: [] };
  const assigned = module.getExports().get('export=' as never);
  return { assigned, named: [...checker.getExportsOfModule(module), ...assignedMembers(assigned, reader)] };
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

/** A type with the symbol that it is declared by. */
export interface Structure {
  readonly symbol: NativeSymbol;
  readonly type: Type;
}

/** The type of a declaration's instances. */
export function structureOf(declaration: Declaration, reader: SymbolReader): Structure | undefined {
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

/** The symbols of a type; several for an intersection. */
export function symbolsOf(type: Type): NativeSymbol[] {
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
