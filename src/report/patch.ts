import { formatPatch, type StructuredPatch } from 'diff';
import { isInTarget } from './build-report.ts';
import { diffTexts } from './hunks.ts';
import type { ReportModel } from './model.ts';
import { netChanges } from './net-changes.ts';

const BOM = '\uFEFF';

/**
 * A patch that `git apply` takes: what the runs changed together, one section a file. Phases that failed or were undone
 * are left out. Empty when nothing changed. Byte order marks, `\r` and a missing last line end are in it as in the files.
 */
export function renderPatch(model: ReportModel): string {
  const phases = model.phases.filter(isInTarget);
  const changes = netChanges(phases.map((phase) => ({ changes: phase.files.map((file) => ({ ...file, edits: [] })) })));
  return changes
    .map(({ file, bom, before, after }) => {
      const mark = (text: string) => (bom ? BOM + text : text);
      const patch: StructuredPatch = {
        isGit: true,
        isCreate: before === undefined,
        isDelete: after === undefined,
        oldFileName: before === undefined ? '/dev/null' : `a/${file}`,
        newFileName: after === undefined ? '/dev/null' : `b/${file}`,
        oldHeader: undefined,
        newHeader: undefined,
        hunks: [...diffTexts(before === undefined ? '' : mark(before), after === undefined ? '' : mark(after))],
      };
      return formatPatch(patch);
    })
    .join('');
}
