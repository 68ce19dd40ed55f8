import type { Account, FileChange, Outcome } from '../../plan/file-change.ts';
import { ownPlaces } from '../../proxy/own-place.ts';
import type { ProxyPlan } from '../../proxy/plan-proxies.ts';
import { accountFor } from '../../rewrite/account.ts';
import { staleLockFiles } from '../../rewrite/lock-files.ts';
import { packageEntries } from '../../rewrite/package-entries.ts';
import { staleReferences } from '../../rewrite/stale-references.ts';
import { withEntries } from '../../rewrite/with-entries.ts';
import type { Note } from '../../survey/notes.ts';
import type { SkippedFile } from '../../survey/skipped-file.ts';
import type { Retirement } from '../retire/judge.ts';
import { type RetiredProxies, retireProxies } from '../retire/retire-step.ts';
import type { CodemodAccount, GateResult } from '../run-record.ts';
import type { TargetSession } from '../target-session.ts';
import { type CheckedPhase, checkPhase } from './check-phase.ts';
import { beginDraft, type Drafting, type DraftOptions, has } from './drafting.ts';
import { type SplicedPhase, splicePhase } from './splice-phase.ts';
import { surveyPhase } from './survey-phase.ts';

/** What a phase would do to a target: all of a run before anything is written. */
export interface PhaseDraft {
  readonly changes: readonly FileChange[];
  readonly outcomes: readonly Outcome[];
  readonly skipped: readonly SkippedFile[];
  readonly account: Account;
  readonly notes: readonly Note[];
  /** What is said of each proxy; `undefined` when the phase takes none away. */
  readonly retirements: readonly Retirement[] | undefined;
  /** Of the phase's foreign codemods. */
  readonly codemods: readonly CodemodAccount[];
  /** Of the `types` gate; `undefined` when the phase does not have it. */
  readonly types: GateResult | undefined;
  /** What the target has to install before the phase can be written; `undefined` when nothing is missing. */
  readonly missing: string | undefined;
}

/**
 * Drafts one phase on the target as `session` sees it. Afterwards the compiler may have the draft laid over it: the
 * caller either keeps the draft (`session.lay`) or closes the session.
 */
export async function draftPhase(session: TargetSession, options: DraftOptions): Promise<PhaseDraft> {
  const drafting = beginDraft(session, options);
  const planned = has(options.phase, 'proxies') ? await options.proxies() : undefined;
  const surveyed = surveyPhase(drafting);
  const retired = has(options.phase, 'retire') ? retireProxies(drafting) : undefined;
  const spliced = await splicePhase(drafting, surveyed, modulesOf(planned, retired));
  const checked = checkPhase(drafting, surveyed, spliced, planned);
  // Nothing may get lost on the way here.
  accountFor(checked.outcomes, surveyed.usages.length);
  const { changes, outcomes } = withDocuments(drafting, spliced, checked, planned);
  session.settle(settledFiles(checked.outcomes));
  const unread = surveyed.skipped.filter(({ file }) => drafting.phaseOf(file) === options.phase.name);
  return {
    changes,
    outcomes,
    skipped: [...unread, ...spliced.skipped, ...checked.heldWhole],
    account: accountFor(outcomes, outcomes.length),
    notes: surveyed.notes,
    retirements: retired?.retirements,
    codemods: spliced.codemods,
    types: checked.types,
    missing: checked.missing,
  };
}

/** What is written or taken away as a whole. A proxy that goes is not made anew. */
function modulesOf(planned: ProxyPlan | undefined, retired: RetiredProxies | undefined): readonly FileChange[] {
  const gone = new Set(retired?.changes.map(({ file }) => file));
  return [...(planned?.changes ?? []).filter(({ file }) => !gone.has(file)), ...(retired?.changes ?? [])];
}

/** All changes, those of documents and package.json files with them, and the outcomes that the phase tells. */
function withDocuments(
  { session, migration, phase, phaseOf }: Drafting,
  { documents }: SplicedPhase,
  checked: CheckedPhase,
  planned: ProxyPlan | undefined,
): Pick<PhaseDraft, 'changes' | 'outcomes'> {
  const manifests = packageEntries(session.view, migration, checked.changes);
  const inDocuments = withEntries(documents, manifests);
  // The phase's own files, and what it could make up for.
  const told = checked.outcomes
    .filter(({ usage, result }) => result === 'edited' || phaseOf(usage.place.file) === phase.name)
    .map((outcome) => inDocuments.crossed(outcome) ?? outcome);
  const stale = [
    ...staleLockFiles(session.view, manifests),
    ...staleReferences(session.view, migration, checked.changes),
    ...placesOfMoved(checked.changes, planned),
  ];
  return { changes: [...checked.changes, ...inDocuments.changes], outcomes: [...told, ...stale] };
}

/** What modules that have moved find from their own place. */
function placesOfMoved(changes: readonly FileChange[], planned: ProxyPlan | undefined): readonly Outcome[] {
  return changes.flatMap(({ file, kind, after }) => {
    const from = kind === 'create' ? planned?.moved.get(file) : undefined;
    return from === undefined || after === undefined ? [] : ownPlaces(file, after, from);
  });
}

/** Files of which nothing waits: what is left in them is for a person, or not deprecated. */
function settledFiles(outcomes: readonly Outcome[]): ReadonlySet<string> {
  const files = new Set(outcomes.map(({ usage }) => usage.place.file));
  for (const { usage, reason } of outcomes) if (WAITING.has(reason?.code ?? '')) files.delete(usage.place.file);
  return files;
}

const WAITING = new Set(['waits', 'held-by-types', 'other-step']);
