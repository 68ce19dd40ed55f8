import { LineIndex } from '../../base/places.ts';
import type { Diagnostic } from '../../compiler/contract.ts';
import type { Edit, FileChange } from '../../plan/file-change.ts';
import { inOrder } from '../../rewrite/splice.ts';

/** The groups of a change's edits on the lines of a diagnostic, which is of the text after it. */
export function groupsOn({ after = '', edits }: FileChange, { range }: Diagnostic): ReadonlySet<string> {
  const lines = new LineIndex(after);
  const first = lines.at(range.start).line;
  const last = lines.at(range.end).line;
  const onLine = placed(edits).filter(({ start, end }) => lines.at(start).line <= last && first <= lines.at(end).line);
  return new Set(onLine.map(({ edit }) => edit.group));
}

/** Where each edit stands in the text after all of them. */
function placed(edits: readonly Edit[]): readonly { edit: Edit; start: number; end: number }[] {
  let shift = 0;
  return inOrder(edits).map((edit) => {
    const start = edit.range.start + shift;
    shift += edit.text.length - (edit.range.end - edit.range.start);
    return { edit, start, end: start + edit.text.length };
  });
}
