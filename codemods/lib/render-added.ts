import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { ImportDraft } from './import-draft.ts';
import type { AddedName, Homes } from './import-homes.ts';
import { type ImportStatement, importedName, nameAs } from './import-statements.ts';
import { insertItems } from './list-edits.ts';

/** Adds a name to a declaration that stands in the file. */
export function addTo(
  homes: Homes,
  statement: ImportStatement,
  prefix: string,
  name: string,
  local: string,
  usages: readonly string[],
  group: string,
): void {
  const added = homes.added.get(statement) ?? [];
  homes.added.set(statement, [...added, { name, text: prefix + nameAs(name, local), usages, group }]);
}

/** Writes the names that join a declaration, once it is known what becomes of the declaration itself. */
export function renderAdded(
  editor: ImportDraft,
  homes: Homes,
  statement: ImportStatement,
  added: readonly AddedName[],
): void {
  const { braces, defaultName, named, node } = statement;
  const clause = homes.clauses.get(statement);
  if (clause) {
    for (const { text, usages } of added) {
      clause.names.push(text);
      clause.usages.push(...usages);
    }
    return;
  }
  if (named.length > 0) {
    const items = named.map((each) => ({ node: each, name: importedName(each)! }));
    const list = { open: braces!.open, items, gone: homes.gone.get(statement) ?? new Set<SyntaxNode>() };
    for (const { at, text, item } of insertItems(editor.layout, list, added))
      editor.edit({ start: at, end: at }, text, item.usages, item.group);
    return;
  }
  const at = defaultName?.end ?? node.start;
  homes.clauses.set(statement, {
    range: braces ? { start: braces.open, end: braces.close + 1 } : { start: at, end: at },
    defaultName: undefined,
    names: added.map(({ text }) => text),
    usages: added.flatMap(({ usages }) => usages),
    group: added[0]!.group,
    before: braces ? '' : ', ',
  });
  for (const { group } of added) editor.join(added[0]!.group, group);
}
