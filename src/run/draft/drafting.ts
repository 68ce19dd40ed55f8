import type { Stopwatch } from '../../base/stopwatch.ts';
import type { Migration, Phase } from '../../manifest/migration.ts';
import { coveredPhases, phaseAssigner } from '../../plan/assign-phases.ts';
import type { ProxyPlan } from '../../proxy/plan-proxies.ts';
import type { BuiltInSteps } from '../../rewrite/rewrite-file.ts';
import type { Rewriters } from '../../rewrite/rewriters.ts';
import type { Progress } from '../progress.ts';
import type { Evidence } from '../retire/judge.ts';
import type { TargetSession } from '../target-session.ts';

export interface DraftOptions {
  readonly migration: Migration;
  readonly phase: Phase;
  /** The proxies as they should stand now. */
  readonly proxies: () => Promise<ProxyPlan>;
  readonly rewriters: Rewriters;
  /** What is known of the proxies' use beside the target's own code. */
  readonly evidence: Evidence;
  readonly report: (event: Omit<Progress, 'phase'>) => void;
  readonly clock: () => number;
  readonly stopwatch: Stopwatch;
}

/** What every stage of a draft works on. */
export interface Drafting extends DraftOptions {
  readonly session: TargetSession;
  readonly steps: BuiltInSteps;
  /** The phase that a file belongs to. */
  readonly phaseOf: (file: string) => string | undefined;
  /** Whether a file is the phase's own, or one in which an earlier phase may have had to leave something. */
  readonly inScope: (file: string) => boolean;
}

export function beginDraft(session: TargetSession, options: DraftOptions): Drafting {
  const { migration, phase } = options;
  const phaseOf = phaseAssigner(migration);
  const covered = coveredPhases(migration, phase.name);
  return {
    ...options,
    session,
    steps: { imports: has(phase, 'imports'), members: has(phase, 'members') },
    phaseOf,
    inScope: (file) => covered.has(phaseOf(file) ?? ''),
  };
}

/** Whether a phase has a step of that kind. */
export function has(phase: Phase, kind: Phase['steps'][number]['kind']): boolean {
  return phase.steps.some((step) => step.kind === kind);
}
