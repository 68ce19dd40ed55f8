import type { FileChange, Outcome } from '../../plan/file-change.ts';
import { rewriteUsages } from '../../rewrite/rewrite-usages.ts';
import { heldStubs, type TakesFrom, withoutStubs } from '../../rewrite/stubs.ts';
import { isSource } from '../../survey/list-files.ts';
import type { SkippedFile } from '../../survey/skipped-file.ts';
import type { TypesOptions } from '../gates/types-options.ts';
import { runCodemods } from '../run-codemods.ts';
import type { CodemodAccount } from '../run-record.ts';
import type { Drafting } from './drafting.ts';
import type { SurveyedPhase } from './survey-phase.ts';

export interface SplicedPhase {
  /** Of source files: proxies, edits, and what foreign codemods make of them. */
  readonly changes: readonly FileChange[];
  /** Of documents. What no compiler reads, it cannot check either. */
  readonly documents: readonly FileChange[];
  /** Whether any usage is answered by an edit. */
  readonly edited: boolean;
  /** One per usage, in order. */
  readonly outcomes: readonly Outcome[];
  readonly skipped: readonly SkippedFile[];
  /** What foreign codemods did. */
  readonly codemods: readonly CodemodAccount[];
  /** The edits of a file, made anew. */
  readonly again: TypesOptions['again'];
}

/** Usage[] → FileChange[]: the edits that answer the usages, laid beside the proxies; then the phase's own codemods. */
export async function splicePhase(
  { session, migration, phase, steps, rewriters, report, stopwatch }: Drafting,
  { usages, modules }: SurveyedPhase,
  proxies: readonly FileChange[],
): Promise<SplicedPhase> {
  const about = { migration, ...(modules && { modules }) };
  report({ stage: 'splice', total: usages.length });
  const all = await stopwatch.timeAsync('splice', () => rewriters.rewrite(session.view, about, usages, steps));
  const takesFrom: TakesFrom = (file, module) => modules?.takesFrom(file, module) ?? false;
  const { held, ...rewrite } = withoutStubs(all, heldStubs(all.outcomes, takesFrom));
  const sources = rewrite.changes.filter(({ file }) => isSource(file));
  const { changes, skipped, accounts } = await runCodemods(
    session.view,
    migration,
    phase,
    mergeChanges(proxies, sources),
    rewriters.isAlone,
  );
  return {
    changes,
    documents: rewrite.changes.filter(({ file }) => !isSource(file)),
    edited: rewrite.changes.length > 0,
    outcomes: rewrite.outcomes,
    skipped: [...rewrite.skipped, ...skipped],
    codemods: accounts,
    again: (file, { avoid, withoutImports }) => {
      const own = usages.filter((usage) => usage.place.file === file);
      const kept = withoutImports ? { ...steps, imports: false } : steps;
      const made = withoutStubs(rewriteUsages(session.view, { ...about, avoid }, own, kept), held);
      return { change: made.changes[0], outcomes: made.outcomes };
    },
  };
}

/** A file that gets a proxy is not edited as well. */
function mergeChanges(proxies: readonly FileChange[], edits: readonly FileChange[]): readonly FileChange[] {
  const replaced = new Set(proxies.map((change) => change.file));
  return [...proxies, ...edits.filter((change) => !replaced.has(change.file))];
}
