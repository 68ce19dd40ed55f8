import { childrenOf, isNode, listOf, type SyntaxNode } from '../manifest/syntax-tree.ts';
import { parseModule } from './parse-module.ts';

/** A name that another module gives. `imported` is `*` for the whole module. */
export interface ForeignName {
  readonly specifier: string;
  readonly imported: string;
}

/** A name that the module declares itself. */
interface LocalName {
  readonly kind: 'type' | 'value';
  /** The declaration without `export`, `default` and `declare`. */
  readonly text: string;
}

/** Which names a module's top level has, and under which it exports them. Syntax only; nothing is resolved. */
export interface ModuleScope {
  readonly imports: ReadonlyMap<string, ForeignName>;
  readonly locals: ReadonlyMap<string, LocalName>;
  /** Exported name → the local one. */
  readonly exports: ReadonlyMap<string, string>;
  /** Exported name → where `export { } from` takes it. */
  readonly reExports: ReadonlyMap<string, ForeignName>;
  /** The specifiers of `export * from`, in order. */
  readonly stars: readonly string[];
  /** `export =` or `module.exports =` with anything but an object literal: the module is one value. */
  readonly wholeExport: boolean;
  /** The name behind {@link wholeExport}, when it is a name. */
  readonly wholeLocal: string | undefined;
  /** Whether the module is written as CommonJS: `module.exports`, `exports.x` or `require` and no `import`/`export`. */
  readonly commonJs: boolean;
  /** Every relative specifier that the module imports or re-exports. */
  readonly relativeSpecifiers: readonly string[];
}

export function readModuleScope(file: string, text: string): ModuleScope {
  const reader = new ScopeReader(text);
  const body = listOf(parseModule(file, text), 'body');
  for (const statement of body) if (statement) reader.statement(statement);
  return reader.scope();
}

class ScopeReader {
  readonly #imports = new Map<string, ForeignName>();
  readonly #locals = new Map<string, LocalName>();
  readonly #exports = new Map<string, string>();
  readonly #reExports = new Map<string, ForeignName>();
  readonly #stars: string[] = [];
  readonly #specifiers: string[] = [];
  readonly #text: string;
  #whole = false;
  #wholeLocal: string | undefined;
  #hasModuleSyntax = false;
  #hasCommonJs = false;

  constructor(text: string) {
    this.#text = text;
  }

  scope(): ModuleScope {
    return {
      imports: this.#imports,
      locals: this.#locals,
      exports: this.#exports,
      reExports: this.#reExports,
      stars: this.#stars,
      wholeExport: this.#whole,
      wholeLocal: this.#wholeLocal,
      commonJs: this.#hasCommonJs && !this.#hasModuleSyntax,
      relativeSpecifiers: this.#specifiers.filter((specifier) => /^\.\.?(\/|$)/.test(specifier)),
    };
  }

  statement(node: SyntaxNode): void {
    switch (node.type) {
      case 'ImportDeclaration':
        this.#import(node);
        return;
      case 'TSImportEqualsDeclaration':
        this.#importEquals(node);
        return;
      case 'ExportAllDeclaration':
        this.#hasModuleSyntax = true;
        this.#specifiers.push(stringOf(node.source));
        this.#stars.push(stringOf(node.source));
        return;
      case 'ExportNamedDeclaration':
        this.#exportNamed(node);
        return;
      case 'ExportDefaultDeclaration':
        this.#exportDefault(node);
        return;
      case 'TSExportAssignment':
        this.#whole = true;
        this.#wholeLocal = nameOf(node.expression);
        return;
      case 'ExpressionStatement':
        this.#required(node);
        this.#assignment(node.expression as SyntaxNode);
        return;
      default:
        this.#required(node);
        this.#declaration(node);
    }
  }

  #import(node: SyntaxNode): void {
    this.#hasModuleSyntax = true;
    const specifier = stringOf(node.source);
    this.#specifiers.push(specifier);
    for (const one of listOf(node, 'specifiers')) {
      if (!one) continue;
      const imported =
        one.type === 'ImportDefaultSpecifier'
          ? 'default'
          : one.type === 'ImportNamespaceSpecifier'
            ? '*'
            : exportName(one.imported);
      this.#imports.set(nameOf(one.local)!, { specifier, imported });
    }
  }

  #importEquals(node: SyntaxNode): void {
    const reference = node.moduleReference as SyntaxNode;
    if (reference.type !== 'TSExternalModuleReference') return;
    const specifier = stringOf(reference.expression);
    this.#specifiers.push(specifier);
    this.#imports.set(nameOf(node.id)!, { specifier, imported: 'default' });
  }

  #exportNamed(node: SyntaxNode): void {
    this.#hasModuleSyntax = true;
    if (isNode(node.declaration)) {
      for (const name of this.#declaration(node.declaration)) this.#exports.set(name, name);
    }
    const specifier = isNode(node.source) ? stringOf(node.source) : undefined;
    if (specifier !== undefined) this.#specifiers.push(specifier);
    for (const one of listOf(node, 'specifiers')) {
      if (!one) continue;
      const name = exportName(one.exported);
      const imported = one.type === 'ExportNamespaceSpecifier' ? '*' : exportName(one.local);
      if (specifier !== undefined) this.#reExports.set(name, { specifier, imported });
      else this.#exports.set(name, imported);
    }
  }

  #exportDefault(node: SyntaxNode): void {
    this.#hasModuleSyntax = true;
    const declaration = node.declaration as SyntaxNode;
    const local = nameOf(declaration) ?? this.#declaration(declaration)[0];
    if (local !== undefined) this.#exports.set('default', local);
  }

  /** `module.exports = …`, `module.exports.X = …`, `exports.X = …`. */
  #assignment(node: SyntaxNode): void {
    if (node.type !== 'AssignmentExpression') return;
    const left = node.left as SyntaxNode;
    const right = node.right as SyntaxNode;
    if (isModuleExports(left)) {
      this.#hasCommonJs = true;
      if (right.type !== 'ObjectExpression') {
        this.#whole = true;
        this.#wholeLocal = nameOf(right) ?? nameOf(right.id);
        return;
      }
      for (const property of listOf(right, 'properties')) {
        const name = property && nameOf(property.key);
        const value = property && nameOf(property.value);
        if (name && value) this.#exports.set(name, value);
      }
      return;
    }
    if (left.type !== 'MemberExpression' || left.computed) return;
    const object = left.object as SyntaxNode;
    if (nameOf(object) !== 'exports' && !isModuleExports(object)) return;
    this.#hasCommonJs = true;
    const value = nameOf(right);
    const foreign = requiredFrom(right);
    if (value) this.#exports.set(nameOf(left.property)!, value);
    else if (foreign) this.#reExports.set(nameOf(left.property)!, foreign);
  }

  #required(node: SyntaxNode): void {
    if (node.type === 'CallExpression' && nameOf(node.callee) === 'require') {
      const [argument] = listOf(node, 'arguments');
      if (argument?.type === 'StringLiteral') {
        this.#hasCommonJs = true;
        this.#specifiers.push(stringOf(argument));
      }
    }
    for (const [, child] of childrenOf(node)) this.#required(child);
  }

  /** `const { X: local } = require('…')`, `const X = require('…').X`, `const whole = require('…')`. */
  #requiredNames({ id, init }: SyntaxNode): void {
    const foreign = requiredFrom(init);
    const whole = nameOf(id);
    if (foreign === undefined) return;
    if (whole !== undefined) this.#imports.set(whole, foreign);
    if (foreign.imported !== '*' || !isNode(id) || id.type !== 'ObjectPattern') return;
    for (const property of listOf(id, 'properties')) {
      const [name, local] = [property && nameOf(property.key), property && nameOf(property.value)];
      if (name && local) this.#imports.set(local, { ...foreign, imported: name });
    }
  }

  #declaration(node: SyntaxNode): readonly string[] {
    if (node.type === 'VariableDeclaration') {
      for (const one of listOf(node, 'declarations')) if (one) this.#requiredNames(one);
      const names = listOf(node, 'declarations').flatMap((one) => nameOf(one?.id) ?? []);
      for (const name of names) this.#locals.set(name, { kind: 'value', text: '' });
      return names;
    }
    const name = nameOf(node.id);
    if (name === undefined) return [];
    const kind = node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration' ? 'type' : 'value';
    const before = this.#locals.get(name);
    const text = this.#text.slice(node.start, node.end).replace(/^declare\s+/, '');
    if (before?.kind === 'type' && kind === 'type') {
      this.#locals.set(name, { kind, text: `${before.text}\n${text}` });
    } else if (before?.kind !== 'value') {
      this.#locals.set(name, { kind, text: kind === 'type' ? text : '' });
    }
    return [name];
  }
}

/** What `require('…')` and `require('…').X` give. */
function requiredFrom(node: unknown): ForeignName | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'MemberExpression' && node.computed !== true) {
    const whole = requiredFrom(node.object);
    const imported = nameOf(node.property);
    return whole?.imported === '*' && imported !== undefined ? { ...whole, imported } : undefined;
  }
  if (node.type !== 'CallExpression' || nameOf(node.callee) !== 'require') return undefined;
  const [argument] = listOf(node, 'arguments');
  return argument?.type === 'StringLiteral' ? { specifier: stringOf(argument), imported: '*' } : undefined;
}

function isModuleExports(node: SyntaxNode): boolean {
  return node.type === 'MemberExpression' && nameOf(node.object) === 'module' && nameOf(node.property) === 'exports';
}

function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Identifier' ? (node.name as string) : undefined;
}

function stringOf(node: unknown): string {
  return isNode(node) ? String(node.value) : '';
}

/** A name in an import's or export's list, which may be a string. */
function exportName(node: unknown): string {
  return nameOf(node) ?? stringOf(node);
}
