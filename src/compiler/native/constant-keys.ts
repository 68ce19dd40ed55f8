import type { SymbolReader } from './symbol-reader.ts';
import { isIdentifier, isSourceFile, isVariableDeclaration, type Node, SyntaxKind } from './typescript.ts';

/**
 * The uses of the constant that holds a string (`const KEY = 'add'`, `const KEY = 'add' as const`), when nobody outside of
 * its file can use it; `undefined` when the string is no such constant's.
 */
export function constantUses(token: Node, reader: SymbolReader): readonly Node[] | undefined {
  if (isIdentifier(token)) return undefined;
  let value = token;
  while (value.parent.kind === SyntaxKind.AsExpression || value.parent.kind === SyntaxKind.ParenthesizedExpression) {
    value = value.parent;
  }
  const variable = value.parent;
  if (!isVariableDeclaration(variable) || variable.initializer !== value || variable.type !== undefined)
    return undefined;
  const statement = variable.parent.parent;
  const list = variable.parent as Node & { readonly flags: number };
  const source = token.getSourceFile();
  const isConstant = /^const\s/.test(source.text.slice(list.getStart(source), list.end));
  // What stands outside of all functions of a script is seen by every other script.
  const isGlobal = isSourceFile(statement.parent) && !isModule(statement.parent);
  const symbol = reader.project.checker.getSymbolAtLocation(variable.name);
  if (!isConstant || isGlobal || isExported(statement) || symbol === undefined) return undefined;
  const uses: Node[] = [];
  for (const handle of reader.project.checker.getReferencesToSymbolInFile(source.fileName, symbol)) {
    const node = handle.resolve(reader.project);
    if (node === undefined) return undefined;
    if (node.getStart(source) !== variable.name.getStart(source)) uses.push(node);
  }
  return uses;
}

function isExported(statement: Node): boolean {
  const { modifiers = [] } = statement as { modifiers?: readonly Node[] };
  return modifiers.some(({ kind }) => kind === SyntaxKind.ExportKeyword);
}

function isModule(source: Node): boolean {
  const { externalModuleIndicator, statements } = source as Node & {
    readonly externalModuleIndicator?: unknown;
    readonly statements: readonly Node[];
  };
  return (
    externalModuleIndicator !== undefined ||
    /\.[cm][jt]s$/.test(source.getSourceFile().fileName) ||
    statements.some(({ kind }) => kind === SyntaxKind.ImportDeclaration || kind === SyntaxKind.ExportDeclaration) ||
    /(?<![\w$.])(?:require\(|module\.exports|exports\.)/.test(source.getSourceFile().text)
  );
}
