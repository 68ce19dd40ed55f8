import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { groupOf, type ImportStatement, importedName, isInlineType, localName } from '../lib/import-statements.ts';
import { reason } from '../lib/reasons.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Entry, Form, SpecifierSite } from './form.ts';
import { chooseLocal, renameUses } from './local-names.ts';
import { namespaceForm } from './namespace-form.ts';

/** `import X, { Y } from`, `import type`, `import * as ns from`, `import '…'`. */
export function importForm(rewrite: FileRewrite, site: SpecifierSite, statement: ImportStatement): Form {
  const { usage, destinations } = site;
  const group = groupOf(statement);
  const common = { usage, destinations, group };
  if (statement.namespace) return namespaceForm(rewrite, site, statement, statement.namespace);
  const nodes = [statement.defaultName, ...statement.named].filter((node) => node !== undefined);
  if (nodes.length === 0) {
    const obstacle = reason(
      'side-effect',
      'imported for its side effect; the exports of the module go to other places',
    );
    return { ...common, entries: [], whole: true, obstacle, apply: () => {} };
  }

  const specifierOf = new Map<Entry, SyntaxNode>();
  for (const node of nodes) {
    const destination = destinations.of(importedName(node)!);
    if (!destination) continue;
    const own = rewrite.file.scopes.usesOf(node.local as SyntaxNode);
    const uses = own ?? rewrite.file.index.references(localName(node));
    const inDocs = rewrite.docUses(localName(node));
    const words = [node.imported as SyntaxNode | undefined, node.local as SyntaxNode, ...uses, ...inDocs].filter(
      (word) => word !== undefined,
    );
    const passedOn = own
      ? undefined
      : reason('shadowed', `'${localName(node)}' is declared a second time, and some uses may mean that`);
    specifierOf.set({ destination, uses, words, ...(passedOn ? { passedOn } : {}) }, node);
  }
  return {
    ...common,
    entries: [...specifierOf.keys()],
    whole: false,
    apply(moving) {
      const answered = [usage.id];
      for (const entry of moving) {
        const node = specifierOf.get(entry)!;
        const { destination, uses } = entry;
        const typeOnly = statement.typeOnly || isInlineType(node);
        const old = localName(node);
        const chosenByUser = importedName(node) !== old;
        const { local, duplicate } = chooseLocal(
          rewrite,
          node.local as SyntaxNode,
          chosenByUser,
          destination,
          typeOnly ? 'type' : 'value',
        );
        const specifier = rewrite.specifier(site, destination.to.module);
        const words = [node.imported as SyntaxNode | undefined, node.local as SyntaxNode].filter(
          (word) => word !== undefined,
        );
        const usages = [...answered.splice(0), ...rewrite.take(...words)];
        rewrite.editor.move({ statement, node, to: destination.to, specifier, local, duplicate, usages, group });
        renameUses(rewrite, [...uses, ...rewrite.docUses(old)], local, group);
      }
    },
  };
}
