import type { FileChange, Outcome } from '../../plan/file-change.ts';
import type { ImportGraph } from '../../survey/import-graph.ts';
import type { Usage } from '../../survey/usage.ts';

export interface AffectedBy {
  readonly changes: readonly FileChange[];
  /** Every file, of any phase, in which text search found something that is not known to be unrelated. */
  readonly withHits: ReadonlySet<string>;
  /** Files that go on asking for the deprecated type when the changes are made; see {@link demandingFiles}. */
  readonly demanding: ReadonlySet<string>;
}

/**
 * The files whose diagnostics can change with these changes, relative, sorted.
 *
 * What a file hands out may change its type from deprecated to canonical, so every file that imports a changed one may
 * see it. Of those, one that spells nothing deprecated can break only where it passes a canonical value on to something
 * that still asks for the deprecated type: it has to import both. All others need no check, which is what keeps a large
 * target fast. A foreign codemod may change anything, and what is gone is missed by all who have it, so with one all
 * importers are checked.
 *
 * TypeScript proxies keep the old types, each proven when they are made; of what only they change, those who import them
 * are checked, for what holds of a module and not of its types.
 */
export function affectedFiles(graph: ImportGraph, { changes, withHits, demanding }: AffectedBy): readonly string[] {
  const changed = new Set(changes.map(({ file }) => file));
  const reached = graph.withImporters(changed);
  const foreign = changes.some(
    ({ kind, edits, step }) => kind === 'delete' || (kind === 'modify' && edits.length === 0 && step !== 'proxies'),
  );
  if (changes.every(isTypedProxy)) return [...new Set([...changed, ...graph.directImporters(changed)])].sort();
  const between = demanding.size > 0 ? graph.withImporters(demanding) : demanding;
  const isAffected = (file: string) => foreign || changed.has(file) || withHits.has(file) || between.has(file);
  return [...reached].filter(isAffected).sort();
}

/** A proxy of TypeScript, in place of the module that it stands for: of JavaScript ones only the names are compared. */
function isTypedProxy({ kind, step, file }: FileChange): boolean {
  return kind === 'modify' && step === 'proxies' && /\.[cm]?tsx?$/.test(file);
}

/**
 * Files that still ask for the deprecated type after a phase: those of other phases, and those of this one whose usages
 * are not all edited. Proxies keep the old type whole, so for a phase that only writes them there are none.
 */
export function demandingFiles(
  outcomes: readonly Outcome[],
  withHits: ReadonlySet<string>,
  inScope: (file: string) => boolean,
): ReadonlySet<string> {
  const demanding = new Set([...withHits].filter((file) => !inScope(file)));
  for (const { usage, result, reason } of outcomes) {
    const stays = result === 'review' || (result === 'left' && usage.verdict.kind === 'proven');
    if (stays || reason?.code === 'look-alike') demanding.add(usage.place.file);
  }
  return demanding;
}

/** Without the files of which every place belongs to something else: they are as if they spelled nothing deprecated. */
export function withoutUnrelated(files: ReadonlySet<string>, usages: readonly Usage[]): ReadonlySet<string> {
  const surveyed = new Set(usages.map(({ place }) => place.file));
  for (const { place, verdict } of usages) if (verdict.kind !== 'unrelated') surveyed.delete(place.file);
  return new Set([...files].filter((file) => !surveyed.has(file)));
}
