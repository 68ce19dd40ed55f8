import type { Note } from '../../survey/notes.ts';
import type { SkippedFile } from '../../survey/skipped-file.ts';
import type { Survey } from '../../survey/survey.ts';
import type { Usage } from '../../survey/usage.ts';
import type { Drafting } from './drafting.ts';

export interface SurveyedPhase {
  readonly usages: readonly Usage[];
  readonly skipped: readonly SkippedFile[];
  readonly notes: readonly Note[];
  /** `undefined` when nothing was asked. */
  readonly modules: Survey['modules'] | undefined;
}

/** Migration → Usage[]: what is found in the phase's files, and what the compiler says of it. */
export function surveyPhase({ session, steps, rewriters, report, inScope }: Drafting): SurveyedPhase {
  report({ stage: 'survey', total: session.found().filesRead });
  const { hits } = session.found();
  report({ stage: 'prove', total: hits.size });
  if (!steps.imports && !steps.members) return { usages: [], skipped: [], notes: [], modules: undefined };
  const wanted = (file: string) => inScope(file) && !session.isSettled(file);
  rewriters.prepare([...hits.keys()].filter(wanted).length);
  return session.survey(wanted);
}
