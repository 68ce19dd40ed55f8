import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import type { Destination } from './destinations.ts';
import type { FileRewrite } from './file-rewrite.ts';

export interface LocalName {
  readonly local: string;
  /** The file has the export under this name from another import. */
  readonly duplicate: boolean;
}

/**
 * The name that a moved export has in the file from now on. A name that the user chose is kept; a name that the module
 * gave follows the module, unless the new one means something here already, or the old one is declared twice.
 */
export function chooseLocal(
  { file, editor }: FileRewrite,
  local: string,
  chosenByUser: boolean,
  { to }: Destination,
  use: 'value' | 'type',
): LocalName {
  if (chosenByUser) return { local, duplicate: false };
  const canRename = file.index.bindings(local).length === 1 && !file.index.isTypeParameter(local);
  const existing = editor.localOf(to, use);
  // An alias that the user gave elsewhere is no reason to rename here; a default export has no name of its own.
  if (existing !== undefined && (existing === to.name || to.name === 'default')) {
    if (existing !== local && canRename) return { local: existing, duplicate: true };
    return { local, duplicate: existing === local };
  }
  if (to.name === 'default' || to.name === local) return { local, duplicate: false };
  return canRename && editor.isFree(to.name) ? { local: to.name, duplicate: false } : { local, duplicate: false };
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
    const text = exported ? `${to} as ${from}` : to;
    editor.edit({ start: use.start, end: use.start + from.length }, text, rewrite.take(use), group);
  }
}
