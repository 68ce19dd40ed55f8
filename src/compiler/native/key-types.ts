import type { SymbolReader } from './symbol-reader.ts';
import {
  isBinaryExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isSourceFile,
  type Node,
  type SourceFile,
  SyntaxKind,
  type Type,
} from './typescript.ts';

/** The type whose keys are asked for where a string stands: `const key: keyof Router = 'add'`, `key === 'add'`. */
export function typeOfKeys(token: Node, reader: SymbolReader): Type | undefined {
  const expected = comparedType(token, reader) ?? reader.project.checker.getContextualType(token as Expression);
  return expected === undefined ? undefined : keyedType(expected, token.getSourceFile(), reader);
}

/**
 * The type T of a type that is `keyof T`. The checker keeps one type for each `keyof`, apart from every other with the
 * same keys, so an operator of that type tells T; it is looked for in the file and in the modules that it imports.
 */
export function keyedType(keys: Type, source: SourceFile, reader: SymbolReader): Type | undefined {
  if (keys.isIndexType()) return keys.getTarget();
  const { checker } = reader.project;
  if (!keys.isUnionType() || !checker.typeToString(keys).includes('keyof ')) return undefined;
  const ids = new Set([keys.id, checker.getNonNullableType(keys)?.id]);
  for (const file of [source, ...importedFiles(source, reader)]) {
    const object = operatorsIn(file, reader).find(({ id }) => ids.has(id))?.object;
    if (object !== undefined) return checker.getTypeAtLocation(object);
  }
  return undefined;
}

const COMPARISONS = new Set<SyntaxKind>([
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** The declared type of what a string is compared with: at the place, it may be narrowed by comparisons before. */
function comparedType(token: Node, reader: SymbolReader): Type | undefined {
  const { parent } = token;
  let other: Node | undefined;
  if (isBinaryExpression(parent) && COMPARISONS.has(parent.operatorToken.kind)) {
    other = parent.left === token ? parent.right : parent.left;
  } else if (parent.kind === SyntaxKind.CaseClause) {
    other = (parent.parent.parent as Node & { readonly expression: Node }).expression;
  }
  if (other === undefined) return undefined;
  const { checker } = reader.project;
  const named =
    isIdentifier(other) || isPropertyAccessExpression(other) ? checker.getSymbolAtLocation(other) : undefined;
  return named === undefined ? checker.getTypeAtLocation(other) : checker.getTypeOfSymbol(named);
}

interface KeyOperator {
  /** The id of the operator's type. */
  readonly id: number;
  readonly object: Node;
}

/** The `keyof T` of a file that are told apart from other types: with one key only, it is that key's type. */
function operatorsIn(source: SourceFile, reader: SymbolReader): readonly KeyOperator[] {
  return reader.once(`keyof ${source.fileName}`, () => {
    const found: KeyOperator[] = [];
    const visit = (node: Node): void => {
      if (node.kind === SyntaxKind.TypeOperator && node.getText(source).startsWith('keyof')) {
        const type = reader.project.checker.getTypeFromTypeNode(node as TypeNode);
        if (type?.isUnionType()) found.push({ id: type.id, object: (node as Node & { readonly type: Node }).type });
      }
      node.forEachChild(visit);
    };
    if (source.text.includes('keyof')) visit(source);
    return found;
  });
}

function importedFiles(source: SourceFile, reader: SymbolReader): readonly SourceFile[] {
  return reader.once(`imports ${source.fileName}`, () => {
    const specifiers = source.statements.flatMap(
      (statement) => (statement as { moduleSpecifier?: Node }).moduleSpecifier ?? [],
    );
    return specifiers.flatMap((specifier) => {
      const module = reader.project.checker.getSymbolAtLocation(specifier);
      const node = module === undefined ? undefined : reader.read(module).facts[0]?.node;
      return node !== undefined && isSourceFile(node) ? [node] : [];
    });
  });
}

type Expression = Parameters<SymbolReader['project']['checker']['getContextualType']>[0];
type TypeNode = Parameters<SymbolReader['project']['checker']['getTypeFromTypeNode']>[0];
