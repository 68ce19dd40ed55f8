import { type SyntaxNode, withoutParentheses } from '../../src/manifest/syntax-tree.ts';
import type { Reason } from '../../src/survey/usage.ts';
import { groupedBy } from '../lib/grouped-by.ts';
import { groupOf, type ImportStatement } from '../lib/import-statements.ts';
import { reason } from '../lib/reasons.ts';
import { isWrapper } from '../lib/syntax-index.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Entry, Form, SpecifierSite } from './form.ts';
import { chooseLocal, type LocalName, renameUses } from './local-names.ts';
import { followModule, type Taken, takenAs, together } from './module-flow.ts';
import { flowForm } from './module-object.ts';
import { partedNamespace } from './parted-namespace.ts';

/** A deprecated export that is taken from the namespace, or the default import beside it. */
interface Part extends Entry {
  readonly members: readonly Taken[];
  readonly isDefault: boolean;
}

/**
 * `import * as ns from`, `import D, * as ns from`. When all that is taken from the namespace moves to one module, the
 * namespace moves. Otherwise what moves is imported by name, or from a namespace of its own where a name is not enough, and
 * the namespace keeps the rest, if there is any.
 */
export function namespaceForm(
  rewrite: FileRewrite,
  site: SpecifierSite,
  statement: ImportStatement,
  namespace: SyntaxNode,
): Form {
  const { usage, destinations } = site;
  const { scopes } = rewrite.file;
  const group = groupOf(statement);
  const binding = namespace.local as SyntaxNode;
  const name = binding.name as string;
  const objects = scopes.usesOf(binding);
  const inDocs = rewrite.docMembers(name).map((word) => takenAs(word, word, word.name as string));
  const flow = together([...(objects ?? []).map((object) => followModule({ rewrite, site }, object)), ...inDocs]);
  const whole = flowForm(rewrite, site, flow, group);
  const parts = partsOf(rewrite, site, statement, flow.taken);
  const obstacle = objects
    ? splitObstacle(rewrite, whole, parts, statement)
    : reason('shadowed', `'${name}' is declared a second time, and some uses may mean that`);
  if (!statement.defaultName && objects) {
    if (!whole.obstacle) return whole;
    const own = { statement: statement.node, binding };
    const isSplit = obstacle && OVERCOME.has(whole.obstacle.code);
    const parted = isSplit ? partedNamespace(rewrite, site, own, flow.taken, group) : undefined;
    if (parted) return parted;
  }
  const stays = flow.taken.some((taken) => !destinations.of(taken.name));
  return {
    usage,
    destinations,
    entries: parts,
    whole: false,
    ...(obstacle ? { obstacle } : {}),
    group,
    apply(moving) {
      const keeps = stays || parts.some((part) => !part.isDefault && !moving.includes(part));
      const answered = [usage.id];
      for (const part of moving as readonly Part[])
        split(rewrite, site, statement, { part, namespace, keeps, answered, group });
    },
  };
}

function partsOf(
  { file }: FileRewrite,
  { destinations }: SpecifierSite,
  { defaultName }: ImportStatement,
  taken: readonly Taken[],
): readonly Part[] {
  const parts = [...groupedBy(taken, ({ name }) => name)].flatMap(([name, members]): readonly Part[] => {
    const destination = destinations.of(name);
    if (!destination) return [];
    const nodes = members.map(({ node }) => node);
    const words = members.map(({ word }) => word);
    return [{ destination, members, uses: nodes, words, rewritten: nodes, isDefault: false }];
  });
  const destination = defaultName && destinations.of('default');
  if (!destination) return parts;
  const own = file.scopes.usesOf(defaultName.local as SyntaxNode);
  const passedOn = own ? {} : { passedOn: reason('shadowed', 'the default import is declared a second time') };
  const uses = own ?? [];
  return [{ destination, members: [], uses, words: uses, isDefault: true, ...passedOn }, ...parts];
}

/** What a split gets over: that names stay or go to several modules, and that only the default import is used. */
const OVERCOME = new Set(['names-stay', 'several-modules', 'unused']);

/** Why what is taken from a namespace cannot be imported by name. */
function splitObstacle(
  { file: { index } }: FileRewrite,
  { obstacle }: Form,
  parts: readonly Part[],
  { node, namespace }: ImportStatement,
): Reason | undefined {
  if (obstacle && !OVERCOME.has(obstacle.code)) return obstacle;
  if (parts.length === 0) return obstacle;
  const name = (namespace!.local as SyntaxNode).name as string;
  const stays = (why: string) =>
    reason(obstacle?.code ?? 'several-modules', `not all of '${name}' goes to one module, and ${why}`);
  if (node.phase) return stays(`'import ${node.phase}' takes a namespace`);
  for (const { members, destination } of parts) {
    const member = `'${name}.${destination.from.name}'`;
    if (members.some((taken) => taken.how !== 'member' || taken.node === taken.word))
      return stays(`${member} is taken without being written out`);
    if (members.some((taken) => index.parent(taken.node)?.type === 'TSImportEqualsDeclaration'))
      return stays(`'import … = ' needs the namespace of ${member}`);
    if (members.some(isAsserted)) return reason('module-passed-on', `'${name}' is asserted to be of another type`);
    if (/^[a-z]/.test(destination.to.name) && members.some((taken) => taken.node.type === 'JSXMemberExpression'))
      return stays(`'<${destination.to.name}>' would be an element of HTML`);
  }
  return undefined;
}

/** `(ns as Other).X`: of another type than `X` alone. */
function isAsserted({ node }: Taken): boolean {
  const object = (node.object ?? node.left) as SyntaxNode;
  return isWrapper(object) && withoutParentheses(object).type !== 'Identifier';
}

interface Split {
  readonly part: Part;
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
  { part, namespace, keeps, answered, group }: Split,
): void {
  const { editor, modules } = rewrite;
  const { destination, members, isDefault } = part;
  const { to } = destination;
  const specifier = rewrite.specifier(site, to.module);
  const use = statement.typeOnly ? 'type' : 'value';
  if (isDefault) {
    const node = statement.defaultName!;
    const { local, duplicate } = chooseLocal(rewrite, node.local as SyntaxNode, true, destination, use);
    editor.move({ statement, node, to, specifier, local, duplicate, usages: answered.splice(0), group });
    renameUses(rewrite, part.uses, local, group);
    return;
  }
  const isType = !statement.typeOnly && (modules?.isType(to) ?? false) && /\.[cm]?tsx?$/.test(rewrite.file.path);
  const { local, duplicate } = nameFor(rewrite, part, namespace.local as SyntaxNode, isType ? 'type' : use);
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
  { destination: { from, to }, uses }: Part,
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
