import { formatModule } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Reason } from '../../src/survey/usage.ts';
import { reason } from '../lib/reasons.ts';
import { isPlainText, stringValue } from '../lib/syntax-index.ts';
import type { Destination } from './destinations.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Entry, Form, SpecifierSite } from './form.ts';

/** `module.X` in one of its spellings. */
export interface MemberUse {
  readonly node: SyntaxNode;
  /** The name, or the string that spells it. */
  readonly word: SyntaxNode;
  readonly name: string;
}

/** `object.X`, `object['X']`, the type `object.X`, the tag `<object.X>`; `undefined` for any other use of the object. */
export function memberUse({ file }: FileRewrite, object: SyntaxNode): MemberUse | undefined {
  const { parent: node, child } = file.index.parentPastWrappers(object);
  if (!node) return undefined;
  if (/^(?:Optional)?MemberExpression$/.test(node.type) && node.object === child) {
    const word = node.property as SyntaxNode;
    if (node.computed !== true) return { node, word, name: word.name as string };
    return isPlainText(word) ? { node, word, name: stringValue(word)! } : undefined;
  }
  if (node.type === 'TSQualifiedName' && node.left === child) return ofWord(node, node.right as SyntaxNode);
  if (node.type === 'JSXMemberExpression' && node.object === child) return ofWord(node, node.property as SyntaxNode);
  return undefined;
}

function ofWord(node: SyntaxNode, word: SyntaxNode): MemberUse {
  return { node, word, name: word.name as string };
}

/**
 * A form that has the module as an object in the hands: it moves when every use takes a moved name from it, and all of
 * them go to one module. `objects` are all the expressions that stand for the module.
 */
export function moduleObjectForm(
  rewrite: FileRewrite,
  site: SpecifierSite,
  objects: readonly SyntaxNode[],
  group: string,
): Form {
  const { usage, destinations } = site;
  const found = objects.map((object) => memberUse(rewrite, object));
  const byName = new Map<string, { destination: Destination; uses: MemberUse[] }>();
  let obstacle: Reason | undefined;
  for (const use of found) {
    const destination = use && destinations.of(use.name);
    if (!use)
      obstacle ??= reason('module-passed-on', 'the module is used as an object, so what is taken from it is not known');
    else if (!destination) obstacle ??= reason('names-stay', `'${use.name}' is taken from it too and does not move`);
    else {
      const entry = byName.get(use.name) ?? { destination, uses: [] };
      entry.uses.push(use);
      byName.set(use.name, entry);
    }
  }
  const list = [...byName.values()];
  const modules = new Set(list.map(({ destination }) => formatModule(destination.to.module)));
  if (modules.size > 1)
    obstacle ??= reason('several-modules', `what is taken from it goes to ${[...modules].join(' and ')}`);
  if (objects.length === 0)
    obstacle ??= reason('unused', 'nothing is taken from it, so where it should lead is not known');

  const entries = list.map(
    ({ destination, uses }): Entry => ({
      destination,
      uses: uses.map((use) => use.node),
      words: uses.map((use) => use.word),
    }),
  );
  return {
    usage,
    destinations,
    entries,
    whole: true,
    ...(obstacle ? { obstacle } : {}),
    group,
    apply() {
      const to = list[0]!.destination.to.module;
      rewrite.setSpecifier(site, to, [usage.id], group);
      for (const { destination, uses } of list) {
        for (const { word } of uses) renameWord(rewrite, word, destination.to.name, group);
      }
    },
  };
}

/** Writes another name over a name, or into a string that spells it. */
export function renameWord(rewrite: FileRewrite, word: SyntaxNode, name: string, group: string): void {
  const inString = word.type === 'StringLiteral' || word.type === 'TemplateLiteral';
  const range = inString ? { start: word.start + 1, end: word.end - 1 } : { start: word.start, end: word.end };
  if (rewrite.file.text.slice(range.start, range.end) === name) return;
  rewrite.editor.edit(range, name, rewrite.take(word), group);
}
