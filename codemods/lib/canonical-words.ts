import type { ExportRef } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { importedName, importStatements, moduleName } from './import-statements.ts';
import type { ParsedFile } from './parse.ts';
import { leadsTo } from './specifier-style.ts';
import { stringValue } from './syntax-index.ts';

/**
 * Where words of a file stand for an export that it takes from the export's own module, or hands on from there, by whatever
 * name: `import { X as Old }`, its uses, `export { X as Old } from`. Offsets, that of the content for a string.
 */
export function canonicalWords(file: ParsedFile, { module, name }: ExportRef): ReadonlySet<number> {
  const words = new Set<number>();
  const add = (node: SyntaxNode) => words.add(node.type === 'StringLiteral' ? node.start + 1 : node.start);
  for (const { specifier, defaultName, named } of importStatements(file, file.layout)) {
    if (!leadsTo(file.path, specifier, module)) continue;
    for (const node of [defaultName, ...named]) {
      if (!node || importedName(node) !== name) continue;
      const local = node.local as SyntaxNode;
      for (const word of [(node.imported ?? local) as SyntaxNode, local]) add(word);
      for (const use of file.scopes.usesOf(local) ?? []) {
        add(use);
        const parent = file.index.parent(use);
        if (parent?.type === 'ExportSpecifier') add(parent.exported as SyntaxNode);
      }
    }
  }
  for (const { source, specifiers } of file.index.ofType('ExportNamedDeclaration')) {
    const from = source ? stringValue(source as SyntaxNode) : undefined;
    if (from === undefined || !leadsTo(file.path, from, module)) continue;
    for (const { type, local, exported } of specifiers as readonly SyntaxNode[]) {
      if (type !== 'ExportSpecifier' || moduleName(local as SyntaxNode) !== name) continue;
      for (const word of [local, exported] as readonly SyntaxNode[]) add(word);
    }
  }
  return words;
}
