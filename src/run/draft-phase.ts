import type { Stopwatch } from '../base/stopwatch.ts';
import type { Migration, Phase } from '../manifest/migration.ts';
import { coveredPhases, phaseAssigner } from '../plan/assign-phases.ts';
import type { Account, FileChange, Outcome } from '../plan/file-change.ts';
import type { ProxyPlan } from '../proxy/plan-proxies.ts';
import { accountFor } from '../rewrite/account.ts';
import { staleLockFiles } from '../rewrite/lock-files.ts';
import { packageEntries } from '../rewrite/package-entries.ts';
import { rewriteUsages } from '../rewrite/rewrite-usages.ts';
import { staleReferences } from '../rewrite/stale-references.ts';
import { withEntries } from '../rewrite/with-entries.ts';
import { isSource } from '../survey/list-files.ts';
import type { SkippedFile } from '../survey/skipped-file.ts';
import { affectedFiles, demandingFiles, withoutUnrelated } from './gates/affected-files.ts';
import { strayedSpecifiers } from './gates/landing.ts';
import { checkTypes } from './gates/types.ts';
import type { Progress } from './progress.ts';
import { runCodemods } from './run-codemods.ts';
import type { GateResult } from './run-record.ts';
import type { TargetSession } from './target-session.ts';

/** What a phase would do to a target: all of a run before anything is written. */
export interface PhaseDraft {
  readonly changes: readonly FileChange[];
  readonly outcomes: readonly Outcome[];
  readonly skipped: readonly SkippedFile[];
  readonly account: Account;
  /** Of the `types` gate; `undefined` when the phase does not have it. */
  readonly types: GateResult | undefined;
  /** What the target has to install before the phase can be written; `undefined` when nothing is missing. */
  readonly missing: string | undefined;
}

export interface DraftOptions {
  readonly migration: Migration;
  readonly phase: Phase;
  /** The proxies as they should stand now. */
  readonly proxies: () => Promise<ProxyPlan>;
  readonly report: (event: Omit<Progress, 'phase'>) => void;
  readonly clock: () => number;
  readonly stopwatch: Stopwatch;
}

/**
 * Drafts one phase on the target as `session` sees it. Afterwards the compiler may have the draft laid over it: the
 * caller either keeps the draft (`session.lay`) or closes the session.
 */
export async function draftPhase(session: TargetSession, options: DraftOptions): Promise<PhaseDraft> {
  const { migration, phase, report, stopwatch } = options;
  const phaseOf = phaseAssigner(migration);
  const covered = coveredPhases(migration, phase.name);
  // Its own files, and what earlier phases had to leave.
  const inScope = (file: string) => covered.has(phaseOf(file) ?? '');
  const planned = phase.steps.some((step) => step.kind === 'proxies') ? await options.proxies() : undefined;
  const proxies = planned?.changes ?? [];

  report({ stage: 'survey', total: session.found().filesRead });
  const steps = { imports: has(phase, 'imports'), members: has(phase, 'members') };
  const builtIn = steps.imports || steps.members;
  report({ stage: 'prove', total: session.found().hits.size });
  const survey = builtIn ? session.survey((file) => inScope(file) && !session.isSettled(file)) : undefined;
  const usages = survey?.usages ?? [];
  const about = { migration, ...(survey && { modules: survey.modules }) };
  report({ stage: 'splice', total: usages.length });
  const rewrite = stopwatch.time('splice', () => rewriteUsages(session.view, about, usages, steps));
  // What no compiler reads, it cannot check either.
  const documents = rewrite.changes.filter(({ file }) => !isSource(file));
  const merged = mergeChanges(
    proxies,
    rewrite.changes.filter(({ file }) => isSource(file)),
  );
  const { changes, skipped } = await runCodemods(session.view, migration, phase, merged);

  report({ stage: 'check', total: changes.length });
  const missing = missingRuntime(session, proxies);
  const gated = [...migration.gates, ...phase.gates].some((gate) => gate.kind === 'types');
  const start = options.clock();
  const { outcomes } = rewrite;
  const reaches = survey?.modules.reaches ?? (() => false);
  // Where specifiers lead is held against the edits in any case; what else the compiler has to say is the gate's.
  const checked = stopwatch.time('check', () =>
    checkTypes({
      session: session.compiler(),
      view: session.view,
      graph: session.graph,
      changes,
      outcomes,
      affected: (graph) => {
        if (!gated) return [];
        const withHits = new Set(session.found().hits.keys());
        const demanding = rewrite.changes.length > 0 ? demandingFiles(outcomes, withHits, inScope) : new Set<string>();
        return affectedFiles(graph, { changes, withHits: withoutUnrelated(withHits, usages), demanding });
      },
      again: (file, { avoid, withoutImports }) => {
        const own = usages.filter((usage) => usage.place.file === file);
        const kept = withoutImports ? { ...steps, imports: false } : steps;
        const made = rewriteUsages(session.view, { ...about, avoid }, own, kept);
        return { change: made.changes[0], outcomes: made.outcomes };
      },
      laterPhase: (file) => {
        const name = phaseOf(file);
        return name === undefined || covered.has(name) ? undefined : name;
      },
      movedFrom: (file) => planned?.moved.get(file),
      // What is not installed yet is told once, not as a diagnostic of each proxy.
      ignored: (diagnostic) => missing !== undefined && diagnostic.message.includes(`'${missing}'`),
      strayed: (current) =>
        strayedSpecifiers(session.compiler(), session.view, migration, current, { outcomes, reaches }),
    }),
  );
  // Nothing may get lost on the way here; what is told is the phase's own files and what it could make up for.
  accountFor(checked.outcomes, usages.length);
  const manifests = packageEntries(session.view, migration, checked.changes);
  const inDocuments = withEntries(documents, manifests);
  const told = checked.outcomes
    .filter(({ usage, result }) => result === 'edited' || phaseOf(usage.place.file) === phase.name)
    .map((outcome) => inDocuments.crossed(outcome) ?? outcome);
  told.push(...staleLockFiles(session.view, manifests));
  told.push(...staleReferences(session.view, migration, checked.changes));
  const unread = survey?.skipped.filter(({ file }) => phaseOf(file) === phase.name) ?? [];
  session.settle(settledFiles(checked.outcomes));
  return {
    changes: [...checked.changes, ...inDocuments.changes],
    outcomes: told,
    skipped: [...unread, ...rewrite.skipped, ...skipped, ...checked.heldWhole],
    account: accountFor(told, told.length),
    types: gated
      ? {
          gate: 'types',
          passed: checked.remaining.length === 0,
          output: checked.remaining.join('\n'),
          milliseconds: Math.round(options.clock() - start),
        }
      : undefined,
    missing,
  };
}

/** The run-time part that proxies import, when the target does not have it. */
function missingRuntime(session: TargetSession, proxies: readonly FileChange[]): string | undefined {
  const runtime = 'reroute/deprecation';
  const importer = proxies.find(({ after }) => after?.includes(`'${runtime}'`));
  if (!importer) return undefined;
  return session.compiler().resolveSpecifier(session.view.absolute(importer.file), runtime) ? undefined : runtime;
}

/** Files of which nothing waits: what is left in them is for a person, or not deprecated. */
function settledFiles(outcomes: readonly Outcome[]): ReadonlySet<string> {
  const files = new Set(outcomes.map(({ usage }) => usage.place.file));
  for (const { usage, reason } of outcomes) if (WAITING.has(reason?.code ?? '')) files.delete(usage.place.file);
  return files;
}

const WAITING = new Set(['waits', 'held-by-types', 'other-step']);

function has(phase: Phase, kind: 'imports' | 'members'): boolean {
  return phase.steps.some((step) => step.kind === kind);
}

/** A file that gets a proxy is not edited as well. */
function mergeChanges(proxies: readonly FileChange[], edits: readonly FileChange[]): readonly FileChange[] {
  const replaced = new Set(proxies.map((change) => change.file));
  return [...proxies, ...edits.filter((change) => !replaced.has(change.file))];
}
