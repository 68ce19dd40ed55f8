import { structureOf } from './structure.ts';
import type { SymbolReader } from './symbol-reader.ts';
import {
  isBindingElement,
  isIdentifier,
  isPropertyAccessExpression,
  isSourceFile,
  isTypeReferenceNode,
  type NativeSymbol,
  type Node,
  SymbolFlags,
  SyntaxKind,
  type Type,
} from './typescript.ts';

/**
 * The type of an expression or a pattern. Where JSDoc names a class that CommonJS hands on as a value
 * (`module.exports = { Router }`, `@param {Router} router`), TypeScript 7 sees no type; it is the class's then.
 */
export function typeOfValue(node: Node, reader: SymbolReader): Type | undefined {
  const type = reader.project.checker.getTypeAtLocation(node);
  if (type === undefined || !type.isErrorType()) return type;
  return (
    reader.once(`value ${node.getSourceFile().fileName} ${node.pos} ${node.end}`, () => namedType(node, reader)) ?? type
  );
}

function namedType(node: Node, reader: SymbolReader): Type | undefined {
  const annotation = annotationOf(node, reader);
  return annotation === undefined ? undefined : classNamedBy(annotation, reader);
}

/** The type that is written where an expression's value, or a pattern's, is declared. */
export function annotationOf(node: Node, reader: SymbolReader): Node | undefined {
  switch (node.kind) {
    case SyntaxKind.ParenthesizedExpression:
      return typeOf(node) ?? annotationOf((node as Wrapper).expression, reader);
    case SyntaxKind.AsExpression:
      return typeOf(node);
    case SyntaxKind.ObjectBindingPattern: {
      const holder = node.parent as Node & { readonly initializer?: Node };
      if (isBindingElement(holder)) return undefined;
      return typeOf(holder) ?? (holder.initializer && annotationOf(holder.initializer, reader));
    }
  }
  if (!isIdentifier(node) && !isPropertyAccessExpression(node)) return undefined;
  const symbol = reader.project.checker.getSymbolAtLocation(node);
  const facts = symbol === undefined ? [] : reader.read(symbol).facts;
  return facts.length === 1 ? typeOf(facts[0]!.node) : undefined;
}

type Wrapper = Node & { readonly expression: Node };

function typeOf(node: Node): Node | undefined {
  return (node as { type?: Node }).type;
}

const OF_THE_SAME_MEMBERS = new Set(['Partial', 'Readonly', 'Required', 'NonNullable']);

/** The class that stands, as a value, where a type is asked for; `undefined` when something else does. */
export function classNamedBy(annotation: Node, reader: SymbolReader): Type | undefined {
  const named = valueNamedBy(annotation, reader);
  const facts = named === undefined ? [] : reader.read(named).facts;
  const declaration = facts.length === 1 ? facts[0]!.declaration : undefined;
  if (declaration?.kind !== 'class') return undefined;
  const { symbol, type } = structureOf(declaration, reader) ?? {};
  return symbol !== undefined && symbol.flags & SymbolFlags.Class ? type : undefined;
}

/** The value that a type names, where there is no type of that name. */
export function valueNamedBy(annotation: Node, reader: SymbolReader): NativeSymbol | undefined {
  if (annotation.kind === SyntaxKind.ImportType) return importedValue(annotation, reader);
  if (annotation.kind === SyntaxKind.UnionType) {
    const arms = (annotation as Node & { readonly types: readonly Node[] }).types.filter((arm) => !isNothing(arm));
    return arms.length === 1 ? valueNamedBy(arms[0]!, reader) : undefined;
  }
  const inner = typeOf(annotation);
  if (inner !== undefined && WRAPPERS.has(annotation.kind)) return valueNamedBy(inner, reader);
  if (!isTypeReferenceNode(annotation) || !isIdentifier(annotation.typeName)) return undefined;
  const { typeName, typeArguments } = annotation;
  if (typeArguments === undefined) {
    return reader.project.checker.resolveName(typeName.text, SymbolFlags.Value, annotation);
  }
  const keepsMembers = typeArguments.length === 1 && OF_THE_SAME_MEMBERS.has(typeName.text);
  return keepsMembers ? valueNamedBy(typeArguments[0]!, reader) : undefined;
}

function isNothing(type: Node): boolean {
  return (
    type.kind === SyntaxKind.UndefinedKeyword || (type.kind === SyntaxKind.LiteralType && type.getText() === 'null')
  );
}

const WRAPPERS = new Set<SyntaxKind>([
  SyntaxKind.ParenthesizedType,
  SyntaxKind.JSDocNullableType,
  SyntaxKind.JSDocNonNullableType,
  SyntaxKind.JSDocOptionalType,
]);

/** `import('./router').Router`, where the module says `module.exports = { Router }`. */
function importedValue(annotation: Node, reader: SymbolReader): NativeSymbol | undefined {
  const { argument, qualifier } = annotation as Node & {
    readonly argument: { literal?: Node };
    readonly qualifier?: Node;
  };
  const { checker } = reader.project;
  const module = argument.literal === undefined ? undefined : checker.getSymbolAtLocation(argument.literal);
  const source = module === undefined ? undefined : reader.read(module).facts[0]?.node;
  if (source === undefined || !isSourceFile(source) || qualifier === undefined) return undefined;
  const assigned = checker
    .getSymbolAtLocation(source)
    ?.getExports()
    .get('export=' as never);
  const target = assigned === undefined ? undefined : reader.target(assigned);
  const type = target === undefined ? undefined : checker.getTypeOfSymbol(target);
  return type === undefined ? undefined : checker.getPropertyOfType(type, qualifier.getText());
}
