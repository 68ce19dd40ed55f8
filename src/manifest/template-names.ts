import { type Ancestor, childOf, childrenOf, isNode, listOf, type SyntaxNode } from './syntax-tree.ts';

/** A name in an expression that stands for a value: a property's name or a label is none. */
export interface NameUse {
  readonly name: string;
  readonly node: SyntaxNode;
  /** From the root down to the parent. */
  readonly ancestors: readonly Ancestor[];
  /** `{ name }` in an object literal or pattern: renaming it has to keep the key. */
  readonly shorthand: boolean;
  /** Where the name is declared, when that is inside the expression. */
  readonly local: Scope | undefined;
}

/** A part of the expression that declares names: a function, a block, a loop, a catch clause, a class. */
export interface Scope {
  readonly node: SyntaxNode;
  readonly names: ReadonlySet<string>;
}

/** The value names of an expression, by start. Scoping as in ECMA-262: `var` to the function, the rest to the block. */
export function namesIn(root: SyntaxNode): readonly NameUse[] {
  const uses: NameUse[] = [];
  const visit = (node: SyntaxNode, ancestors: readonly Ancestor[], scopes: readonly Scope[]): void => {
    if (node.type === 'Identifier') {
      const parent = ancestors.at(-1);
      if (parent && isOnlyAKey(parent)) return;
      const name = node.name as string;
      const local = scopes.findLast((scope) => scope.names.has(name));
      uses.push({ name, node, ancestors, shorthand: isShorthand(ancestors), local });
      return;
    }
    const names = declaredBy(node);
    const inside = names.size > 0 ? [...scopes, { node, names }] : scopes;
    for (const [key, child] of childrenOf(node)) visit(child, [...ancestors, { node, key }], inside);
  };
  visit(root, [], []);
  return uses.sort((a, b) => a.node.start - b.node.start);
}

export function isFunction(node: SyntaxNode): boolean {
  return /^(?:(?:Arrow)?FunctionExpression|FunctionDeclaration|(?:Object|Class|ClassPrivate)Method)$/.test(node.type);
}

/** Whether `this` and `arguments` mean something else inside: any function but an arrow, and any class. */
export function hasOwnThis(node: SyntaxNode): boolean {
  return (
    (isFunction(node) && node.type !== 'ArrowFunctionExpression') || /^Class(?:Expression|Declaration)$/.test(node.type)
  );
}

const MEMBER_LIKE = /^(?:Optional)?MemberExpression$/;
const KEYED = /^(?:Object|Class)(?:Property|Method)$|^ClassAccessorProperty$/;

function isOnlyAKey({ node, key }: Ancestor): boolean {
  if (MEMBER_LIKE.test(node.type)) return key === 'property' && node.computed !== true;
  if (KEYED.test(node.type)) return key === 'key' && node.computed !== true;
  return key === 'label' || node.type === 'MetaProperty';
}

function isShorthand(ancestors: readonly Ancestor[]): boolean {
  const [above, parent] = ancestors.slice(-2);
  if (parent?.node.type === 'ObjectProperty') return parent.node.shorthand === true && parent.key === 'value';
  // `({ name = 1 }) => …`
  return parent?.node.type === 'AssignmentPattern' && parent.key === 'left' && above?.node.shorthand === true;
}

function declaredBy(node: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  if (isFunction(node)) {
    if (node.type === 'FunctionExpression' && isNode(node.id)) addPattern(node.id, names);
    for (const parameter of listOf(node, 'params')) if (parameter) addPattern(parameter, names);
    addVars(childOf(node, 'body'), names);
  } else if (node.type === 'BlockStatement' || node.type === 'StaticBlock') addLexical(listOf(node, 'body'), names);
  else if (node.type === 'SwitchStatement') {
    for (const branch of listOf(node, 'cases')) if (branch) addLexical(listOf(branch, 'consequent'), names);
  } else if (node.type.startsWith('For')) addLexical([node.init, node.left].filter(isNode), names);
  else if (node.type === 'CatchClause' && isNode(node.param)) addPattern(node.param, names);
  else if (node.type === 'ClassExpression' && isNode(node.id)) addPattern(node.id, names);
  return names;
}

function addLexical(statements: readonly (SyntaxNode | null)[], names: Set<string>): void {
  for (const statement of statements) {
    if (statement?.type === 'VariableDeclaration' && statement.kind !== 'var') addDeclarators(statement, names);
    else if (statement && /^(?:Function|Class)Declaration$/.test(statement.type))
      addPattern(childOf(statement, 'id'), names);
  }
}

function addVars(node: SyntaxNode, names: Set<string>): void {
  if (isFunction(node)) return;
  if (node.type === 'VariableDeclaration' && node.kind === 'var') addDeclarators(node, names);
  for (const [, child] of childrenOf(node)) addVars(child, names);
}

function addDeclarators(declaration: SyntaxNode, names: Set<string>): void {
  for (const declarator of listOf(declaration, 'declarations'))
    if (declarator) addPattern(childOf(declarator, 'id'), names);
}

function addPattern(pattern: SyntaxNode, names: Set<string>): void {
  if (pattern.type === 'Identifier') names.add(pattern.name as string);
  else if (pattern.type === 'AssignmentPattern') addPattern(childOf(pattern, 'left'), names);
  else if (pattern.type === 'RestElement') addPattern(childOf(pattern, 'argument'), names);
  else if (pattern.type === 'ObjectProperty') addPattern(childOf(pattern, 'value'), names);
  else
    for (const part of [...listOf(pattern, 'properties'), ...listOf(pattern, 'elements')])
      if (part) addPattern(part, names);
}
