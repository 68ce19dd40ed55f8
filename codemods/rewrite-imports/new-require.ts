import type { ModuleRef } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { SpecifierSite } from './form.ts';

interface NewDeclaration {
  /** The declaration that the names leave. */
  readonly statement: SyntaxNode;
  readonly declarator: SyntaxNode;
  readonly pattern: SyntaxNode;
  readonly properties: readonly string[];
  readonly locals: ReadonlyMap<string, string>;
  readonly to: ModuleRef;
  readonly usages: readonly string[];
  readonly group: string;
}

/** `const { X } = require('…');` for the names that leave, after the declaration that they leave. */
export function insertDeclaration(
  rewrite: FileRewrite,
  site: SpecifierSite,
  { statement, declarator, pattern, properties, locals, to, usages, group }: NewDeclaration,
): void {
  const { file, editor } = rewrite;
  const { layout } = file;
  const parent = file.index.parent(statement)!;
  const outer = parent.type === 'ExportNamedDeclaration' ? parent : statement;
  const { literal } = site;
  const value =
    file.text.slice(pattern.end, literal.start + 1) +
    rewrite.specifier(site, to) +
    file.text.slice(literal.end - 1, declarator.end);
  const head = file.text.slice(outer.start, statement.start);
  const at = layout.afterStatement(outer);
  const before = `${layout.eol}${layout.indentation(outer.start)}${head}${statement.kind} { `;
  const after = ` }${value}${layout.semicolonOf(statement)}`;
  const isTopLevel = parent.type === 'Program' && isRequired(declarator);
  if (isTopLevel) editor.requires.write(statement, to, { at, before, properties, after, usages }, locals, group);
  else editor.edit({ start: at, end: at }, before + properties.join(', ') + after, usages, group);
}

function isRequired({ init }: SyntaxNode): boolean {
  return ((init as SyntaxNode | null)?.callee as SyntaxNode | undefined)?.name === 'require';
}
