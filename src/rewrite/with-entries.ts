import { overlaps } from '../base/places.ts';
import type { FileChange, Outcome } from '../plan/file-change.ts';
import { inOrder, splice } from './splice.ts';

export interface DocumentChanges {
  readonly changes: readonly FileChange[];
  /** The outcome of a mention whose edit had to give way; `undefined` when it stands. */
  readonly crossed: (outcome: Outcome) => Outcome | undefined;
}

/**
 * The changes of documents, with those of package.json files that entries bring. Where both change one file, the entries
 * come first: a mention among them is for review.
 */
export function withEntries(documents: readonly FileChange[], manifests: readonly FileChange[]): DocumentChanges {
  const entries = new Map(manifests.map((change) => [change.file, change]));
  const crossed = new Set<string>();
  const both = documents.map((document): FileChange => {
    const manifest = entries.get(document.file);
    if (!manifest) return document;
    entries.delete(document.file);
    const gaveWay = document.edits.filter((edit) => manifest.edits.some(({ range }) => overlaps(edit.range, range)));
    for (const { usages } of gaveWay) for (const id of usages) crossed.add(id);
    const edits = inOrder([...document.edits.filter((edit) => !gaveWay.includes(edit)), ...manifest.edits]);
    return { ...manifest, edits, after: splice(manifest.before ?? '', edits) };
  });
  return {
    changes: [...both, ...entries.values()],
    crossed: ({ usage }) =>
      crossed.has(usage.id)
        ? {
            usage,
            result: 'review',
            reason: { code: 'mention', text: 'stands among entries of this package.json that change' },
          }
        : undefined,
  };
}
