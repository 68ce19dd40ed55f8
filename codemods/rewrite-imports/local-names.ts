import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { moduleName } from '../lib/import-statements.ts';
import type { Destination } from './destinations.ts';
import type { FileRewrite } from './file-rewrite.ts';

export interface LocalName {
  readonly local: string;
  /** The file has the export under this name from another import. */
  readonly duplicate: boolean;
}

/**
 * The name that a moved export has in the file from now on. A name that the user chose is kept; a name that the module
 * gave follows the module, unless the new one means something else where it would stand, or what the old one means is
 * not certain everywhere.
 */
export function chooseLocal(
  { file: { scopes }, editor }: FileRewrite,
  binding: SyntaxNode,
  chosenByUser: boolean,
  { to }: Destination,
  use: 'value' | 'type',
): LocalName {
  const local = binding.name as string;
  if (chosenByUser) return { local, duplicate: false };
  const existing = editor.localOf(to, use);
  // An alias that the user gave elsewhere is no reason to rename here; a default export has no name of its own.
  if (existing !== undefined && (existing === to.name || to.name === 'default')) {
    const canBe = existing !== local && scopes.usesOf(binding)?.every((place) => !scopes.isHidden(place, existing));
    return canBe ? { local: existing, duplicate: true } : { local, duplicate: existing === local };
  }
  if (to.name === 'default' || to.name === local) return { local, duplicate: false };
  const canRename = !editor.isGiven(to.name) && scopes.canRename(binding, to.name);
  return { local: canRename ? to.name : local, duplicate: false };
}

/** Renames the uses of a local name: a shorthand property keeps its key, a re-exported name its public name. */
export function renameUses(rewrite: FileRewrite, uses: readonly SyntaxNode[], to: string, group: string): void {
  const { editor, file } = rewrite;
  for (const use of uses) {
    const from = use.name as string;
    if (from === to) continue;
    const parent = file.index.parent(use);
    const keyed = parent?.type === 'ObjectProperty' && parent.shorthand === true;
    const exported = parent?.type === 'ExportSpecifier' && (parent.exported as SyntaxNode).start === use.start;
    if (keyed) {
      rewrite.renameShorthand(use, { value: to }, group);
      continue;
    }
    // `export { Old as New }` exports it under its own name from now on.
    const collapses =
      parent?.type === 'ExportSpecifier' &&
      moduleName(parent.exported as SyntaxNode) === to &&
      !file.layout.hasComment(parent);
    const text = exported ? `${to} as ${from}` : to;
    const end = collapses ? parent.end : use.start + from.length;
    editor.edit({ start: use.start, end }, text, rewrite.take(use), group);
  }
}
