import type { TextRange } from '../../src/base/places.ts';
import { formatModule } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { groupedBy } from './grouped-by.ts';
import type { ImportDraft } from './import-draft.ts';
import { Homes, type NameMove, type NewStatement } from './import-homes.ts';
import { groupOf, type ImportStatement, importedName, isInlineType, localName, nameAs } from './import-statements.ts';
import { withoutItems } from './list-edits.ts';
import { addTo, renderAdded } from './render-added.ts';

/** Renders the moves as edits of the editor; gives back where each canonical module is imported now. */
export function renderMoves(editor: ImportDraft, moves: readonly NameMove[]): Homes {
  const homes = new Homes(editor);
  for (const statement of editor.statements) {
    const own = moves.filter((move) => move.statement === statement);
    if (own.length > 0) renderStatement(editor, homes, statement, own);
  }
  return homes;
}

/** Renders the clauses and declarations that are new, once all their names are known. */
export function renderNewStatements(editor: ImportDraft, homes: Homes): void {
  for (const [statement, added] of homes.added) renderAdded(editor, homes, statement, added);
  for (const [{ typeOnly }, { range, defaultName, names, usages, group, before = '' }] of homes.clauses) {
    editor.edit(range, before + clauseOf(defaultName, names, ' ', typeOnly), usages, group);
  }
  for (const { after, statement, group } of homes.fresh) {
    const at = editor.layout.afterStatement(after);
    editor.edit({ start: at, end: at }, editor.layout.eol + textOf(editor, statement), statement.usages, group);
  }
}

function renderStatement(
  editor: ImportDraft,
  homes: Homes,
  statement: ImportStatement,
  moves: readonly NameMove[],
): void {
  const group = groupOf(statement);
  const usages = moves.flatMap((move) => move.usages);
  // The first edit of the statement answers its usages.
  const takeUsages = () => usages.splice(0);
  const all = [statement.defaultName, statement.namespace, ...statement.named].filter((node) => node !== undefined);
  const gone = new Set<SyntaxNode>();
  const leaving = new Set(moves.filter((move) => !move.stays).map((move) => move.node));
  const emptied = leaving.size === all.length;
  // Its comments would go with it if it became part of another.
  const hasComment = editor.layout.hasComment(statement.node);
  let converted = false;
  let anew = false;

  const lists = [...groupedBy(moves, (move) => formatModule(move.to.module)).values()];
  // The braces and the comments in them stay with names, not with a default import that has none.
  const hasDefault = (list: readonly NameMove[]) => list.some(({ node }) => node === statement.defaultName);
  if (hasComment) lists.sort((a, b) => Number(hasDefault(a)) - Number(hasDefault(b)));
  for (const list of lists) {
    const { to, specifier } = list[0]!;
    const wanted = list.filter((move) => !move.duplicate);
    for (const move of list) if (move.duplicate && !move.stays) gone.add(move.node);
    const home = homes.of({ module: to.module, specifier }, statement.typeOnly, statement.attributes);
    if (home?.group) editor.join(home.group, group);
    if (wanted.length === 0) continue;

    if (home?.statement === statement) {
      for (const move of wanted) renameInPlace(editor, homes, statement, move, takeUsages, group, false);
    } else if ((!home || hasComment) && emptied && !converted) {
      converted = true;
      const content = { start: statement.source.start + 1, end: statement.source.end - 1 };
      if (specifier !== statement.specifier) editor.edit(content, specifier, takeUsages(), group);
      const isDefault = wanted.some((move) => move.node === statement.defaultName);
      anew = statement.namespace !== undefined || (isDefault && wanted.length < moves.length);
      if (anew) rewriteWhole(homes, statement, wanted, takeUsages(), group);
      else
        for (const move of wanted)
          renameInPlace(editor, homes, statement, move, takeUsages, group, wanted.length === 1 && all.length === 1);
      if (!home) homes.set({ module: to.module, specifier }, statement, { statement, group });
    } else {
      for (const move of wanted) if (!move.stays) gone.add(move.node);
      if (home?.statement) {
        for (const move of wanted)
          addTo(
            homes,
            home.statement,
            prefixIn(home.statement.typeOnly, move),
            move.to.name,
            move.local,
            takeUsages(),
            group,
          );
      } else {
        const made: NewStatement = home?.fresh ?? {
          like: statement,
          typeOnly: statement.typeOnly,
          specifier,
          names: [],
          usages: [],
        };
        for (const move of wanted)
          made.names.push({ name: move.to.name, local: move.local, prefix: prefixIn(made.typeOnly, move) });
        made.usages.push(...takeUsages());
        if (!home) {
          homes.fresh.push({ after: statement.node, statement: made, group });
          homes.set({ module: to.module, specifier }, statement, { fresh: made, group });
        }
      }
    }
  }
  if (anew) return;
  homes.gone.set(statement, gone);
  if (removeNames(editor, statement, gone, takeUsages, group)) homes.removed.add(statement.node);
}

/** A clause whose shape changes altogether: a namespace gives way to names, or a default import to some of several. */
function rewriteWhole(
  homes: Homes,
  statement: ImportStatement,
  moves: readonly NameMove[],
  usages: string[],
  group: string,
): void {
  const { defaultName, namespace, braces } = statement;
  const range = { start: (defaultName ?? namespace)!.start, end: namespace?.end ?? braces!.close + 1 };
  const own = moves.find(({ to, node, isType }) => to.name === 'default' && !isType && !isInlineType(node));
  const names = moves
    .filter((move) => move !== own)
    .map((move) => prefixIn(statement.typeOnly, move) + nameAs(move.to.name, move.local));
  homes.clauses.set(statement, { range, defaultName: own?.local, names, usages, group });
}

function prefixIn(typeOnlyHome: boolean, move: NameMove): string {
  const isType = move.isType ?? (move.statement.typeOnly || isInlineType(move.node));
  return !typeOnlyHome && isType ? 'type ' : '';
}

/** Writes another name where one stands; a default import that becomes a named one gets its braces. */
function renameInPlace(
  editor: ImportDraft,
  homes: Homes,
  statement: ImportStatement,
  { node, to, local }: NameMove,
  takeUsages: () => string[],
  group: string,
  alone: boolean,
): void {
  if (importedName(node) === to.name && localName(node) === local) return;
  const inner = nameAs(to.name, local);
  const { braces } = statement;
  const rewriteClause = (range: TextRange, defaultName: string | undefined, names: string[]) =>
    homes.clauses.set(statement, { range, defaultName, names, usages: takeUsages(), group });
  if (node.type === 'ImportDefaultSpecifier') {
    if (to.name === 'default') editor.edit(node, local, takeUsages(), group);
    else if (!braces || statement.named.length === 0) {
      rewriteClause({ start: node.start, end: braces ? braces.close + 1 : node.end }, undefined, [inner]);
    } else {
      editor.edit({ start: node.start, end: braces.open }, '', takeUsages(), group);
      const at = statement.named[0]!.start;
      editor.edit({ start: at, end: at }, `${inner}, `, [], group);
    }
    return;
  }
  if (to.name === 'default' && alone && braces && !isInlineType(node)) {
    rewriteClause({ start: braces.open, end: braces.close + 1 }, local, []);
    return;
  }
  const imported = node.imported as SyntaxNode;
  const aliased = (node.local as SyntaxNode).start !== imported.start;
  const range = aliased && local !== to.name ? imported : { start: imported.start, end: node.end };
  const text = aliased && local !== to.name ? nameAs(to.name, to.name) : inner;
  editor.edit(range, text, takeUsages(), group);
}

/** Takes names out of a declaration; says whether the whole declaration goes. */
function removeNames(
  editor: ImportDraft,
  { node, defaultName, namespace, named, braces }: ImportStatement,
  gone: ReadonlySet<SyntaxNode>,
  takeUsages: () => string[],
  group: string,
): boolean {
  if (gone.size === 0) return false;
  const { layout } = editor;
  const remove = (start: number, end: number) => editor.edit({ start, end }, '', takeUsages(), group);
  const staying = named.filter((each) => !gone.has(each));
  const defaultStays = defaultName && !gone.has(defaultName);
  const namespaceStays = namespace && !gone.has(namespace);
  if (staying.length === 0 && !defaultStays && !namespaceStays) {
    const lines = layout.wholeLines(node);
    remove(lines.start, lines.end);
    return true;
  }
  if (defaultName && !defaultStays) remove(defaultName.start, namespace?.start ?? braces!.open);
  if (namespace && !namespaceStays) remove(defaultName!.end, namespace.end);
  if (named.length > 0 && staying.length === 0) remove(defaultName!.end, braces!.close + 1);
  else if (staying.length < named.length) {
    for (const { start, end } of withoutItems(layout, named, gone)) remove(start, end);
  }
  return false;
}

function textOf({ layout }: ImportDraft, { like, typeOnly, specifier, names }: NewStatement): string {
  const tight =
    like.braces && layout.text[like.braces.open + 1] !== ' ' && !/\s/.test(layout.text[like.braces.open + 1]!);
  const pad = tight ? '' : ' ';
  const first = names.find(({ name, prefix }) => name === 'default' && prefix === '');
  const rest = names.filter((each) => each !== first).map(({ name, local, prefix }) => prefix + nameAs(name, local));
  const quote = layout.quoteOf(like.source);
  const clause = clauseOf(first?.local, rest, pad, typeOnly);
  const attributes = like.attributes === '' ? '' : ` ${like.attributes}`;
  return `import ${typeOnly ? 'type ' : ''}${clause} from ${quote}${specifier}${quote}${attributes}${layout.semicolonOf(like.node)}`;
}

/** `X`, `{ Y }`, `X, { Y }`: what stands between `import` and `from`. A type-only import has a default name or braces. */
export function clauseOf(
  defaultName: string | undefined,
  names: readonly string[],
  pad: string,
  typeOnly = false,
): string {
  const inBraces = typeOnly && defaultName !== undefined && names.length > 0;
  const all = inBraces ? [nameAs('default', defaultName), ...names] : names;
  const braced = all.length > 0 ? `{${pad}${all.join(', ')}${pad}}` : undefined;
  return [inBraces ? undefined : defaultName, braced].filter((part) => part !== undefined).join(', ');
}
