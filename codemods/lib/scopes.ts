import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { SyntaxIndex } from './syntax-index.ts';

/** TypeScript's three kinds of meaning that one name may have at once. */
const VALUE = 1;
const TYPE = 2;
const NAMESPACE = 4;
const ALL = VALUE | TYPE | NAMESPACE;

/** A declaration of a name: an identifier, or a type parameter. */
interface Declared {
  readonly node: SyntaxNode;
  /** The node inside which the name means this. */
  readonly scope: SyntaxNode;
  readonly meaning: number;
  /** It is known outside of the scope as well, to places that the file alone does not tell. */
  readonly isShared: boolean;
}

const BLOCK = /^(?:Program|BlockStatement|StaticBlock|SwitchStatement|TSModuleBlock)$|^For/;
const OF_VAR = /^(?:Program|StaticBlock|TSModuleBlock)$|Function|Method$/;

const MEANINGS: readonly (readonly [declaration: RegExp, meaning: number])[] = [
  [/^Import\w*Specifier$|^TSImportEqualsDeclaration$|^TSEnumDeclaration$|^Declare/, ALL],
  [/^Class/, VALUE | TYPE],
  [/^TSModuleDeclaration$/, VALUE | NAMESPACE],
  [/^(?:TSInterfaceDeclaration|TSTypeAliasDeclaration|InterfaceDeclaration|TypeAlias|OpaqueType)$/, TYPE],
];

/** Which declaration a name means at each place of a file, by the scoping rules of JavaScript and TypeScript. */
export class Scopes {
  readonly #index: SyntaxIndex;
  readonly #declared = new Map<string, readonly Declared[]>();

  constructor(index: SyntaxIndex) {
    this.#index = index;
  }

  /** The references to what an identifier declares, by start; `undefined` when the file alone does not tell them. */
  usesOf(binding: SyntaxNode): readonly SyntaxNode[] | undefined {
    const name = binding.name as string;
    const own = this.#declarationOf(binding);
    if (!own || own.isShared) return undefined;
    const others = this.#declarations(name).filter((other) => other !== own);
    if (others.some(({ scope }) => scope === own.scope)) return undefined;
    const uses: SyntaxNode[] = [];
    for (const reference of this.#index.references(name)) {
      if (!isWithin(reference, own.scope)) continue;
      const meaning = this.#meaningOf(reference);
      const around = others.filter((other) => isSeen(other, reference, meaning) && !contains(other.scope, own.scope));
      if (around.some(({ isShared }) => isShared)) return undefined;
      if (around.length === 0 && (own.meaning & meaning) !== 0) uses.push(reference);
    }
    return uses;
  }

  /** Whether an identifier and all that refers to it may get another name: nothing else means it there, or would come to. */
  canRename(binding: SyntaxNode, name: string): boolean {
    const uses = this.usesOf(binding);
    if (!uses) return false;
    const { scope } = this.#declarationOf(binding)!;
    if (this.#declarations(name).some((other) => contains(other.scope, scope))) return false;
    return !uses.some((use) => this.isHidden(use, name)) && !this.#wouldCapture(scope, name);
  }

  /** Whether the file's own scope has room for a name: it is not declared there, and nothing asks a wider scope for it. */
  canDeclare(name: string): boolean {
    const { program } = this.#index;
    return !this.#declarations(name).some(({ scope }) => scope === program) && !this.#wouldCapture(program, name);
  }

  /** Whether a name means something of an inner scope at a place. */
  isHidden(place: SyntaxNode, name: string): boolean {
    const meaning = this.#meaningOf(place);
    const isInner = (other: Declared) =>
      (other.scope.type !== 'Program' || other.isShared) && isSeen(other, place, meaning);
    return this.#declarations(name).some(isInner) || this.#inEnumWith(place, name);
  }

  /** Whether something in the scope refers to a name that is declared outside of it, or nowhere. */
  #wouldCapture(scope: SyntaxNode, name: string): boolean {
    const inner = this.#declarations(name).filter((other) => contains(scope, other.scope));
    return this.#index.references(name).some((reference) => {
      const meaning = this.#meaningOf(reference);
      return isWithin(reference, scope) && !inner.some((other) => isSeen(other, reference, meaning));
    });
  }

  /** What is asked for where a name is used. */
  #meaningOf(reference: SyntaxNode): number {
    const { parent, key } = this.#index.positionOf(reference);
    switch (parent?.type) {
      case 'TSTypeReference':
      case 'TSExpressionWithTypeArguments':
      case 'TSClassImplements':
      case 'TSInterfaceHeritage':
      case 'GenericTypeAnnotation':
        return TYPE;
      case 'TSQualifiedName':
        return this.#isInTypeQuery(parent) ? VALUE : NAMESPACE;
      case 'ExportSpecifier':
      case 'ExportDefaultDeclaration':
      case 'TSExportAssignment':
      case 'TSImportEqualsDeclaration':
        return ALL;
      default:
        return key === 'qualification' ? ALL : VALUE;
    }
  }

  #isInTypeQuery(name: SyntaxNode): boolean {
    let at = this.#index.parent(name);
    while (at?.type === 'TSQualifiedName') at = this.#index.parent(at);
    return at?.type === 'TSTypeQuery';
  }

  /** In an enum the names of its members stand for them. */
  #inEnumWith(place: SyntaxNode, name: string): boolean {
    return this.#index
      .ofType('TSEnumMember')
      .some((member) => (member.id as SyntaxNode).name === name && isWithin(place, this.#index.parent(member)!));
  }

  #declarations(name: string): readonly Declared[] {
    let known = this.#declared.get(name);
    if (!known) {
      const parameters = this.#index.ofType('TSTypeParameter').filter((node) => node.name === name);
      known = [...this.#index.bindings(name), ...parameters].map((node) => this.#declare(node));
      this.#declared.set(name, known);
    }
    return known;
  }

  #declarationOf(binding: SyntaxNode): Declared | undefined {
    return this.#declarations(binding.name as string).find(({ node }) => node === binding);
  }

  #declare(node: SyntaxNode): Declared {
    if (node.type === 'TSTypeParameter')
      return { node, scope: this.#scopeOfTypeParameter(node), meaning: TYPE, isShared: false };
    const scope = this.#scopeOf(node);
    const { parent, key } = this.#index.positionOf(node);
    const known = MEANINGS.find(([declaration]) => declaration.test(parent!.type));
    const meaning = known && (key === 'id' || key === 'local') ? known[1] : VALUE;
    // What one block of a namespace exports is known in its other blocks, too.
    const isShared = scope.type === 'TSModuleBlock';
    return { node, scope: isShared ? this.#index.program : scope, meaning, isShared };
  }

  #scopeOfTypeParameter(node: SyntaxNode): SyntaxNode {
    const parent = this.#index.parent(node)!;
    // `infer U` is known in a branch of the conditional type around it.
    if (parent.type === 'TSInferType') return this.#above(parent, /^TSConditionalType$/);
    return parent.type === 'TSTypeParameterDeclaration' ? this.#index.parent(parent)! : parent;
  }

  #scopeOf(binding: SyntaxNode): SyntaxNode {
    for (let child = binding; ; ) {
      const { parent, key } = this.#index.positionOf(child);
      if (!parent) return this.#index.program;
      if (key === 'params' || key === 'parameters' || key === 'rest' || parent.type === 'CatchClause') return parent;
      if (parent.type === 'VariableDeclaration' && parent.kind === 'var') return this.#scopeOfVar(parent);
      if (key === 'id' && /^(?:Function|Class)Expression$/.test(parent.type)) return parent;
      // A function that a script declares in a block is known outside of it as well.
      const isHoisted = key === 'id' && parent.type === 'FunctionDeclaration' && !this.#isModule();
      if (isHoisted) return this.#scopeOfVar(parent);
      if (BLOCK.test(parent.type)) return parent;
      child = parent;
    }
  }

  /** The body of the function, as the defaults of its parameters do not see it. */
  #scopeOfVar(node: SyntaxNode): SyntaxNode {
    const around = this.#above(node, OF_VAR);
    return /Function|Method$/.test(around.type) ? (around.body as SyntaxNode) : around;
  }

  #isModule(): boolean {
    return this.#index.program.sourceType === 'module';
  }

  #above(node: SyntaxNode, type: RegExp): SyntaxNode {
    let at = this.#index.parent(node);
    while (at && !type.test(at.type)) at = this.#index.parent(at);
    return at ?? this.#index.program;
  }
}

function isSeen({ scope, meaning }: Declared, place: SyntaxNode, asked: number): boolean {
  return (meaning & asked) !== 0 && isWithin(place, scope);
}

function contains(outer: SyntaxNode, inner: SyntaxNode): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether a node stands where the scope's names are known: keys, decorators and what is switched on are outside. */
function isWithin(node: SyntaxNode, scope: SyntaxNode): boolean {
  if (scope.type === 'Program') return true;
  if (!contains(scope, node)) return false;
  const decorators = (scope.decorators ?? []) as readonly SyntaxNode[];
  const outside = [scope.key, scope.discriminant, ...decorators] as readonly (SyntaxNode | undefined)[];
  return !outside.some((each) => each && contains(each, node));
}
