import type { Ancestor, Declaration } from '../contract.ts';
import { type FindModule, importAt } from './comment-places.ts';
import type { Programs } from './programs.ts';
import { exportOf, structureOf, symbolsOf } from './structure.ts';
import type { SymbolReader } from './symbol-reader.ts';
import { type NativeSymbol, type Node, SymbolFlags, SyntaxKind, type Type } from './typescript.ts';

/** A class or interface above another, and the members for which it is; `undefined`: for all. */
interface Above {
  readonly symbol: NativeSymbol;
  readonly only: ReadonlySet<string> | undefined;
}

/** The classes and interfaces above one, nearest first. */
export function readHeritage(
  declaration: Declaration,
  programs: Programs,
  findModule: FindModule,
): readonly Ancestor[] {
  const { reader } = programs.of(declaration.file);
  const start = structureOf(declaration, reader)?.symbol;
  if (start === undefined) return [];
  const seen = new Set([keyOf({ symbol: start, only: undefined })]);
  const found: Ancestor[] = [];
  let level: readonly Above[] = [{ symbol: start, only: undefined }];
  while (level.length > 0) {
    const next: Above[] = [];
    for (const above of level.flatMap(({ symbol, only }) => directlyAbove(symbol, only, reader, findModule))) {
      const key = keyOf(above);
      if (seen.has(key)) continue;
      seen.add(key);
      next.push(above);
      const { symbol, only } = above;
      found.push(...reader.declarations(symbol).map((each) => (only === undefined ? each : { ...each, only })));
    }
    level = next;
  }
  return found;
}

function keyOf({ symbol, only }: Above): string {
  return `${symbol.id} ${only === undefined ? '' : [...only].join()}`;
}

function directlyAbove(
  symbol: NativeSymbol,
  only: Above['only'],
  reader: SymbolReader,
  findModule: FindModule,
): readonly Above[] {
  const { checker } = reader.project;
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  const extended = type.isClassOrInterface() ? checker.getBaseTypes(type) : [];
  const implemented = symbol.declarations.flatMap((handle) => {
    const node = handle.resolve(reader.project);
    return node === undefined ? [] : implementsOf(node).map((each) => implementedType(each, reader, findModule));
  });
  return [...extended, ...implemented].flatMap((base) => (base === undefined ? [] : declaredAs(base, only, reader)));
}

/** The types that a class says it implements; `extends` is left to the checker, which knows mixins. */
function implementsOf(node: Node): readonly Node[] {
  const clauses = (node as { heritageClauses?: readonly HeritageClause[] }).heritageClauses ?? [];
  return clauses
    .filter((clause) => clause.token === SyntaxKind.ImplementsKeyword)
    .flatMap((clause) => [...clause.types]);
}

/** The type of `implements X`; of JSDoc's `@implements` with an import type too, which the checker reads as a name, the export's. */
function implementedType(node: Node, reader: SymbolReader, findModule: FindModule): Type | undefined {
  const { checker } = reader.project;
  const source = node.getSourceFile();
  const start = node.getStart(source);
  const imported = source.text.startsWith('import', start) ? importAt(source.text, start) : undefined;
  if (imported === undefined) return checker.getTypeAtLocation(node);
  const file = findModule(source.fileName, imported.specifier);
  const symbol = file === undefined ? undefined : exportOf(file, imported.name, reader);
  const [declaration] = symbol === undefined ? [] : reader.declarations(symbol);
  return declaration && structureOf(declaration, reader)?.type;
}

type HeritageClause = { readonly token: SyntaxKind; readonly types: readonly Node[] };

const NAMED = SymbolFlags.Class | SymbolFlags.Interface;

/**
 * The classes and interfaces of a type. One that is made of another, as `Pick<Router, 'add'>` is, stands for the members
 * that it took from there.
 */
function declaredAs(type: Type, only: Above['only'], reader: SymbolReader): readonly Above[] {
  if (type.isIntersectionType()) return type.getTypes().flatMap((each) => declaredAs(each, only, reader));
  const symbols = symbolsOf(type);
  if (symbols.some(({ flags }) => flags & NAMED)) return symbols.map((symbol) => ({ symbol, only }));
  const taken = new Map<number, { symbol: NativeSymbol; names: Set<string> }>();
  for (const property of reader.project.checker.getPropertiesOfType(type)) {
    if (only !== undefined && !only.has(property.name)) continue;
    for (const owner of reader.declarations(property).flatMap((each) => each.owner ?? [])) {
      const symbol = structureOf(owner, reader)?.symbol;
      if (symbol === undefined || !(symbol.flags & NAMED)) continue;
      const known = taken.get(symbol.id) ?? { symbol, names: new Set() };
      taken.set(symbol.id, known);
      known.names.add(property.name);
    }
  }
  const made = [...taken.values()].map(({ symbol, names }) => ({ symbol, only: names }));
  return made.length > 0 ? made : symbols.map((symbol) => ({ symbol, only }));
}
