import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { importedName, localName, nameAs } from '../lib/import-statements.ts';
import { type DocModule, docsOf } from '../lib/jsdoc.ts';
import { reason } from '../lib/reasons.ts';
import type { Destination } from './destinations.ts';
import { modulesOf } from './destinations.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Entry, Form, SpecifierSite } from './form.ts';
import { renameUses } from './local-names.ts';
import { passedOn, takenAs, together } from './module-flow.ts';
import { flowForm } from './module-object.ts';

/** A specifier in a comment that the compiler reads: JSDoc's import types and `@import`, a reference directive. */
export function docForm(rewrite: FileRewrite, site: SpecifierSite, doc: DocModule): Form {
  const group = `module:${doc.literal.start}`;
  if (site.destinations.isWhole) return wholeForm(rewrite, site, group);
  switch (doc.kind) {
    case 'type': {
      const { member } = doc;
      return flowForm(rewrite, site, member ? takenAs(member, member, member.name as string) : passedOn(), group);
    }
    case 'import':
      return tagForm(rewrite, site, doc.declaration, group);
    case 'reference': {
      const text = 'includes the deprecated file in the program: not rewritten when single exports move';
      return { ...wholeForm(rewrite, site, group), obstacle: reason('form-not-supported', text) };
    }
  }
}

/** The specifier changes and nothing else. */
export function wholeForm(rewrite: FileRewrite, site: SpecifierSite, group: string): Form {
  const { usage, destinations } = site;
  const apply = () => void rewrite.setSpecifier(site, destinations.rest!, [usage.id], group);
  return { usage, destinations, entries: [], whole: true, group, apply };
}

/** `@import X, { Y as Z } from '…'`: moves when all of its names go to one module. */
function tagForm(rewrite: FileRewrite, site: SpecifierSite, declaration: SyntaxNode, group: string): Form {
  const { usage, destinations } = site;
  const specifiers = declaration.specifiers as readonly SyntaxNode[];
  const [first] = specifiers;
  if (first?.type === 'ImportNamespaceSpecifier') {
    const name = localName(first);
    const flows = rewrite.docMembers(name).map((word) => takenAs(word, word, word.name as string));
    const uses = rewrite.docUses(name).length - flows.length;
    return flowForm(rewrite, site, together(uses > 0 ? [...flows, passedOn()] : flows), group);
  }
  const specifierOf = new Map<Entry, SyntaxNode>();
  for (const node of specifiers) {
    const destination = destinations.of(importedName(node)!);
    if (!destination) continue;
    const words = [node.imported as SyntaxNode | undefined, node.local as SyntaxNode].filter(
      (word) => word !== undefined,
    );
    specifierOf.set({ destination, uses: [], words: [...words, ...rewrite.docUses(localName(node))] }, node);
  }
  const entries = [...specifierOf.keys()];
  const obstacle =
    entries.length < specifiers.length || modulesOf(entries.map(({ destination }) => destination)).length !== 1
      ? reason('names-stay', 'an @import whose names go to several modules, or do not move')
      : specifiers.length > 1 && first!.type === 'ImportDefaultSpecifier'
        ? reason('form-not-supported', 'an @import of a default export beside names')
        : undefined;
  return {
    usage,
    destinations,
    entries,
    whole: true,
    ...(obstacle ? { obstacle } : {}),
    group,
    apply() {
      rewrite.setSpecifier(site, entries[0]!.destination.to.module, [usage.id], group);
      for (const [entry, node] of specifierOf) renameInTag(rewrite, node, entry.destination, group);
    },
  };
}

function renameInTag(rewrite: FileRewrite, node: SyntaxNode, { to }: Destination, group: string): void {
  const old = localName(node);
  const local = importedName(node) === old && isFree(rewrite, old, to.name) ? to.name : old;
  const text = nameAs(to.name, local);
  const isDefault = node.type === 'ImportDefaultSpecifier';
  const same = isDefault ? to.name === 'default' : importedName(node) === to.name;
  if (!same) rewrite.rename(node.local as SyntaxNode, node, isDefault ? `{ ${text} }` : text, group);
  renameUses(rewrite, rewrite.docUses(old), local, group);
}

/** Whether a name that only JSDoc knows may become another one. */
function isFree({ file, editor }: FileRewrite, old: string, name: string): boolean {
  const isAlone = file.index.bindings(old).length === 0;
  return isAlone && name !== 'default' && editor.isFree(name) && docsOf(file).names(name).length === 0;
}
