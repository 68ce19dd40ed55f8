import type { Declaration } from '../contract.ts';
import { isJavaScript } from '../projects/memory-config.ts';
import { readDeclaration, textRange } from './read-declaration.ts';
import type { SymbolReader } from './symbol-reader.ts';
import {
  isBinaryExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSourceFile,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
} from './typescript.ts';
import { annotationOf, valueNamedBy } from './value-types.ts';

/**
 * The members of that name that JavaScript puts on a function's prototype (`Old.prototype.add = function`), for a value
 * that is `Old.prototype`, `new Old()`, a variable that only ever holds one or that JSDoc says to be one, or `this` in
 * such a method. TypeScript 7 no longer sees classes in these; empty for everything else.
 */
export function prototypeMembers(value: Node, name: string, reader: SymbolReader): readonly Declaration[] {
  const maker = constructorOf(value, reader);
  if (maker === undefined || !isJavaScript(maker.getSourceFile().fileName)) return [];
  const owner: Declaration = { ...readDeclaration(maker), kind: 'class' };
  const prototype = `${owner.name}.prototype`;
  return maker
    .getSourceFile()
    .statements.flatMap((statement) => membersPut(statement, prototype))
    .filter(([member]) => member.getText() === name)
    .map(([member, put]) => ({
      file: owner.file,
      name,
      range: textRange(member, member.getSourceFile()),
      kind: isFunction(put) ? 'method' : 'property',
      owner,
    }));
}

/** The names and values that a statement puts on a prototype. */
function membersPut(statement: Node, prototype: string): (readonly [name: Node, value: Node])[] {
  const assignment = (statement as { expression?: Node }).expression;
  if (assignment === undefined || !isBinaryExpression(assignment)) return [];
  const { left, right } = assignment;
  if (isPropertyAccessExpression(left) && left.expression.getText() === prototype) return [[left.name, right]];
  if (left.getText() !== prototype || !isObjectLiteralExpression(right)) return [];
  return right.properties.flatMap((property) => {
    const { name, initializer } = property as { name?: Node; initializer?: Node };
    return name === undefined ? [] : [[name, initializer ?? property] as const];
  });
}

function constructorOf(value: Node, reader: SymbolReader): Node | undefined {
  if (value.kind === SyntaxKind.ThisKeyword) return constructorAround(value, reader);
  if (value.kind === SyntaxKind.ObjectBindingPattern) {
    const { initializer } = value.parent as Node & { readonly initializer?: Node };
    if (initializer !== undefined) return constructorOf(initializer, reader);
  }
  if (isPropertyAccessExpression(value) && value.name.text === 'prototype') {
    return functionNamed(value.expression, reader);
  }
  if (isNewExpression(value)) return functionNamed(value.expression, reader);
  const only = isIdentifier(value) ? onlyValue(value, reader) : undefined;
  return (only && constructorOf(only, reader)) ?? functionAnnotated(value, reader);
}

/** The function that JSDoc names as the type of a value: `@param {Old} old`. */
function functionAnnotated(value: Node, reader: SymbolReader): Node | undefined {
  const annotation = annotationOf(value, reader);
  const named = annotation === undefined ? undefined : valueNamedBy(annotation, reader);
  const declared = named === undefined ? undefined : reader.read(named).facts[0]?.node;
  return declared?.kind === SyntaxKind.FunctionDeclaration ? declared : undefined;
}

/** The function whose prototype the method around `this` is put on, or which is the constructor itself. */
function constructorAround(self: Node, reader: SymbolReader): Node | undefined {
  let around = self.parent;
  while (!isSourceFile(around) && !isFunction(around)) around = around.parent;
  if (around.kind === SyntaxKind.FunctionDeclaration) return around;
  let outer = around.parent;
  if (outer?.kind === SyntaxKind.PropertyAssignment) outer = outer.parent.parent;
  if (outer === undefined || !isBinaryExpression(outer)) return undefined;
  const target =
    isPropertyAccessExpression(outer.left) && outer.left.name.text === 'prototype' ? outer.left : undefined;
  const prototype = target ?? (outer.left as { expression?: Node }).expression;
  if (prototype === undefined || !isPropertyAccessExpression(prototype)) return undefined;
  return prototype.name.text === 'prototype' ? functionNamed(prototype.expression, reader) : undefined;
}

function functionNamed(node: Node, reader: SymbolReader): Node | undefined {
  const { checker } = reader.project;
  // `require('./old')` has no symbol of its own, and is the function all the same.
  const symbol = checker.getSymbolAtLocation(node) ?? checker.getTypeAtLocation(node)?.getSymbol();
  const declared = symbol === undefined ? undefined : reader.read(symbol).facts[0]?.node;
  return declared?.kind === SyntaxKind.FunctionDeclaration ? declared : undefined;
}

/** What a variable is declared with, when nothing else is ever assigned to it. */
function onlyValue(name: Node, reader: SymbolReader): Node | undefined {
  const symbol = reader.project.checker.getSymbolAtLocation(name);
  const declared = symbol === undefined ? undefined : reader.read(symbol).facts;
  const node = declared?.length === 1 ? declared[0]!.node : undefined;
  if (node === undefined || !isVariableDeclaration(node) || node.getSourceFile() !== name.getSourceFile()) {
    return undefined;
  }
  const assigned = new RegExp(`(?<![\\w$.])${name.getText().replaceAll('$', '\\$')}\\s*=(?!=)`, 'g');
  const count = [...node.getSourceFile().text.matchAll(assigned)].length;
  return count === 1 ? node.initializer : undefined;
}

function isFunction(node: Node): boolean {
  return (
    node.kind === SyntaxKind.FunctionExpression ||
    node.kind === SyntaxKind.FunctionDeclaration ||
    node.kind === SyntaxKind.MethodDeclaration
  );
}
