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
 * same keys, so an operator of that type tells T; it is looked for in the file, in the modules that it imports, and in those
 * that they hand on.
 */
export function keyedType(keys: Type, source: SourceFile, reader: SymbolReader): Type | undefined {
  if (keys.isIndexType()) return keys.getTarget();
  const { checker } = reader.project;
  if (!keys.isUnionType() || !checker.typeToString(keys).includes('keyof ')) return undefined;
  const ids = new Set([keys.id, checker.getNonNullableType(keys)?.id]);
  const seen = new Set<SourceFile>();
  const imported = reader.once(`imports ${source.fileName}`, () => filesNamedBy(source, reader, () => true));
  const waiting = [source, ...imported];
  for (const file of waiting) {
    if (seen.has(file)) continue;
    seen.add(file);
    if (file !== source) waiting.push(...handedOn(file, reader));
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

/** The files whose exports a barrel exports: by `export … from`, or by an import and `export { … }`. */
function handedOn(source: SourceFile, reader: SymbolReader): readonly SourceFile[] {
  return reader.once(`handed on ${source.fileName}`, () => {
    const exports = source.statements.filter(({ kind }) => kind === SyntaxKind.ExportDeclaration);
    const ofImports = exports.some((each) => (each as Statement).moduleSpecifier === undefined);
    return filesNamedBy(source, reader, ({ kind }) => ofImports || kind === SyntaxKind.ExportDeclaration);
  });
}

function filesNamedBy(
  source: SourceFile,
  reader: SymbolReader,
  isWanted: (statement: Node) => boolean,
): readonly SourceFile[] {
  const statements = source.statements.filter(isWanted) as readonly Statement[];
  return statements.flatMap(({ moduleSpecifier }) => {
    const module = moduleSpecifier && reader.project.checker.getSymbolAtLocation(moduleSpecifier);
    const node = module === undefined ? undefined : reader.read(module).facts[0]?.node;
    return node !== undefined && isSourceFile(node) ? [node] : [];
  });
}

type Statement = Node & { readonly moduleSpecifier?: Node };

type Expression = Parameters<SymbolReader['project']['checker']['getContextualType']>[0];
type TypeNode = Parameters<SymbolReader['project']['checker']['getTypeFromTypeNode']>[0];
