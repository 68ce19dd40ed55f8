import type { ReportModel } from './model.ts';

/** The model as JSON, two spaces deep, without the files' whole texts: hunks and edits say what changed. */
export function renderJson(model: ReportModel): string {
  const phases = model.phases.map((phase) => ({
    ...phase,
    files: phase.files.map(({ before: _before, after: _after, ...file }) => file),
  }));
  return `${JSON.stringify({ format: 'reroute-report', version: 1, ...model, phases }, undefined, 2)}\n`;
}
