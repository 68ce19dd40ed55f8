import path from 'node:path';
import { relativeToRoot } from '../base/paths.ts';
import type { Migration, Phase } from '../manifest/migration.ts';
import { fileMatcher } from '../plan/assign-phases.ts';
import type { FileChange } from '../plan/file-change.ts';
import { proxyOrigin } from '../proxy/proxy-header.ts';
import { loadCodemod } from '../rewrite/foreign-codemod.ts';
import { failureIn } from '../rewrite/rewrite-usages.ts';
import type { SkippedFile } from '../survey/skipped-file.ts';
import type { TargetView } from '../survey/target-view.ts';

export interface CodemodRun {
  /** The changes before, those of the codemods among them or in their place. */
  readonly changes: readonly FileChange[];
  /** Files in which a codemod failed: they keep the change that they had. */
  readonly skipped: readonly SkippedFile[];
}

/**
 * Runs a phase's foreign codemods, one after the other, on every source file that the phase's globs match, on top of
 * `changes`. Left out are proxies, which are made anew whenever they differ, and the manifest.
 */
export async function runCodemods(
  view: TargetView,
  migration: Migration,
  phase: Phase,
  changes: readonly FileChange[],
): Promise<CodemodRun> {
  const byFile = new Map(changes.map((change) => [change.file, change]));
  const skipped: SkippedFile[] = [];
  const matches = fileMatcher(phase);
  const manifest = relativeToRoot(view.root, migration.file);
  for (const step of phase.steps) {
    if (step.kind !== 'codemod') continue;
    const codemod = await loadCodemod(step.path, view.root, step.options);
    const name = path.basename(path.dirname(step.path));
    for (const file of view.files()) {
      if (file === manifest || !matches(file)) continue;
      const source = view.read(file);
      if (typeof source === 'string') continue;
      const earlier = byFile.get(file);
      const before = earlier?.after ?? source.text;
      if (proxyOrigin(before)) continue;
      let after: string | undefined;
      try {
        after = await codemod.apply(file, before);
      } catch (error) {
        skipped.push(failureIn(file, error));
        continue;
      }
      if (after === undefined || after === before) continue;
      // A foreign codemod gives a whole text; its edits can no longer be told from those before it.
      const made = earlier ? `${earlier.step}+${name}` : name;
      byFile.set(file, { file, kind: 'modify', before: source.text, after, bom: source.bom, edits: [], step: made });
    }
  }
  return { changes: [...byFile.values()], skipped };
}
