import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';

/**
 * What an identifier does where it stands: `binding` declares the name, `reference` speaks of what is declared, `other`
 * is a mere word (a property's name, a key, a label, the foreign name in an import).
 */
export type NameRole = 'binding' | 'reference' | 'other';

/** Where a node hangs: its parent, the key there, and what the parent itself hangs in. */
export interface Position {
  readonly parent: SyntaxNode | undefined;
  readonly key: string;
}

const MEMBER = /^(?:Optional)?MemberExpression$/;
const KEYED =
  /^(?:Object|Class)(?:Property|Method)$|^ClassAccessorProperty$|^TSDeclareMethod$|^TS(?:Property|Method)Signature$|^ObjectTypeProperty$/;
const DECLARED =
  /^(?:Class(?:Declaration|Expression)|FunctionDeclaration|FunctionExpression|TSDeclareFunction|VariableDeclarator|TSInterfaceDeclaration|TSTypeAliasDeclaration|TSEnumDeclaration|TSModuleDeclaration|TSImportEqualsDeclaration|TSNamespaceExportDeclaration|InterfaceDeclaration|TypeAlias|OpaqueType|Declare\w+)$/;

/** The role of an `Identifier` or `JSXIdentifier`. `positionOf` tells where any node hangs. */
export function roleOf(node: SyntaxNode, positionOf: (node: SyntaxNode) => Position): NameRole {
  const { parent, key } = positionOf(node);
  if (!parent) return 'other';
  if (node.type === 'JSXIdentifier') return jsxRole(node, parent, key);
  if (MEMBER.test(parent.type)) return key === 'property' && parent.computed !== true ? 'other' : 'reference';
  if (KEYED.test(parent.type) && key === 'key') return parent.computed === true ? 'reference' : 'other';
  if (key === 'params' || key === 'parameters' || key === 'rest') return 'binding';
  if (key === 'id' && DECLARED.test(parent.type)) return 'binding';
  switch (parent.type) {
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return key === 'local' ? 'binding' : 'other';
    case 'ExportSpecifier':
      return key === 'local' && !positionOf(parent).parent?.source ? 'reference' : 'other';
    case 'CatchClause':
    case 'TSParameterProperty':
    case 'TSMappedType':
      return key === 'body' ? 'reference' : 'binding';
    case 'TSQualifiedName':
      return key === 'left' && !inImportType(parent, positionOf) ? 'reference' : 'other';
    case 'ObjectProperty':
    case 'ArrayPattern':
    case 'RestElement':
    case 'AssignmentPattern':
      return key === 'right' ? 'reference' : patternRole(parent, positionOf);
    case 'ExportNamespaceSpecifier':
    case 'ExportDefaultSpecifier':
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return key === 'body' ? 'reference' : 'other';
    case 'MetaProperty':
    case 'ImportAttribute':
    case 'TSEnumMember':
      return key === 'initializer' ? 'reference' : 'other';
    case 'TSNamedTupleMember':
      return key === 'label' ? 'other' : 'reference';
    case 'TSImportType':
    case 'QualifiedTypeIdentifier':
      return key === 'qualification' ? 'reference' : 'other';
    case 'FunctionTypeParam':
    case 'ObjectTypeIndexer':
      return key === 'name' || key === 'id' ? 'other' : 'reference';
    default:
      return 'reference';
  }
}

/** Climbs out of a pattern: below a declaration it binds, below an assignment or in an object literal it refers. */
function patternRole(from: SyntaxNode, positionOf: (node: SyntaxNode) => Position): NameRole {
  let node = from;
  for (;;) {
    if (node.type === 'ObjectExpression' || node.type === 'ArrayExpression') return 'reference';
    const { parent, key } = positionOf(node);
    if (!parent) return 'reference';
    if (parent.type === 'VariableDeclarator') return key === 'id' ? 'binding' : 'reference';
    if (
      key === 'params' ||
      key === 'parameters' ||
      parent.type === 'CatchClause' ||
      parent.type === 'TSParameterProperty'
    ) {
      return 'binding';
    }
    if (
      !/^(?:ObjectPattern|ArrayPattern|AssignmentPattern|RestElement|ObjectProperty|ObjectExpression)$/.test(
        parent.type,
      )
    ) {
      return 'reference';
    }
    node = parent;
  }
}

function inImportType(node: SyntaxNode, positionOf: (node: SyntaxNode) => Position): boolean {
  const { parent, key } = positionOf(node);
  if (parent?.type === 'TSQualifiedName') return inImportType(parent, positionOf);
  return parent?.type === 'TSImportType' && key === 'qualifier';
}

function jsxRole(node: SyntaxNode, parent: SyntaxNode, key: string): NameRole {
  if (parent.type === 'JSXMemberExpression') return key === 'object' ? 'reference' : 'other';
  const isTag = (parent.type === 'JSXOpeningElement' || parent.type === 'JSXClosingElement') && key === 'name';
  return isTag && !/^[a-z]/.test(node.name as string) ? 'reference' : 'other';
}
