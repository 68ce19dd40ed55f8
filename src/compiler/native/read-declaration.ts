import path from 'node:path';
import type { TextRange } from '../../base/places.ts';
import type { Declaration, DeclarationKind } from '../contract.ts';
import {
  isBinaryExpression,
  isClassDeclaration,
  isClassExpression,
  isElementAccessExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSourceFile,
  isStringLiteral,
  isVariableDeclaration,
  type Node,
  type SourceFile,
  SyntaxKind,
} from './typescript.ts';

/** The declaration that a node of the tree makes; its name's range, its kind and its owner are read off the tree. */
export function readDeclaration(node: Node): Declaration {
  const file = node.getSourceFile();
  const name = nameOf(node);
  return {
    file: file.fileName,
    name: name?.text ?? unnamed(node),
    range: name === undefined ? wholeRange(node, file) : name.range,
    kind: kindOf(node),
    owner: ownerOf(node),
  };
}

interface Name {
  readonly text: string;
  readonly range: TextRange;
}

/** The range of a name or a string's text, without quotes. */
export function textRange(node: Node, file: SourceFile): TextRange {
  const quote = isStringLiteral(node) || node.kind === SyntaxKind.NoSubstitutionTemplateLiteral ? 1 : 0;
  return { start: node.getStart(file) + quote, end: node.end - quote };
}

function wholeRange(node: Node, file: SourceFile): TextRange {
  return isSourceFile(node) ? { start: 0, end: file.end } : { start: node.getStart(file), end: node.end };
}

function nameOf(node: Node): Name | undefined {
  const named = nameNode(node);
  if (named === undefined) return undefined;
  const file = named.getSourceFile();
  const range = textRange(named, file);
  return { text: file.text.slice(range.start, range.end), range };
}

/** The node that names a declaration: its own name, or for an anonymous value that of what it is assigned to. */
function nameNode(node: Node): Node | undefined {
  const own = (node as { name?: Node }).name;
  if (own !== undefined) return own;
  if (isBinaryExpression(node)) return assignedName(node.left);
  if (isElementAccessExpression(node)) return assignedName(node);
  if (node.kind === SyntaxKind.Identifier) return node;
  return isAnonymousValue(node) ? nameOfHolder(node) : undefined;
}

function nameOfHolder(value: Node): Node | undefined {
  let holder = value.parent;
  while (holder.kind === SyntaxKind.ParenthesizedExpression || holder.kind === SyntaxKind.AsExpression) {
    holder = holder.parent;
  }
  if (isVariableDeclaration(holder) || isTypeAlias(holder)) return nameNode(holder);
  if (holder.kind === SyntaxKind.PropertyAssignment || holder.kind === SyntaxKind.PropertyDeclaration) {
    return nameNode(holder);
  }
  if (isBinaryExpression(holder) && holder.operatorToken.kind === SyntaxKind.EqualsToken) return holder.left;
  return undefined;
}

function isTypeAlias(node: Node): boolean {
  return node.kind === SyntaxKind.TypeAliasDeclaration || node.kind === SyntaxKind.JSTypeAliasDeclaration;
}

function assignedName(target: Node): Node {
  if (isPropertyAccessExpression(target)) return target.name;
  return isElementAccessExpression(target) ? target.argumentExpression : target;
}

function isAnonymousValue(node: Node): boolean {
  return (
    isClassExpression(node) ||
    isObjectLiteralExpression(node) ||
    node.kind === SyntaxKind.FunctionExpression ||
    node.kind === SyntaxKind.ArrowFunction ||
    node.kind === SyntaxKind.TypeLiteral
  );
}

function unnamed(node: Node): string {
  if (isSourceFile(node)) return path.posix.basename(node.fileName);
  if (node.kind === SyntaxKind.Constructor) return 'constructor';
  const isDefault =
    node.kind === SyntaxKind.ExportAssignment ||
    isClassDeclaration(node) ||
    node.kind === SyntaxKind.FunctionDeclaration;
  return isDefault ? 'default' : '';
}

const KINDS: Partial<Record<SyntaxKind, DeclarationKind>> = {
  [SyntaxKind.ClassDeclaration]: 'class',
  [SyntaxKind.ClassExpression]: 'class',
  [SyntaxKind.InterfaceDeclaration]: 'interface',
  [SyntaxKind.FunctionDeclaration]: 'function',
  [SyntaxKind.FunctionExpression]: 'function',
  [SyntaxKind.ArrowFunction]: 'function',
  [SyntaxKind.VariableDeclaration]: 'variable',
  [SyntaxKind.BindingElement]: 'variable',
  [SyntaxKind.ExportAssignment]: 'variable',
  [SyntaxKind.Parameter]: 'parameter',
  [SyntaxKind.TypeAliasDeclaration]: 'type',
  [SyntaxKind.JSTypeAliasDeclaration]: 'type',
  [SyntaxKind.TypeParameter]: 'type',
  [SyntaxKind.TypeLiteral]: 'type',
  [SyntaxKind.EnumDeclaration]: 'enum',
  [SyntaxKind.ModuleDeclaration]: 'namespace',
  [SyntaxKind.SourceFile]: 'module',
  [SyntaxKind.MethodDeclaration]: 'method',
  [SyntaxKind.MethodSignature]: 'method',
  [SyntaxKind.PropertyDeclaration]: 'property',
  [SyntaxKind.PropertySignature]: 'property',
  [SyntaxKind.PropertyAssignment]: 'property',
  [SyntaxKind.ShorthandPropertyAssignment]: 'property',
  [SyntaxKind.JsxAttribute]: 'property',
  [SyntaxKind.PropertyAccessExpression]: 'property',
  [SyntaxKind.ElementAccessExpression]: 'property',
  [SyntaxKind.EnumMember]: 'property',
  [SyntaxKind.GetAccessor]: 'accessor',
  [SyntaxKind.SetAccessor]: 'accessor',
  [SyntaxKind.Constructor]: 'constructor',
  [SyntaxKind.ObjectLiteralExpression]: 'object',
};

function kindOf(node: Node): DeclarationKind {
  if (node.kind === SyntaxKind.Parameter && isParameterProperty(node)) return 'property';
  if (isBinaryExpression(node)) {
    const value = KINDS[node.right.kind];
    const isValue = value === 'class' || value === 'function';
    return isValue && !isThisProperty(node) ? value : 'property';
  }
  return KINDS[node.kind] ?? 'other';
}

const MEMBER_HOLDERS = new Set([
  SyntaxKind.ClassDeclaration,
  SyntaxKind.ClassExpression,
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.TypeLiteral,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.EnumDeclaration,
]);

function ownerOf(node: Node): Declaration | undefined {
  if (isSourceFile(node)) return undefined;
  if (MEMBER_HOLDERS.has(node.parent.kind) && node.kind !== SyntaxKind.TypeParameter) {
    return readDeclaration(node.parent);
  }
  if (isParameterProperty(node)) return readDeclaration(node.parent.parent);
  const holder = isThisProperty(node) ? enclosingClass(node) : expandedFunction(node);
  return holder === undefined ? undefined : readDeclaration(holder);
}

function isParameterProperty(node: Node): boolean {
  if (node.kind !== SyntaxKind.Parameter || node.parent.kind !== SyntaxKind.Constructor) return false;
  const modifiers = (node as { modifiers?: readonly Node[] }).modifiers ?? [];
  return modifiers.some((modifier) => modifier.kind !== SyntaxKind.Decorator);
}

/** `this.x = …` or `this['x'] = …`, with which JavaScript declares a property. */
function isThisProperty(node: Node): boolean {
  const target = isBinaryExpression(node) ? node.left : node;
  if (!isPropertyAccessExpression(target) && !isElementAccessExpression(target)) return false;
  return target.expression.kind === SyntaxKind.ThisKeyword;
}

/** The function or class of the file that `Old.make = …` gives a static member. */
function expandedFunction(node: Node): Node | undefined {
  const target = isBinaryExpression(node) ? node.left : node;
  if (!isPropertyAccessExpression(target) || target.expression.kind !== SyntaxKind.Identifier) return undefined;
  const name = target.expression.getText();
  return node.getSourceFile().statements.find((statement) => {
    const isHolder = isClassDeclaration(statement) || statement.kind === SyntaxKind.FunctionDeclaration;
    return isHolder && (statement as { name?: Node }).name?.getText() === name;
  });
}

function enclosingClass(node: Node): Node | undefined {
  for (let outer = node.parent; !isSourceFile(outer); outer = outer.parent) {
    if (isClassDeclaration(outer) || isClassExpression(outer)) return outer;
    if (outer.kind === SyntaxKind.FunctionDeclaration || outer.kind === SyntaxKind.FunctionExpression) return undefined;
  }
  return undefined;
}
