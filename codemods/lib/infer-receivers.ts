import type { JSCodeshift } from 'jscodeshift';
import type { ExportRef } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { importedName, localName } from './import-statements.ts';
import type { ParsedFile } from './parse.ts';
import { requiredNames } from './required-names.ts';
import { leadsTo } from './specifier-style.ts';
import { stringValue, unwrapped } from './syntax-index.ts';

/** A class that the migration speaks of. */
export interface InferredClass {
  readonly ref: ExportRef;
  readonly name: string;
  readonly key: string;
}

export interface InferredMember {
  /** The member's name, or the string that spells it. */
  readonly word: SyntaxNode;
  /** The class it belongs to; `undefined` when the file does not show one. */
  readonly of: InferredClass | undefined;
  /** It is what a subclass declares anew, under the name of the class's member. */
  readonly overrides: boolean;
}

/** Who owns the members that a file uses, as far as the file itself says: constructed, annotated, `this`, `super`. */
export function inferReceivers(file: ParsedFile, j: JSCodeshift, classes: readonly InferredClass[]) {
  const locals = importedClasses(file, classes);
  const types = new Receivers(file, j, locals);
  return {
    members: (names: readonly string[]): readonly InferredMember[] =>
      names.length === 0 ? [] : types.members(new Set(names)),
  };
}

/** Local names of the classes, from imports and from `require`. */
function importedClasses(file: ParsedFile, classes: readonly InferredClass[]): ReadonlyMap<string, InferredClass> {
  const locals = new Map<string, InferredClass>();
  const add = (specifier: string, name: string | undefined, local: string) => {
    const found = classes.find((each) => each.ref.name === name && leadsTo(file.path, specifier, each.ref.module));
    if (found) locals.set(local, found);
  };
  for (const statement of file.index.ofType('ImportDeclaration')) {
    const specifier = stringValue(statement.source as SyntaxNode)!;
    for (const node of statement.specifiers as readonly SyntaxNode[])
      add(specifier, importedName(node), localName(node));
  }
  for (const { specifier, name, local } of requiredNames(file)) add(specifier, name, local);
  return locals;
}

const SCOPE =
  /^(?:Program|BlockStatement|StaticBlock|SwitchStatement|CatchClause|TSModuleBlock)$|^For|Function|Method$/;

class Receivers {
  readonly #file: ParsedFile;
  readonly #locals: ReadonlyMap<string, InferredClass>;
  /** By the identifier that declares a variable or parameter. */
  readonly #variables = new Map<SyntaxNode, InferredClass>();
  /** By class, then field. */
  readonly #fields = new Map<SyntaxNode, Map<string, InferredClass>>();

  constructor(file: ParsedFile, j: JSCodeshift, locals: ReadonlyMap<string, InferredClass>) {
    this.#file = file;
    this.#locals = locals;
    if (locals.size === 0) return;
    // biome-ignore lint/suspicious/noExplicitAny: jscodeshift types Babel's tree as its own
    const root = j(file.ast as any);
    root.find(j.VariableDeclarator).forEach(({ node }) => {
      this.#declare(node.id as unknown as SyntaxNode, node.init as unknown as SyntaxNode);
    });
    root.find(j.ClassBody).forEach((path) => {
      this.#readClass(path.parent.node as SyntaxNode);
    });
    for (const type of [
      'FunctionDeclaration',
      'FunctionExpression',
      'ArrowFunctionExpression',
      'ClassMethod',
      'ObjectMethod',
    ]) {
      for (const node of file.index.ofType(type))
        for (const each of node.params as readonly SyntaxNode[]) this.#declareParameter(each);
    }
  }

  #declareParameter(parameter: SyntaxNode): void {
    if (parameter.type === 'AssignmentPattern')
      this.#declare(parameter.left as SyntaxNode, parameter.right as SyntaxNode);
    else if (parameter.type === 'TSParameterProperty') this.#declareParameter(parameter.parameter as SyntaxNode);
    else this.#declare(parameter, undefined);
  }

  #declare(id: SyntaxNode, init: SyntaxNode | null | undefined): void {
    if (id.type !== 'Identifier') return;
    const annotated = this.#annotation(id);
    const found =
      annotated ??
      (id.typeAnnotation ? undefined : this.#constructed(init) && this.#unlessReassigned(id, this.#constructed(init)!));
    if (found) this.#variables.set(id, found);
  }

  /** A variable without an annotation is only what it was made as while nothing else is put into it. */
  #unlessReassigned(id: SyntaxNode, made: InferredClass): InferredClass | undefined {
    const others = this.#file.index.references(id.name as string).some((reference) => {
      const { parent, key } = this.#file.index.positionOf(reference);
      if (parent?.type !== 'AssignmentExpression' || key !== 'left' || this.#binding(reference) !== id) return false;
      return this.#constructed(parent.right as SyntaxNode) !== made;
    });
    return others ? undefined : made;
  }

  /** `new X()`, also awaited or in parentheses. */
  #constructed(init: SyntaxNode | null | undefined): InferredClass | undefined {
    if (!init) return undefined;
    const value = unwrapped(init);
    const callee = value.type === 'NewExpression' ? (value.callee as SyntaxNode) : undefined;
    return callee?.type === 'Identifier' ? this.#locals.get(callee.name as string) : undefined;
  }

  /** `: X`, also `X | undefined` and `X | null`. */
  #annotation(id: SyntaxNode): InferredClass | undefined {
    const annotation = id.typeAnnotation as SyntaxNode | null | undefined;
    return annotation ? this.#type(annotation.typeAnnotation as SyntaxNode) : undefined;
  }

  #type(type: SyntaxNode): InferredClass | undefined {
    if (type.type === 'TSUnionType') {
      const real = (type.types as readonly SyntaxNode[]).filter(
        (each) => !/^TS(?:Undefined|Null)Keyword$/.test(each.type),
      );
      return real.length === 1 ? this.#type(real[0]!) : undefined;
    }
    const name = type.type === 'TSTypeReference' ? (type.typeName as SyntaxNode) : undefined;
    return name?.type === 'Identifier' ? this.#locals.get(name.name as string) : undefined;
  }

  #readClass(node: SyntaxNode): void {
    const fields = new Map<string, InferredClass>();
    this.#fields.set(node, fields);
    for (const member of (node.body as SyntaxNode).body as readonly SyntaxNode[]) {
      const key = member.key as SyntaxNode | undefined;
      if (/^Class(?:Private)?Property$/.test(member.type) && key) {
        const found =
          this.#annotation(member) ??
          (member.typeAnnotation ? undefined : this.#constructed(member.value as SyntaxNode));
        if (found) fields.set(fieldName(key), found);
      }
      if (member.type !== 'ClassMethod' || member.kind !== 'constructor') continue;
      for (const each of member.params as readonly SyntaxNode[]) {
        if (each.type !== 'TSParameterProperty') continue;
        const inner = each.parameter as SyntaxNode;
        const id = inner.type === 'AssignmentPattern' ? (inner.left as SyntaxNode) : inner;
        const found = this.#annotation(id);
        if (found) fields.set(id.name as string, found);
      }
    }
    for (const assignment of this.#file.index.ofType('AssignmentExpression')) {
      const left = assignment.left as SyntaxNode;
      if (
        left.type !== 'MemberExpression' ||
        (left.object as SyntaxNode).type !== 'ThisExpression' ||
        left.computed === true
      )
        continue;
      if (this.#classAround(assignment) !== node) continue;
      const name = fieldName(left.property as SyntaxNode);
      const made = this.#constructed(assignment.right as SyntaxNode) ?? this.#valueOf(assignment.right as SyntaxNode);
      if (made && !fields.has(name)) fields.set(name, made);
    }
  }

  #valueOf(value: SyntaxNode): InferredClass | undefined {
    if (value.type !== 'Identifier') return undefined;
    const binding = this.#binding(value);
    return binding && this.#annotation(binding);
  }

  /** The identifier that declares what a reference refers to: that of the smallest scope around it. */
  #binding(reference: SyntaxNode): SyntaxNode | undefined {
    const { index } = this.#file;
    let best: { binding: SyntaxNode; size: number } | undefined;
    for (const binding of index.bindings(reference.name as string)) {
      let scope = index.parent(binding);
      while (scope && !SCOPE.test(scope.type)) scope = index.parent(scope);
      if (!scope || reference.start < scope.start || scope.end < reference.end) continue;
      const size = scope.end - scope.start;
      if (!best || size <= best.size) best = { binding, size };
    }
    return best?.binding;
  }

  #classAround(node: SyntaxNode): SyntaxNode | undefined {
    const { index } = this.#file;
    for (let at = index.parent(node); at; at = index.parent(at)) {
      if (/^Class(?:Declaration|Expression)$/.test(at.type)) return at;
      // A plain function has a `this` of its own.
      if (/^Function(?:Declaration|Expression)$|^ObjectMethod$/.test(at.type)) return undefined;
    }
    return undefined;
  }

  /** The class of an expression's value. */
  #of(expression: SyntaxNode): InferredClass | undefined {
    const value = unwrapped(expression);
    if (value.type === 'Identifier') {
      const binding = this.#binding(value);
      return binding && this.#variables.get(binding);
    }
    if (value.type === 'ThisExpression' || value.type === 'Super') return this.#superClass(this.#classAround(value));
    if (
      /^(?:Optional)?MemberExpression$/.test(value.type) &&
      (value.object as SyntaxNode).type === 'ThisExpression' &&
      value.computed !== true
    ) {
      const around = this.#classAround(value);
      return around && this.#fields.get(around)?.get(fieldName(value.property as SyntaxNode));
    }
    return this.#constructed(value);
  }

  /** Whether a name of `this` is one that the class around declares itself. */
  #isOwn(object: SyntaxNode, name: string): boolean {
    const value = unwrapped(object);
    const around = value.type === 'ThisExpression' ? this.#classAround(value) : undefined;
    const members = ((around?.body as SyntaxNode | undefined)?.body ?? []) as readonly SyntaxNode[];
    return members.some(
      ({ key, static: isStatic }) => key && isStatic !== true && fieldName(key as SyntaxNode) === name,
    );
  }

  #superClass(node: SyntaxNode | undefined): InferredClass | undefined {
    const base = node?.superClass as SyntaxNode | null | undefined;
    return base?.type === 'Identifier' ? this.#locals.get(base.name as string) : undefined;
  }

  members(names: ReadonlySet<string>): readonly InferredMember[] {
    const found: InferredMember[] = [];
    const { index } = this.#file;
    for (const type of ['MemberExpression', 'OptionalMemberExpression']) {
      for (const node of index.ofType(type)) {
        const word = node.property as SyntaxNode;
        const name = node.computed === true ? stringValue(word) : (word.name as string);
        if (name === undefined || !names.has(name)) continue;
        const object = node.object as SyntaxNode;
        found.push({ word, of: this.#of(object), overrides: this.#isOwn(object, name) });
      }
    }
    for (const declarator of index.ofType('VariableDeclarator')) {
      const pattern = declarator.id as SyntaxNode;
      if (pattern.type !== 'ObjectPattern' || !declarator.init) continue;
      for (const property of pattern.properties as readonly SyntaxNode[]) {
        const key = property.key as SyntaxNode | undefined;
        if (key?.type === 'Identifier' && property.computed !== true && names.has(key.name as string)) {
          const init = declarator.init as SyntaxNode;
          found.push({ word: key, of: this.#of(init), overrides: this.#isOwn(init, key.name as string) });
        }
      }
    }
    for (const type of ['ClassMethod', 'ClassProperty']) {
      for (const node of index.ofType(type)) {
        const key = node.key as SyntaxNode;
        const owner = this.#superClass(index.parent(index.parent(node)!));
        if (
          key.type === 'Identifier' &&
          node.computed !== true &&
          node.static !== true &&
          names.has(key.name as string) &&
          owner
        ) {
          found.push({ word: key, of: owner, overrides: true });
        }
      }
    }
    return found;
  }
}

function fieldName(key: SyntaxNode): string {
  if (key.type === 'PrivateName') return `#${(key.id as SyntaxNode).name}`;
  return (key.name as string | undefined) ?? String(key.value);
}
