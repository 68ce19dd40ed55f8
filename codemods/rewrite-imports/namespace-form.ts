import { type SyntaxNode, withoutParentheses } from '../../src/manifest/syntax-tree.ts';
import type { Reason } from '../../src/survey/usage.ts';
import { groupOf, type ImportStatement } from '../lib/import-statements.ts';
import { reason } from '../lib/reasons.ts';
import { isWrapper } from '../lib/syntax-index.ts';
import { type Destination, modulesOf } from './destinations.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Entry, Form, SpecifierSite } from './form.ts';
import { chooseLocal, type LocalName, renameUses } from './local-names.ts';
import { type MemberUse, memberUse, renameWord } from './module-object.ts';

/** A deprecated export that is taken from the namespace, or the default import beside it. */
interface Taken extends Entry {
  readonly members: readonly MemberUse[];
  readonly isDefault: boolean;
}

/**
 * `import * as ns from`, `import D, * as ns from`. When all that is taken from the namespace moves to one module, the
 * namespace moves. Otherwise what moves is imported by name, and the namespace keeps the rest, if there is any.
 */
export function namespaceForm(
  rewrite: FileRewrite,
  site: SpecifierSite,
  statement: ImportStatement,
  namespace: SyntaxNode,
): Form {
  const { usage, destinations } = site;
  const group = groupOf(statement);
  const binding = namespace.local as SyntaxNode;
  const objects = rewrite.file.scopes.usesOf(binding);
  const found = (objects ?? []).map((object) => memberUse(rewrite, object));
  const uses = found.filter((use) => use !== undefined);
  const taken = takenFrom(rewrite, site, statement, uses);
  const stays = uses.some(({ name }) => !destinations.of(name));
  const movesWhole = (moving: readonly Entry[]) =>
    !statement.defaultName &&
    !stays &&
    moving.length === taken.length &&
    modulesOf(moving.map(({ destination }) => destination)).length === 1;
  return {
    usage,
    destinations,
    entries: taken,
    whole: false,
    ...obstacleOf(binding, objects, { found, taken, isSplit: !movesWhole(taken), statement }),
    group,
    apply(moving) {
      if (movesWhole(moving)) {
        rewrite.setSpecifier(site, moving[0]!.destination.to.module, [usage.id], group);
        for (const { members, destination } of moving as readonly Taken[])
          for (const { word } of members) renameWord(rewrite, word, destination.to.name, group);
        return;
      }
      const keeps = stays || taken.some((entry) => !entry.isDefault && !moving.includes(entry));
      const answered = [usage.id];
      for (const entry of moving as readonly Taken[])
        split(rewrite, site, statement, { entry, namespace, keeps, answered, group });
    },
  };
}

function takenFrom(
  { file }: FileRewrite,
  { destinations }: SpecifierSite,
  { defaultName }: ImportStatement,
  uses: readonly MemberUse[],
): readonly Taken[] {
  const byName = new Map<string, { destination: Destination; members: MemberUse[] }>();
  for (const use of uses) {
    const destination = destinations.of(use.name);
    if (!destination) continue;
    const entry = byName.get(use.name) ?? { destination, members: [] };
    entry.members.push(use);
    byName.set(use.name, entry);
  }
  const taken = [...byName.values()].map(({ destination, members }): Taken => {
    const nodes = members.map(({ node }) => node);
    const words = members.map(({ word }) => word);
    return { destination, members, uses: nodes, words, rewritten: nodes, isDefault: false };
  });
  const destination = defaultName && destinations.of('default');
  if (!destination) return taken;
  const own = file.scopes.usesOf(defaultName.local as SyntaxNode);
  const passedOn = own ? {} : { passedOn: reason('shadowed', 'the default import is declared a second time') };
  const entry = { destination, members: [], uses: own ?? [], words: own ?? [], isDefault: true, ...passedOn };
  return [entry, ...taken];
}

interface Findings {
  readonly found: readonly (MemberUse | undefined)[];
  readonly taken: readonly Taken[];
  readonly isSplit: boolean;
  readonly statement: ImportStatement;
}

function obstacleOf(
  binding: SyntaxNode,
  objects: readonly SyntaxNode[] | undefined,
  { found, taken, isSplit, statement }: Findings,
): { readonly obstacle?: Reason } {
  const name = binding.name as string;
  if (!objects)
    return { obstacle: reason('shadowed', `'${name}' is declared a second time, and some uses may mean that`) };
  if (found.includes(undefined)) {
    const text = 'the module is used as an object, so what is taken from it is not known';
    return { obstacle: reason('module-passed-on', text) };
  }
  if (objects.length === 0 && taken.length === 0) {
    const text = 'nothing is taken from it, so where it should lead is not known';
    return { obstacle: reason('unused', text) };
  }
  if (!isSplit) return {};
  if (statement.node.phase) {
    const text = `'import ${statement.node.phase}' takes a namespace, and what is taken from it goes to several modules`;
    return { obstacle: reason('several-modules', text) };
  }
  for (const { members, destination } of taken) {
    if (members.some(isAsserted))
      return { obstacle: reason('module-passed-on', `'${name}' is asserted to be of another type before it is used`) };
    if (/^[a-z]/.test(destination.to.name) && members.some(({ node }) => node.type === 'JSXMemberExpression'))
      return { obstacle: reason('form-not-supported', `'<${destination.to.name}>' would be an element of HTML`) };
  }
  return {};
}

/** `(ns as Other).X`: of another type than `X` alone. */
function isAsserted({ node }: MemberUse): boolean {
  const object = (node.object ?? node.left) as SyntaxNode;
  return isWrapper(object) && withoutParentheses(object).type !== 'Identifier';
}

interface Split {
  readonly entry: Taken;
  readonly namespace: SyntaxNode;
  /** The namespace stays for other names. */
  readonly keeps: boolean;
  /** The usage of the specifier until an edit answers it. */
  readonly answered: string[];
  readonly group: string;
}

/** Imports by name what was taken from the namespace. */
function split(
  rewrite: FileRewrite,
  site: SpecifierSite,
  statement: ImportStatement,
  { entry, namespace, keeps, answered, group }: Split,
): void {
  const { editor, modules } = rewrite;
  const { destination, members, isDefault } = entry;
  const { to } = destination;
  const specifier = rewrite.specifier(site, to.module);
  const use = statement.typeOnly ? 'type' : 'value';
  if (isDefault) {
    const node = statement.defaultName!;
    const { local, duplicate } = chooseLocal(rewrite, node.local as SyntaxNode, true, destination, use);
    editor.move({ statement, node, to, specifier, local, duplicate, usages: answered.splice(0), group });
    renameUses(rewrite, entry.uses, local, group);
    return;
  }
  const { local, duplicate } = nameFor(rewrite, entry, namespace.local as SyntaxNode, use);
  const isType = !statement.typeOnly && (modules?.isType(to) ?? false) && /\.[cm]?tsx?$/.test(rewrite.file.path);
  editor.move({
    statement,
    node: namespace,
    to,
    specifier,
    local,
    duplicate,
    usages: [],
    group,
    ...(keeps && { stays: true }),
    ...(isType && { isType }),
  });
  for (const { node, word } of members) editor.edit(node, local, [...answered.splice(0), ...rewrite.take(word)], group);
}

/** The name by which the file knows an export that it took from a namespace: its own, if that is free in every place. */
function nameFor(
  { editor, file: { scopes } }: FileRewrite,
  { destination: { from, to }, uses }: Taken,
  namespace: SyntaxNode,
  use: 'value' | 'type',
): LocalName {
  const isSeen = (name: string) => uses.every((place) => !scopes.isHidden(place, name));
  const existing = editor.localOf(to, use);
  if (existing !== undefined && isSeen(existing)) return { local: existing, duplicate: true };
  const named = [to.name, from.name].find((name) => name !== 'default') ?? `${namespace.name as string}Default`;
  const isFree = !editor.isGiven(named) && scopes.canDeclare(named) && isSeen(named);
  return { local: isFree ? named : editor.freeName(named), duplicate: false };
}
