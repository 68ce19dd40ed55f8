import type { ExportRef } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { groupedBy } from './grouped-by.ts';
import type { ImportDraft } from './import-draft.ts';
import type { Homes } from './import-homes.ts';
import { nameAs } from './import-statements.ts';
import { addTo } from './render-added.ts';
import { clauseOf } from './render-moves.ts';
import type { RequireHomes } from './require-homes.ts';
import { topLevelRequires } from './required-names.ts';

/** A name that rewritten calls need and that the file does not import yet. */
export interface NeededName {
  readonly ref: ExportRef;
  readonly local: string;
  readonly specifier: string;
  /** That of the call that needs it, or its own when several do. */
  group: string;
}

/** Adds needed names to declarations of their module; gives back those that have none. */
export function addToHomes(
  editor: ImportDraft,
  needs: readonly NeededName[],
  homes: Homes,
  requires: RequireHomes,
): readonly NeededName[] {
  const add = isCommonJs(editor)
    ? (need: NeededName) => addToRequire(need, requires)
    : (need: NeededName) => addToImport(need, homes);
  return needs.filter((need) => !add(need));
}

/** Writes declarations for needed names, after the last one that stays. */
export function addStatements(editor: ImportDraft, needs: readonly NeededName[], homes: Homes): void {
  for (const list of groupedBy(needs, (need) => need.specifier).values()) addStatement(editor, list, homes.removed);
}

function isCommonJs(editor: ImportDraft): boolean {
  return editor.statements.length === 0 && usesRequire(editor);
}

function usesRequire({ file }: ImportDraft): boolean {
  if (/\.cjs$|\.cts$/.test(file.path)) return true;
  const { body } = file.index.program as unknown as { body: readonly SyntaxNode[] };
  if (body.some((statement) => /^Export/.test(statement.type))) return false;
  return (
    topLevelRequires(file).length > 0 ||
    file.index.references('module').length + file.index.references('exports').length > 0
  );
}

function addToImport({ ref, specifier, local, group }: NeededName, homes: Homes): boolean {
  const home = homes.of({ module: ref.module, specifier }, false);
  if (!home) return false;
  // With what it stands in, not with the call: a call that is held back leaves an unused import, which harms nothing.
  if (home.statement) addTo(homes, home.statement, '', ref.name, local, [], home.group ?? group);
  else home.fresh!.names.push({ name: ref.name, local, prefix: '' });
  return true;
}

function addToRequire({ ref, local, group }: NeededName, requires: RequireHomes): boolean {
  const home = requires.of(ref.module);
  if (home) requires.join(home, ref, local, [], home.group ?? group);
  return home !== undefined;
}

/** A property of a destructuring pattern: `X`, `X: y`. */
export function propertyAs(name: string, local: string): string {
  return name === local ? name : `${name}: ${local}`;
}

function addStatement(editor: ImportDraft, needs: readonly NeededName[], removed: ReadonlySet<SyntaxNode>): void {
  const requires = isCommonJs(editor);
  const { layout, file } = editor;
  const { specifier, group } = needs[0]!;
  const shared = needs.every((need) => need.group === group) ? group : `import:${specifier}`;
  for (const need of needs) if (shared !== group) editor.join(shared, need.group);
  const lastImport = editor.statements.findLast(({ node }) => !removed.has(node));
  const last = requires ? topLevelRequires(file).at(-1)?.statement : lastImport?.node;
  const literal = (requires ? undefined : lastImport?.source) ?? file.index.ofType('StringLiteral')[0];
  const quote = layout.quoteOf(literal);
  const semicolon = layout.semicolonOf(last ?? (file.index.program.body as readonly SyntaxNode[])[0]);
  const text = requires ? requireText(needs, quote) : importText(needs, quote);
  const place = last ? { at: layout.afterStatement(last), before: layout.eol, after: '' } : topOf(editor);
  editor.edit({ start: place.at, end: place.at }, place.before + text + semicolon + place.after, [], shared);
}

function importText(needs: readonly NeededName[], quote: string): string {
  const first = needs.find(({ ref }) => ref.name === 'default');
  const named = needs.filter((need) => need !== first).map(({ ref, local }) => nameAs(ref.name, local));
  return `import ${clauseOf(first?.local, named, ' ')} from ${quote}${needs[0]!.specifier}${quote}`;
}

function requireText(needs: readonly NeededName[], quote: string): string {
  const names = needs.map(({ ref, local }) => propertyAs(ref.name, local)).join(', ');
  return `const { ${names} } = require(${quote}${needs[0]!.specifier}${quote})`;
}

/** Where a file's first import belongs: after directives, or after a header comment that a blank line sets apart. */
function topOf({ layout, file }: ImportDraft): { at: number; before: string; after: string } {
  const { eol, text } = layout;
  const program = file.index.program as unknown as {
    body: readonly SyntaxNode[];
    directives: readonly SyntaxNode[];
    interpreter: SyntaxNode | null;
  };
  const directive = program.directives.at(-1);
  if (directive) return { at: layout.afterStatement(directive), before: eol + eol, after: '' };
  const code = program.body[0]?.start ?? text.length;
  const header = (file.ast.comments ?? [])
    .filter(({ start, end }) => end! <= code && start! >= (program.interpreter?.end ?? 0))
    .findLast(({ end }) => /^[ \t]*(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)/.test(text.slice(end!)));
  const above = header?.end ?? program.interpreter?.end;
  if (above === undefined) return { at: 0, before: '', after: eol + eol };
  return { at: above, before: eol + eol, after: '' };
}
