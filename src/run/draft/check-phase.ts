import type { FileChange, Outcome } from '../../plan/file-change.ts';
import type { ProxyPlan } from '../../proxy/plan-proxies.ts';
import type { SkippedFile } from '../../survey/skipped-file.ts';
import { affectedFiles, demandingFiles, withoutUnrelated } from '../gates/affected-files.ts';
import { strayedSpecifiers } from '../gates/landing.ts';
import { checkTypes } from '../gates/types.ts';
import type { TypesOptions } from '../gates/types-options.ts';
import type { GateResult } from '../run-record.ts';
import type { TargetSession } from '../target-session.ts';
import type { Drafting } from './drafting.ts';
import type { SplicedPhase } from './splice-phase.ts';
import type { SurveyedPhase } from './survey-phase.ts';

export interface CheckedPhase {
  /** What may be written of source files. */
  readonly changes: readonly FileChange[];
  readonly outcomes: readonly Outcome[];
  readonly heldWhole: readonly SkippedFile[];
  /** Of the `types` gate; `undefined` when the phase does not have it. */
  readonly types: GateResult | undefined;
  /** What the target has to install before the phase can be written; `undefined` when nothing is missing. */
  readonly missing: string | undefined;
}

/**
 * FileChange[] → FileChange[]: laid over the target and compiled; a specifier that leads astray is written otherwise, what
 * would bring a diagnostic is held back.
 */
export function checkPhase(
  drafting: Drafting,
  surveyed: SurveyedPhase,
  spliced: SplicedPhase,
  planned: ProxyPlan | undefined,
): CheckedPhase {
  const { session, migration, phase, report, clock, stopwatch } = drafting;
  report({ stage: 'check', total: spliced.changes.length });
  const missing = missingRuntime(session, planned?.changes ?? []);
  const gated = [...migration.gates, ...phase.gates].some((gate) => gate.kind === 'types');
  const start = clock();
  // Where specifiers lead is held against the edits in any case; what else the compiler has to say is the gate's.
  const checked = stopwatch.time('check', () =>
    checkTypes({
      ...checkedTarget(drafting, surveyed, spliced, gated),
      movedFrom: (file) => planned?.moved.get(file) ?? planned?.legacy.get(file),
      // What is not installed yet is told once, not as a diagnostic of each proxy.
      ignored: (diagnostic) => missing !== undefined && diagnostic.message.includes(`'${missing}'`),
    }),
  );
  const { heldWhole } = checked;
  if (!gated) return { changes: checked.changes, outcomes: checked.outcomes, heldWhole, types: undefined, missing };
  const types: GateResult = {
    gate: 'types',
    passed: checked.remaining.length === 0,
    output: checked.remaining.join('\n'),
    milliseconds: Math.round(clock() - start),
  };
  return { changes: checked.changes, outcomes: checked.outcomes, heldWhole, types, missing };
}

/**
 * What the `types` gate has to know of the phase, but for its proxies. Where new specifiers lead is held against the
 * edits in any case; what else the compiler has to say only counts with the gate.
 */
function checkedTarget(
  { session, migration, phaseOf, inScope }: Drafting,
  { usages, modules }: SurveyedPhase,
  { changes, outcomes, edited, again }: SplicedPhase,
  gated: boolean,
): Omit<TypesOptions, 'movedFrom' | 'ignored'> {
  return {
    session: session.compiler(),
    view: session.view,
    graph: session.graph,
    changes,
    outcomes,
    affected: (graph) => {
      if (!gated) return [];
      const withHits = new Set(session.found().hits.keys());
      const demanding = edited ? demandingFiles(outcomes, withHits, inScope) : new Set<string>();
      return affectedFiles(graph, { changes, withHits: withoutUnrelated(withHits, usages), demanding });
    },
    again,
    laterPhase: (file) => (inScope(file) ? undefined : phaseOf(file)),
    strayed: (current) =>
      strayedSpecifiers(session.compiler(), session.view, migration, current, {
        outcomes,
        reaches: modules?.reaches ?? (() => false),
      }),
  };
}

/** The run-time part that proxies import, when the target does not have it. */
function missingRuntime(session: TargetSession, proxies: readonly FileChange[]): string | undefined {
  const runtime = 'reroute/deprecation';
  const importer = proxies.find(({ after }) => after?.includes(`'${runtime}'`));
  if (!importer) return undefined;
  return session.compiler().resolveSpecifier(session.view.absolute(importer.file), runtime) ? undefined : runtime;
}
