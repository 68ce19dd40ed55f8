import path from 'node:path/posix';
import { formatModule, type ModuleRef } from '../../src/manifest/migration.ts';
import { type SyntaxNode, withoutParentheses } from '../../src/manifest/syntax-tree.ts';
import { groupedBy } from '../lib/grouped-by.ts';
import { stringValue } from '../lib/syntax-index.ts';
import type { Destination } from './destinations.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Entry, Form, SpecifierSite } from './form.ts';
import type { Taken } from './module-flow.ts';
import { renameTaken } from './module-object.ts';

/** `import * as ns from '…'`, `import ns = require('…')`. */
export interface NamespaceImport {
  readonly statement: SyntaxNode;
  /** The identifier of `ns`. */
  readonly binding: SyntaxNode;
}

/** What is taken from a namespace and moves, with the `ns` that it is taken from. */
interface Part extends Entry {
  readonly members: readonly (Taken & { readonly object: SyntaxNode })[];
}

/**
 * A namespace whose names go to several modules, or stay in part, as several namespaces: `ns.X` becomes `router.X` beside
 * `import * as router from '…'`, written as the old one is. `undefined` where a name is not taken from `ns` itself, so that
 * there is no `ns` to write another one for.
 */
export function partedNamespace(
  rewrite: FileRewrite,
  site: SpecifierSite,
  namespace: NamespaceImport,
  taken: readonly Taken[],
  group: string,
): Form | undefined {
  const { usage, destinations } = site;
  const own = new Set(rewrite.file.scopes.usesOf(namespace.binding));
  const parts: Part[] = [];
  for (const [name, list] of groupedBy(taken, (each) => each.name)) {
    const destination = destinations.of(name);
    if (!destination) continue;
    const members = list.flatMap((each) => {
      const object = objectOf(each);
      return object && own.has(object) ? [{ ...each, object }] : [];
    });
    if (members.length < list.length) return undefined;
    parts.push(partOf(destination, members));
  }
  if (parts.length === 0) return undefined;
  return {
    usage,
    destinations,
    entries: parts,
    whole: false,
    group,
    apply(moving) {
      const keeps = parts.some((part) => !moving.includes(part)) || taken.some(({ name }) => !destinations.of(name));
      part(rewrite, site, namespace, moving as readonly Part[], keeps, group);
    },
  };
}

function partOf(destination: Destination, members: Part['members']): Part {
  const nodes = members.map(({ node }) => node);
  return { destination, members, uses: nodes, words: members.map(({ word }) => word), rewritten: nodes };
}

/** The `ns` of `ns.X`, `spyOn(ns, 'X')`, `'X' in ns`. */
function objectOf({ node, how }: Taken): SyntaxNode | undefined {
  const [first] = (node.type === 'CallExpression' ? node.arguments : []) as readonly SyntaxNode[];
  const object = (how === 'member' ? (node.object ?? node.left) : (first ?? node.right)) as SyntaxNode | undefined;
  return object && withoutParentheses(object);
}

/** Imports the namespaces that what moves is in now, and takes it from there. */
function part(
  rewrite: FileRewrite,
  site: SpecifierSite,
  { statement, binding }: NamespaceImport,
  moving: readonly Part[],
  keeps: boolean,
  group: string,
): void {
  const { editor, file } = rewrite;
  const { layout, text } = file;
  const answered = [site.usage.id];
  let isKept = keeps;
  const added: string[] = [];
  for (const list of groupedBy(moving, ({ destination }) => formatModule(destination.to.module)).values()) {
    const to = list[0]!.destination.to.module;
    const specifier = rewrite.specifier(site, to);
    const objects = list.flatMap(({ members }) => members.map(({ object }) => object));
    const key = [statement.type, statement.importKind, statement.phase, formatModule(to)].join(' ');
    const fresh = rewrite.namespaces.get(key);
    const known = fresh?.local ?? knownNamespace(rewrite, statement, to, objects);
    const local = known ?? editor.freeName(nameOf(to));
    editor.give(local, { module: to, name: '*' });
    if (fresh) editor.join(fresh.group, group);
    else if (known === undefined) rewrite.namespaces.set(key, { local, group });
    if (known === undefined && !isKept) {
      isKept = true;
      editor.edit(binding, local, [], group);
      rewrite.setSpecifier(site, to, answered.splice(0), group);
    } else if (known === undefined) {
      const { literal } = site;
      const head = text.slice(statement.start, binding.start) + local + text.slice(binding.end, literal.start + 1);
      added.push(layout.eol + head + specifier + text.slice(literal.end - 1, statement.end));
    }
    for (const { destination, members } of list) {
      for (const { object, ...member } of members) {
        editor.edit(object, local, answered.splice(0), group);
        renameTaken(rewrite, member, destination, group);
      }
    }
  }
  const at = layout.afterStatement(statement);
  if (added.length > 0) editor.edit({ start: at, end: at }, added.join(''), answered.splice(0), group);
  if (isKept) return;
  const { start, end } = layout.wholeLines(statement);
  // A comment behind it stays, at the line's start.
  const blank = end === statement.end ? /^[ \t]*/.exec(text.slice(end))![0].length : 0;
  editor.edit({ start, end: end + blank }, '', answered, group);
}

/** The name of a namespace of the module that the file imports in the same way, and that nothing hides. */
function knownNamespace(
  { file: { index, scopes }, editor }: FileRewrite,
  own: SyntaxNode,
  to: ModuleRef,
  places: readonly SyntaxNode[],
): string | undefined {
  const locals = index.ofType(own.type).flatMap((node): readonly string[] => {
    if (node === own || index.parent(node) !== index.program || node.isExport === true) return [];
    if (node.importKind !== own.importKind || node.phase !== own.phase) return [];
    const reference = node.moduleReference as SyntaxNode | undefined;
    const literal = (node.source ?? reference?.expression) as SyntaxNode | undefined;
    const specifier = literal && stringValue(literal);
    if (specifier === undefined || !editor.leadsTo(specifier, to)) return [];
    const namespaces = (node.specifiers ?? []) as readonly SyntaxNode[];
    const names = namespaces.filter(({ type }) => type === 'ImportNamespaceSpecifier').map(({ local }) => local);
    return [node.id, ...names].flatMap((name) => ((name as SyntaxNode | undefined)?.name as string | undefined) ?? []);
  });
  return locals.find((local) => places.every((place) => !scopes.isHidden(place, local)));
}

/** `messageRouter` for `src/router/message-router.ts`; of an index its folder's name. */
function nameOf(module: ModuleRef): string {
  const full = module.kind === 'path' ? module.path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '') : module.specifier;
  const base = path.basename(full) === 'index' ? path.basename(path.dirname(full)) : path.basename(full);
  const words = base.split(/[^\p{ID_Continue}$]+/u).filter((word) => word !== '');
  const name = words.map((word, i) => (i === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('');
  if (/^[\p{ID_Start}$_]/u.test(name) && !RESERVED.has(name)) return name;
  return `canonical${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

const RESERVED = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return
  static super switch this throw true try typeof var void while with yield`.split(/\s+/),
);
