import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { moduleName } from './import-statements.ts';
import type { ParsedFile } from './parse.ts';
import { stringValue } from './syntax-index.ts';

/** One name of `const { name: local } = require('specifier')` at the top level. */
export interface RequiredName {
  readonly statement: SyntaxNode;
  readonly pattern: SyntaxNode;
  readonly specifier: string;
  readonly name: string;
  readonly local: string;
}

const known = new WeakMap<ParsedFile, readonly RequiredName[]>();

/** What top-level `require` calls of the file destructure, in order. */
export function requiredNames(file: ParsedFile): readonly RequiredName[] {
  let names = known.get(file);
  if (!names) {
    names = topLevelRequires(file).flatMap(({ statement, declarator, specifier }) => {
      const pattern = declarator.id as SyntaxNode;
      if (pattern.type !== 'ObjectPattern') return [];
      return (pattern.properties as readonly SyntaxNode[]).flatMap((property) => {
        const value = property.value as SyntaxNode | undefined;
        if (property.type !== 'ObjectProperty' || property.computed === true || value?.type !== 'Identifier') return [];
        const name = moduleName(property.key as SyntaxNode);
        return [{ statement, pattern, specifier, name, local: value.name as string }];
      });
    });
    known.set(file, names);
  }
  return names;
}

/** The declarators of top-level variables whose value is `require('…')`, in order. */
export function topLevelRequires(
  file: ParsedFile,
): readonly { readonly statement: SyntaxNode; readonly declarator: SyntaxNode; readonly specifier: string }[] {
  return (file.index.program.body as readonly SyntaxNode[]).flatMap((statement) => {
    if (statement.type !== 'VariableDeclaration') return [];
    return (statement.declarations as readonly SyntaxNode[]).flatMap((declarator) => {
      const specifier = requiredSpecifier(declarator.init as SyntaxNode | null);
      return specifier === undefined ? [] : [{ statement, declarator, specifier }];
    });
  });
}

function requiredSpecifier(init: SyntaxNode | null): string | undefined {
  if (init?.type !== 'CallExpression') return undefined;
  const callee = init.callee as SyntaxNode;
  if (callee.type !== 'Identifier' || callee.name !== 'require') return undefined;
  return stringValue((init.arguments as readonly SyntaxNode[])[0]);
}
