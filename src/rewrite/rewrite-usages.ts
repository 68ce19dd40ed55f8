import type { RewriteTask } from '../../codemods/lib/task.ts';
import type { FileChange, Outcome } from '../plan/file-change.ts';
import { crashedOn, type SkippedFile } from '../survey/skipped-file.ts';
import type { TargetView } from '../survey/target-view.ts';
import type { Usage } from '../survey/usage.ts';
import { type BuiltInSteps, rewriteFile } from './rewrite-file.ts';
import { splice } from './splice.ts';

export interface Rewrite {
  readonly changes: readonly FileChange[];
  /** One per usage, in order. */
  readonly outcomes: readonly Outcome[];
  readonly skipped: readonly SkippedFile[];
}

/**
 * The changes that answer the usages, file by file. Writes nothing. A crash in one file stops no other: its usages go to
 * review with what was thrown.
 */
export function rewriteUsages(
  view: TargetView,
  about: Pick<RewriteTask, 'migration' | 'modules' | 'avoid'>,
  usages: readonly Usage[],
  steps: BuiltInSteps,
): Rewrite {
  const changes: FileChange[] = [];
  const outcomes: Outcome[] = [];
  const skipped: SkippedFile[] = [];
  const step = [steps.imports && 'imports', steps.members && 'members'].filter(Boolean).join('+');
  for (const [file, own] of byFile(usages)) {
    try {
      const source = view.read(file);
      if (typeof source === 'string') throw new Error(`it was surveyed and is now ${source}`);
      const { edits, outcomes: told } = rewriteFile(file, source.text, own, steps, about);
      const after = splice(source.text, edits);
      outcomes.push(...told);
      if (after === source.text) continue;
      changes.push({ file, kind: 'modify', before: source.text, after, bom: source.bom, edits, step });
    } catch (error) {
      const failure = failureIn(file, error);
      skipped.push(failure);
      outcomes.push(...own.map((usage) => unfinished(usage, failure)));
    }
  }
  return { changes, outcomes, skipped };
}

function byFile(usages: readonly Usage[]): ReadonlyMap<string, readonly Usage[]> {
  const files = new Map<string, Usage[]>();
  for (const usage of usages) {
    const list = files.get(usage.place.file);
    if (list) list.push(usage);
    else files.set(usage.place.file, [usage]);
  }
  return files;
}

/** Why a codemod did not get through a file: a syntax error where Babel gives its `loc`, else a fault with its stack. */
export function failureIn(file: string, error: unknown): SkippedFile {
  const loc = (error as { loc?: { line: number; column: number } } | undefined)?.loc;
  if (loc) {
    const message = error instanceof Error ? error.message : String(error);
    const position = { line: loc.line, column: loc.column + 1 };
    return { file, position, reason: { code: 'syntax-error', text: `does not parse: ${message}` } };
  }
  return crashedOn(file, 'the codemod failed', error);
}

function unfinished(usage: Usage, failure: SkippedFile): Outcome {
  if (usage.verdict.kind === 'unrelated') return { usage, result: 'left', reason: usage.verdict.reason };
  return { usage, result: 'review', reason: failure.reason };
}
