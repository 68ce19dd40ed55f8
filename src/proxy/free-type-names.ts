import { childrenOf, isNode, type SyntaxNode } from '../manifest/syntax-tree.ts';
import { parseModule } from './parse-module.ts';

/** A name in a type's text that something outside it must declare, or the module of an `import()` type. */
export interface TypeName {
  readonly kind: 'name' | 'module';
  readonly text: string;
  /** Offsets into the text; those of `module` are inside the quotes. */
  readonly start: number;
  readonly end: number;
}

/**
 * The free names of declarations, by start. For a type, wrap it in a declaration first. Type parameters are bound
 * wherever they stand in the text: a name that is one anywhere counts as one everywhere.
 */
export function freeTypeNames(declarations: string): readonly TypeName[] {
  const names: TypeName[] = [];
  const bound = new Set<string>();
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'TSTypeParameter') {
      bound.add(typeof node.name === 'string' ? node.name : String((node.name as SyntaxNode).name));
    } else if (node.type === 'TSImportType') {
      const argument = node.argument as SyntaxNode;
      const literal = argument.type === 'TSLiteralType' ? (argument.literal as SyntaxNode) : argument;
      names.push({ kind: 'module', text: String(literal.value), start: literal.start + 1, end: literal.end - 1 });
      if (isNode(node.typeParameters)) visit(node.typeParameters);
      return;
    } else if (node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration') {
      bound.add(String((node.id as SyntaxNode).name));
    }
    const name = leftmost(node.typeName ?? node.exprName ?? heritage(node));
    if (name) names.push({ kind: 'name', text: String(name.name), start: name.start, end: name.end });
    for (const [, child] of childrenOf(node)) visit(child);
  };
  visit(parseModule('declarations.ts', declarations));
  return names.filter(({ kind, text }) => kind === 'module' || !bound.has(text)).sort((a, b) => a.start - b.start);
}

function heritage(node: SyntaxNode): unknown {
  return node.type === 'TSExpressionWithTypeArguments' || node.type === 'TSInterfaceHeritage'
    ? node.expression
    : undefined;
}

function leftmost(node: unknown): SyntaxNode | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'TSQualifiedName') return leftmost(node.left);
  return node.type === 'Identifier' ? node : undefined;
}
