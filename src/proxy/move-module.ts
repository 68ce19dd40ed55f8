import MagicString from 'magic-string';
import { childrenOf, isNode, listOf, type SyntaxNode } from '../manifest/syntax-tree.ts';
import { parseModule } from './parse-module.ts';
import { rebaseSpecifier } from './specifiers.ts';

/** Functions whose first argument is a specifier relative to the file that calls them. */
const CALLS =
  /^(?:require|require\.resolve|import\.meta\.resolve|mock\.module|\w+\.mock\.module|(?:jest|vi|vitest)\.(?:\w*[mM]ock|\w+MockFromModule|unstable_(?:un)?mockModule|\w+Actual))$/;

/**
 * The text of a module for another place: every relative specifier leads to where it led, and one to a module that moves
 * as well, to where that goes; nothing else changes. `places`: paths with and without extension → the new ones.
 */
export function moveModule(
  text: string,
  from: string,
  to: string,
  places: ReadonlyMap<string, string> = new Map(),
): string {
  const moved = new MagicString(text);
  const rebase = (specifier: string, start: number, end: number): void => {
    const rebased = rebaseSpecifier(specifier, from, to, places);
    if (rebased !== specifier) moved.overwrite(start, end, rebased);
  };
  const program = parseModule(from, text);
  visit(program, (literal) => rebase(textOf(literal), literal.start + 1, literal.end - 1));
  for (const { index, 0: comment } of text.matchAll(/\/\*\*[\s\S]*?\*\/|^\/\/\/\s*<reference\b.*$/gm)) {
    for (const match of comment.matchAll(
      /(?:import\(\s*|@import\b[^'"\n]*from\s*|<reference\s+path=)(['"])([^'"\n]+)\1/g,
    )) {
      const start = index + match.index + match[0].length - 1 - match[2]!.length;
      const specifier = match[2]!;
      const bare = comment.startsWith('///') && !specifier.startsWith('.') ? `./${specifier}` : specifier;
      rebase(bare, start, start + specifier.length);
    }
  }
  return moved.toString();
}

function visit(node: SyntaxNode, found: (literal: SyntaxNode) => void): void {
  const literal = specifierOf(node);
  if (literal) found(literal);
  for (const [, child] of childrenOf(node)) visit(child, found);
}

function specifierOf(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return literalOf(node.source);
    case 'TSExternalModuleReference':
      return literalOf(node.expression);
    case 'TSImportType': {
      const argument = node.argument as SyntaxNode;
      return literalOf(argument.type === 'TSLiteralType' ? argument.literal : argument);
    }
    case 'TSModuleDeclaration':
      return literalOf(node.id);
    case 'CallExpression':
    case 'OptionalCallExpression': {
      const [first] = listOf(node, 'arguments');
      const callee = node.callee as SyntaxNode;
      return callee.type === 'Import' || CALLS.test(dotted(callee)) ? literalOf(first) : undefined;
    }
    case 'NewExpression': {
      const [first, second] = listOf(node, 'arguments');
      return dotted(node.callee as SyntaxNode) === 'URL' && second && dotted(second) === 'import.meta.url'
        ? literalOf(first)
        : undefined;
    }
    default:
      return undefined;
  }
}

/** A string, or a template without holes. */
export function literalOf(node: unknown): SyntaxNode | undefined {
  if (!isNode(node)) return undefined;
  const isText = node.type === 'TemplateLiteral' && listOf(node, 'expressions').length === 0;
  return isText || node.type === 'StringLiteral' ? node : undefined;
}

function textOf(literal: SyntaxNode): string {
  const [quasi] = literal.type === 'TemplateLiteral' ? listOf(literal, 'quasis') : [];
  return quasi ? ((quasi.value as { cooked?: string }).cooked ?? '') : String(literal.value);
}

/** `a.b.c` of a chain of names; empty for anything else. */
export function dotted(node: SyntaxNode): string {
  if (node.type === 'Identifier') return String(node.name);
  if (node.type === 'MetaProperty') return 'import.meta';
  if (node.type !== 'MemberExpression' || node.computed) return '';
  const object = dotted(node.object as SyntaxNode);
  return object === '' ? '' : `${object}.${dotted(node.property as SyntaxNode)}`;
}
