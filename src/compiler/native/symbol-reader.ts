import type { Declaration, UnresolvedImport } from '../contract.ts';
import { readDeclaration } from './read-declaration.ts';
import {
  isBinaryExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSourceFile,
  isStringLiteral,
  isVariableDeclaration,
  type NativeSymbol,
  type Node,
  type NodeHandle,
  type Project,
  SymbolFlags,
  SyntaxKind,
} from './typescript.ts';

/** A declaration with the node that makes it. */
export interface DeclarationFact {
  readonly declaration: Declaration;
  readonly node: Node;
}

/** Why nothing is known of a name. */
export interface Unknown {
  readonly why: string;
  /** The import that it is for. */
  readonly unresolved?: UnresolvedImport;
}

/** What a symbol is: its declarations, or why there are none. */
export interface Reading extends Unknown {
  readonly facts: readonly DeclarationFact[];
}

/** Reads symbols of one program. Each symbol and each declaration is read once. */
export class SymbolReader {
  readonly project: Project;
  readonly #readings = new Map<number, Reading>();
  readonly #facts = new Map<string, DeclarationFact | undefined>();
  readonly #answers = new Map<string, unknown>();

  constructor(project: Project) {
    this.project = project;
  }

  /** The symbol's declarations, with imports and re-exports followed. */
  read(symbol: NativeSymbol): Reading {
    let reading = this.#readings.get(symbol.id);
    if (reading === undefined) {
      // Before following, so that a symbol that leads back to itself ends.
      this.#readings.set(symbol.id, { facts: [], why: 'it leads back to itself' });
      reading = this.#follow(symbol);
      this.#readings.set(symbol.id, reading);
    }
    return reading;
  }

  /** What `ask` gives, asked once for each key: each question to the compiler is a round trip. */
  once<T>(key: string, ask: () => T): T {
    if (!this.#answers.has(key)) this.#answers.set(key, ask());
    return this.#answers.get(key) as T;
  }

  declarations(symbol: NativeSymbol): readonly Declaration[] {
    return this.read(symbol).facts.map((fact) => fact.declaration);
  }

  /** The symbol with its aliases followed; `undefined` when an alias leads nowhere. */
  target(symbol: NativeSymbol): NativeSymbol | undefined {
    if ((symbol.flags & SymbolFlags.Alias) === 0) return symbol;
    const { checker } = this.project;
    const target = checker.getAliasedSymbol(symbol);
    return checker.isUnknownSymbol(target) ? undefined : target;
  }

  #follow(symbol: NativeSymbol): Reading {
    const target = this.target(symbol);
    if (target === undefined) return { facts: [], ...this.#brokenImport(symbol) };
    if (this.project.checker.isUnknownSymbol(target)) return { facts: [], why: 'its declaration is not found' };
    const facts = target.declarations.flatMap((handle) => {
      const fact = this.#fact(handle);
      return fact === undefined ? [] : (this.#exportedValue(fact.node) ?? [fact]);
    });
    return { facts, why: facts.length === 0 ? `no declaration of "${target.name}" is found` : '' };
  }

  #fact(handle: NodeHandle): DeclarationFact | undefined {
    const key = `${handle.path}#${handle.index}`;
    if (!this.#facts.has(key)) {
      const node = handle.resolve(this.project);
      this.#facts.set(key, node === undefined ? undefined : { declaration: readDeclaration(node), node });
    }
    return this.#facts.get(key);
  }

  /** In CommonJS, `module.exports = { Router }` re-exports: what counts is the declaration of the value. */
  #exportedValue(node: Node): readonly DeclarationFact[] | undefined {
    if (isSourceFile(node) || !isObjectLiteralExpression(node.parent) || !isModuleExports(node.parent))
      return undefined;
    const { checker } = this.project;
    let value: NativeSymbol | undefined;
    if (isShorthandPropertyAssignment(node)) value = checker.getShorthandAssignmentValueSymbol(node);
    else if (isPropertyAssignment(node) && isReference(node.initializer)) {
      value = checker.getSymbolAtLocation(node.initializer);
    }
    const facts = value === undefined ? [] : this.read(value).facts;
    return facts.length === 0 ? undefined : facts;
  }

  #brokenImport(symbol: NativeSymbol): Unknown {
    const { checker } = this.project;
    let alias = symbol;
    for (let next = checker.getImmediateAliasedSymbol(alias); next !== undefined; ) {
      if ((next.flags & SymbolFlags.Alias) === 0 || next.id === alias.id) break;
      alias = next;
      next = checker.getImmediateAliasedSymbol(alias);
    }
    const node = alias.declarations[0]?.resolve(this.project);
    const specifier = node === undefined ? undefined : specifierOf(node);
    if (specifier === undefined) return { why: 'unresolved import' };
    const text = (specifier as { text?: string }).text ?? '';
    const found = checker.getSymbolAtLocation(specifier) !== undefined;
    if (found) return { why: `"${text}" has no export "${alias.name}"` };
    return unresolvedImport(specifier.getSourceFile().fileName, text);
  }
}

export function unresolvedImport(file: string, specifier: string): Unknown {
  return { why: `unresolved import "${specifier}"`, unresolved: { file, specifier } };
}

function isModuleExports(value: Node): boolean {
  const assignment = value.parent;
  if (!isBinaryExpression(assignment) || assignment.right !== value) return false;
  const target = assignment.left;
  return (
    isPropertyAccessExpression(target) && target.name.text === 'exports' && target.expression.getText() === 'module'
  );
}

function isReference(node: Node): boolean {
  return node.kind === SyntaxKind.Identifier || isPropertyAccessExpression(node);
}

/** The specifier of the import, export or `require` that a node is part of. */
function specifierOf(node: Node): Node | undefined {
  for (let outer = node; outer.kind !== SyntaxKind.SourceFile; outer = outer.parent) {
    const specifier = (outer as { moduleSpecifier?: Node }).moduleSpecifier;
    if (specifier !== undefined) return specifier;
    const reference = (outer as { moduleReference?: { expression?: Node } }).moduleReference?.expression;
    if (reference !== undefined) return reference;
    if (isVariableDeclaration(outer) && outer.initializer !== undefined) return firstString(outer.initializer);
  }
  return undefined;
}

function firstString(node: Node): Node | undefined {
  return isStringLiteral(node) ? node : node.forEachChild(firstString);
}
