import { formatModule } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { groupedBy } from '../lib/grouped-by.ts';
import { attributesOf, moduleName, nameAs } from '../lib/import-statements.ts';
import { withoutItems } from '../lib/list-edits.ts';
import { reason } from '../lib/reasons.ts';
import { isCalled, labelOf } from './destinations.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Entry, Form, SpecifierSite } from './form.ts';
import { passedOn } from './module-flow.ts';
import { flowForm } from './module-object.ts';

/** `export { X as Y } from '…'`, `export type { X } from`. Public names stay. */
export function exportForm(rewrite: FileRewrite, site: SpecifierSite, statement: SyntaxNode): Form {
  const { usage, destinations } = site;
  const group = `export:${statement.start}`;
  const specifiers = statement.specifiers as readonly SyntaxNode[];
  const common = { usage, destinations, group };
  if (specifiers.length === 0) {
    const obstacle = reason('side-effect', 'loads the module and takes nothing; its exports go to other places');
    return { ...common, entries: [], whole: true, obstacle, apply: () => {} };
  }
  if (specifiers.some((each) => each.type !== 'ExportSpecifier'))
    return flowForm(
      rewrite,
      site,
      passedOn('hands on the module as an object, so what is taken from it is not known'),
      group,
    );
  const specifierOf = new Map<Entry, SyntaxNode>();
  for (const node of specifiers) {
    const destination = destinations.of(moduleName(node.local as SyntaxNode));
    if (!destination) continue;
    const passedOn = reason('used-as-value', `'${destination.from.name}' is handed on from here`);
    specifierOf.set(
      { destination, uses: [], words: [node.local as SyntaxNode, node.exported as SyntaxNode], passedOn },
      node,
    );
  }
  return {
    ...common,
    entries: [...specifierOf.keys()],
    whole: false,
    apply(moving) {
      const answered = [usage.id];
      const gone = new Set<SyntaxNode>();
      let converted = moving.length < specifiers.length;
      for (const list of groupedBy(moving, ({ destination }) => formatModule(destination.to.module)).values()) {
        const to = list[0]!.destination.to.module;
        if (!converted) {
          converted = true;
          if (rewrite.setSpecifier(site, to, answered, group)) answered.length = 0;
          for (const entry of list) renameHandedOn(rewrite, specifierOf.get(entry)!, entry, answered, group);
          continue;
        }
        const names = list.map((entry) => {
          const node = specifierOf.get(entry)!;
          gone.add(node);
          return (
            (node.exportKind === 'type' ? 'type ' : '') +
            nameAs(entry.destination.to.name, moduleName(node.exported as SyntaxNode))
          );
        });
        const usages = [...answered.splice(0), ...rewrite.take(...list.flatMap((entry) => entry.words))];
        insertExport(rewrite, site, statement, names, to, usages, group);
      }
      if (gone.size > 0) {
        for (const range of withoutItems(rewrite.file.layout, specifiers, gone))
          rewrite.editor.edit(range, '', [], group);
      }
    },
  };
}

function renameHandedOn(
  rewrite: FileRewrite,
  node: SyntaxNode,
  { destination, words }: Entry,
  answered: string[],
  group: string,
): void {
  const local = node.local as SyntaxNode;
  const exported = node.exported as SyntaxNode;
  const { name } = destination.to;
  if (moduleName(local) === name) return;
  const collapses = moduleName(exported) === name;
  const range = collapses ? { start: local.start, end: exported.end } : { start: local.start, end: local.end };
  const text = exported.start === local.start ? nameAs(name, moduleName(exported)) : nameAs(name, name);
  rewrite.editor.edit(range, text, [...answered.splice(0), ...rewrite.take(...words)], group);
}

/**
 * `export * from '…'`: what moves is exported by name beside it, which shadows the star; the rest stays. When nothing would
 * be left for the star, it goes. Names whose calls change too stay behind the star: who takes them from here has to be
 * looked at first.
 */
export function exportAllForm(rewrite: FileRewrite, site: SpecifierSite, statement: SyntaxNode): Form {
  const { usage, destinations } = site;
  const group = `export:${statement.start}`;
  const there = exportedNames(rewrite);
  const moved = destinations.named().filter((each) => each.from.name !== 'default');
  const missing = moved.filter((each) => !isCalled(each) && !there.has(each.from.name));
  const called = moved.filter(isCalled).map(labelOf);
  const entries = missing.map((destination): Entry => ({ destination, uses: [], words: [] }));
  const obstacle =
    called.length > 0
      ? reason('used-as-value', `hands on ${called.join(', ')}, whose calls change`)
      : reason('not-moved', 'hands on what the migration does not move');
  return {
    usage,
    destinations,
    entries,
    whole: false,
    ...(entries.length === 0 && !destinations.rest ? { obstacle } : {}),
    group,
    apply(moving) {
      const answered = [usage.id];
      const lists = [...groupedBy(moving, ({ destination }) => formatModule(destination.to.module)).values()];
      const statements = lists.flatMap((list) => namedExport(rewrite, site, statement, list));
      if (statements.length > 0) {
        const { eol } = rewrite.file.layout;
        if (leavesNothing(rewrite, site, moving, there)) {
          rewrite.editor.edit(
            { start: statement.start, end: statement.end },
            statements.join(eol),
            answered.splice(0),
            group,
          );
        } else {
          const at = rewrite.file.layout.afterStatement(statement);
          const text = statements.map((each) => eol + each).join('');
          rewrite.editor.edit({ start: at, end: at }, text, answered.splice(0), group);
        }
      }
      if (destinations.rest) rewrite.setSpecifier(site, destinations.rest, answered, group);
    },
  };
}

/** Whether every name that the star hands on is handed on by name as well. A star never hands on the default export. */
function leavesNothing(
  { modules }: FileRewrite,
  { destinations }: SpecifierSite,
  moving: readonly Entry[],
  there: ReadonlySet<string>,
): boolean {
  const names = modules?.exportNames(destinations.module);
  if (!names || destinations.rest) return false;
  const moved = new Set(moving.map(({ destination }) => destination.from.name));
  return [...names].every((name) => name === 'default' || moved.has(name) || there.has(name));
}

/** `export { A, type B } from '…'`, without a type in JavaScript, which has none; nothing when no name is left. */
function namedExport(
  rewrite: FileRewrite,
  site: SpecifierSite,
  statement: SyntaxNode,
  entries: readonly Entry[],
): readonly string[] {
  const { layout, path } = rewrite.file;
  const isTyped = /\.[cm]?tsx?$/.test(path);
  const whole = statement.exportKind === 'type';
  const names = entries.flatMap(({ destination: { from, to } }) => {
    const isType = !whole && (rewrite.modules?.isType(to) ?? false);
    if (isType && !isTyped) return [];
    return [`${isType ? 'type ' : ''}${nameAs(to.name, from.name)}`];
  });
  if (names.length === 0) return [];
  const quote = layout.quoteOf(site.literal);
  const specifier = rewrite.specifier(site, entries[0]!.destination.to.module);
  const list = `{ ${names.join(', ')} }`;
  return [`export ${whole ? 'type ' : ''}${list} from ${quote}${specifier}${quote}${endOf(rewrite, statement)}`];
}

function insertExport(
  rewrite: FileRewrite,
  site: SpecifierSite,
  statement: SyntaxNode,
  names: readonly string[],
  to: Parameters<FileRewrite['specifier']>[1],
  usages: readonly string[],
  group: string,
): void {
  const { layout } = rewrite.file;
  const quote = layout.quoteOf(site.literal);
  const type = statement.exportKind === 'type' ? 'type ' : '';
  const text = `export ${type}{ ${names.join(', ')} } from ${quote}${rewrite.specifier(site, to)}${quote}${endOf(rewrite, statement)}`;
  const at = layout.afterStatement(statement);
  rewrite.editor.edit({ start: at, end: at }, layout.eol + text, usages, group);
}

/** What follows the specifier: import attributes, a semicolon. */
function endOf({ file: { layout } }: FileRewrite, statement: SyntaxNode): string {
  const attributes = attributesOf(layout, statement);
  return (attributes === '' ? '' : ` ${attributes}`) + layout.semicolonOf(statement);
}

/** The names that the file exports by name. */
function exportedNames({ file }: FileRewrite): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of file.index.ofType('ExportNamedDeclaration')) {
    for (const node of statement.specifiers as readonly SyntaxNode[])
      names.add(moduleName(node.exported as SyntaxNode));
    const declaration = statement.declaration as SyntaxNode | null;
    const id = declaration?.id as SyntaxNode | undefined;
    if (id?.type === 'Identifier') names.add(id.name as string);
    for (const declarator of (declaration?.declarations ?? []) as readonly SyntaxNode[]) {
      const name = declarator.id as SyntaxNode;
      if (name.type === 'Identifier') names.add(name.name as string);
    }
  }
  return names;
}
