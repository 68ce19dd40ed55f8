import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { ParsedFile } from './parse.ts';
import type { SourceLayout } from './source-layout.ts';
import { stringValue } from './syntax-index.ts';

/** An `import … from '…'` as it is written. */
export interface ImportStatement {
  readonly node: SyntaxNode;
  /** The string node of the specifier. */
  readonly source: SyntaxNode;
  readonly specifier: string;
  /** `import type …`. */
  readonly typeOnly: boolean;
  readonly defaultName: SyntaxNode | undefined;
  readonly namespace: SyntaxNode | undefined;
  /** The names between braces. */
  readonly named: readonly SyntaxNode[];
  /** Offsets of `{` and `}`. */
  readonly braces: { readonly open: number; readonly close: number } | undefined;
  /** `with { type: 'json' }`, as written; empty without any. */
  readonly attributes: string;
}

/** The import declarations of a file, in order. */
export function importStatements(file: ParsedFile, layout: SourceLayout): readonly ImportStatement[] {
  return file.index.ofType('ImportDeclaration').map((node) => {
    const specifiers = node.specifiers as readonly SyntaxNode[];
    const named = specifiers.filter((each) => each.type === 'ImportSpecifier');
    const defaultName = specifiers.find((each) => each.type === 'ImportDefaultSpecifier');
    const source = node.source as SyntaxNode;
    return {
      node,
      source,
      specifier: stringValue(source)!,
      typeOnly: node.importKind === 'type' || node.importKind === 'typeof',
      defaultName,
      namespace: specifiers.find((each) => each.type === 'ImportNamespaceSpecifier'),
      named,
      braces: bracesIn(layout, defaultName?.end ?? node.start, named, source.start),
      attributes: attributesOf(layout, node),
    };
  });
}

/** The import attributes of a declaration as they are written, `with { … }`; empty without any. */
export function attributesOf({ text }: SourceLayout, { source, attributes, end }: SyntaxNode): string {
  if (!Array.isArray(attributes) || attributes.length === 0) return '';
  return text
    .slice((source as SyntaxNode).end, end)
    .replace(/;$/, '')
    .trim();
}

function bracesIn(layout: SourceLayout, from: number, named: readonly SyntaxNode[], end: number) {
  const open = layout.find('{', from);
  if (open < 0 || open > end) return undefined;
  return { open, close: layout.find('}', named.at(-1)?.end ?? open) };
}

/** The name that a specifier takes from the module: `default` for a default import, absent for a namespace. */
export function importedName(specifier: SyntaxNode): string | undefined {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  return specifier.type === 'ImportSpecifier' ? moduleName(specifier.imported as SyntaxNode) : undefined;
}

/** A name at a module's border, which may be a string: `export { x as 'a-b' }`. */
export function moduleName(node: SyntaxNode): string {
  return node.type === 'StringLiteral' ? (node.value as string) : (node.name as string);
}

export function localName(specifier: SyntaxNode): string {
  return (specifier.local as SyntaxNode).name as string;
}

/** Whether a single name of an import is type-only: `import { type X }`. */
export function isInlineType(specifier: SyntaxNode): boolean {
  return specifier.importKind === 'type' || specifier.importKind === 'typeof';
}

/** A name in braces: `X`, `X as Y`. */
export function nameAs(name: string, local: string): string {
  const written = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
  return name === local ? written : `${written} as ${local}`;
}

/** The group of what happens to one import declaration. */
export function groupOf(statement: ImportStatement): string {
  const first = statement.defaultName ?? statement.namespace ?? statement.named[0];
  return `import:${first ? localName(first) : statement.specifier}`;
}
