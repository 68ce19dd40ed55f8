import type { TextRange } from '../../src/base/places.ts';
import { NO_CHILDREN, type SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { type NameRole, type Position, roleOf } from './name-roles.ts';

const NOWHERE: Position = { parent: undefined, key: '' };

/** A tree's parents, names and strings, collected in one walk: jscodeshift's `find` costs a walk for each question. */
export class SyntaxIndex {
  readonly program: SyntaxNode;
  readonly #parents = new Map<SyntaxNode, SyntaxNode>();
  readonly #names = new Map<string, SyntaxNode[]>();
  readonly #leaves = new Map<number, SyntaxNode[]>();
  readonly #byType = new Map<string, SyntaxNode[]>();
  /** Type parameters: their names are strings in the tree, not nodes. */
  readonly #typeParameters = new Set<string>();

  constructor(program: SyntaxNode) {
    this.program = program;
    this.#visit(program);
  }

  #visit(node: SyntaxNode): void {
    push(this.#byType, node.type, node);
    if (node.type === 'Identifier' || node.type === 'JSXIdentifier') {
      push(this.#names, node.name as string, node);
      push(this.#leaves, node.start, node);
    } else if (node.type === 'StringLiteral' || node.type === 'TemplateLiteral') {
      push(this.#leaves, node.start, node);
    } else if (node.type === 'TSTypeParameter' && typeof node.name === 'string') {
      this.#typeParameters.add(node.name);
    }
    // As `childrenOf` in the manifest's readers, but every node of every file goes through here: no generator, no list of
    // keys. What a node inherits is a function, and so no child.
    for (const key in node) {
      const value = node[key];
      if (typeof value !== 'object' || value === null || NO_CHILDREN.has(key)) continue;
      if (!Array.isArray(value)) this.#enter(value as SyntaxNode, node);
      else for (const item of value) if (item) this.#enter(item, node);
    }
  }

  #enter(child: SyntaxNode, parent: SyntaxNode): void {
    if (typeof child.type !== 'string') return;
    this.#parents.set(child, parent);
    this.#visit(child);
  }

  /** The key is looked up when it is asked for: few nodes are. */
  readonly positionOf = (node: SyntaxNode): Position => {
    const parent = this.#parents.get(node);
    return parent === undefined ? NOWHERE : { parent, key: keyOf(node, parent) };
  };

  parent(node: SyntaxNode): SyntaxNode | undefined {
    return this.#parents.get(node);
  }

  /** The parent, parentheses and TypeScript's `x!`, `x as T` skipped. */
  parentPastWrappers(node: SyntaxNode): { readonly parent: SyntaxNode | undefined; readonly child: SyntaxNode } {
    let child = node;
    let parent = this.parent(node);
    while (parent && isWrapper(parent)) {
      child = parent;
      parent = this.parent(parent);
    }
    return { parent, child };
  }

  /** All nodes of a type, in the order of the walk. */
  ofType(type: string): readonly SyntaxNode[] {
    return this.#byType.get(type) ?? [];
  }

  /** The names and strings that stand exactly at a range; of a string, the range of its content. */
  at(range: TextRange): readonly SyntaxNode[] {
    const names = this.#leaves.get(range.start)?.filter((node) => node.end === range.end) ?? [];
    if (names.length > 0) return names;
    return this.#leaves.get(range.start - 1)?.filter((node) => isPlainText(node) && node.end - 1 === range.end) ?? [];
  }

  role(node: SyntaxNode): NameRole {
    return roleOf(node, this.positionOf);
  }

  /** The identifiers that declare the name, anywhere in the file. */
  bindings(name: string): readonly SyntaxNode[] {
    return this.#withRole(name, 'binding');
  }

  /** The identifiers that refer to what the name is declared as, anywhere in the file; by start. */
  references(name: string): readonly SyntaxNode[] {
    return this.#withRole(name, 'reference').toSorted((a, b) => a.start - b.start);
  }

  /** Whether the name means something in this file, declared or global. */
  isTaken(name: string): boolean {
    return this.#typeParameters.has(name) || this.bindings(name).length > 0 || this.references(name).length > 0;
  }

  /** Whether something by that name is given a value anywhere in the file beside where it is declared. */
  isWritten(name: string): boolean {
    return (this.#names.get(name) ?? []).some((node) => isWriteTarget(node, this.positionOf));
  }

  #withRole(name: string, role: NameRole): readonly SyntaxNode[] {
    return (this.#names.get(name) ?? []).filter((node) => this.role(node) === role);
  }
}

/** The last key, as the walk sees it last: the name of `{ name }` hangs under `key` and `value`. */
function keyOf(node: SyntaxNode, parent: SyntaxNode): string {
  let found = '';
  for (const key in parent) {
    const value = parent[key];
    if (value === node || (Array.isArray(value) && value.includes(node))) found = key;
  }
  return found;
}

function isWriteTarget(node: SyntaxNode, positionOf: SyntaxIndex['positionOf']): boolean {
  let { parent, key } = positionOf(node);
  while (parent && (PATTERN.test(parent.type) || isWrapper(parent))) {
    if (key === 'right' || (parent.type === 'ObjectProperty' && key !== 'value')) return false;
    ({ parent, key } = positionOf(parent));
  }
  if (parent?.type === 'UpdateExpression') return true;
  if (parent?.type === 'VariableDeclarator' && key === 'id') {
    // Of a loop, `var` is one variable for all rounds.
    const declaration = positionOf(parent).parent;
    return declaration?.kind === 'var' && positionOf(declaration).key === 'left';
  }
  return key === 'left' && /^(?:AssignmentExpression|For(?:In|Of)Statement)$/.test(parent?.type ?? '');
}

const PATTERN = /^(?:ObjectPattern|ArrayPattern|AssignmentPattern|RestElement|ObjectProperty)$/;

const WRAPPER =
  /^(?:ParenthesizedExpression|TSNonNullExpression|TSAsExpression|TSSatisfiesExpression|TSTypeAssertion)$/;

export function isWrapper(node: SyntaxNode): boolean {
  return WRAPPER.test(node.type);
}

/** The expression inside parentheses, `x!` and `x as T`. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (isWrapper(inner)) inner = inner.expression as SyntaxNode;
  return inner;
}

/** Whether a string or template has nothing in it but text, as written in the source. */
export function isPlainText(node: SyntaxNode): boolean {
  return (
    node.type === 'StringLiteral' || (node.type === 'TemplateLiteral' && (node.expressions as unknown[]).length === 0)
  );
}

/** The text that a plain string or template stands for; `undefined` for anything else. */
export function stringValue(node: SyntaxNode | undefined): string | undefined {
  if (node?.type === 'StringLiteral') return node.value as string;
  if (node?.type !== 'TemplateLiteral' || !isPlainText(node)) return undefined;
  const [quasi] = node.quasis as readonly { value: { cooked: string } }[];
  return quasi?.value.cooked;
}

function push<K>(map: Map<K, SyntaxNode[]>, key: K, node: SyntaxNode): void {
  const list = map.get(key);
  if (list) list.push(node);
  else map.set(key, [node]);
}
