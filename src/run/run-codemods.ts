import path from 'node:path';
import { relativeToRoot, toPosix } from '../base/paths.ts';
import type { Migration, Phase } from '../manifest/migration.ts';
import { fileMatcher } from '../plan/assign-phases.ts';
import type { FileChange } from '../plan/file-change.ts';
import { proxyOrigin } from '../proxy/proxy-header.ts';
import { type CodemodAnswer, type CodemodFile, runCodemod } from '../rewrite/codemod-runner.ts';
import type { SkippedFile } from '../survey/skipped-file.ts';
import type { TargetView } from '../survey/target-view.ts';
import type { CodemodAccount } from './run-record.ts';

export interface CodemodRun {
  /** The changes before, those of the codemods among them or in their place. */
  readonly changes: readonly FileChange[];
  /** Files in which a codemod failed: they keep the change that they had. */
  readonly skipped: readonly SkippedFile[];
  /** One a step. */
  readonly accounts: readonly CodemodAccount[];
}

/** More of what transforms say is not kept. */
const MOST_SAID = 200;

/**
 * Runs a phase's foreign codemods, one after the other, on every source file that the phase's globs match, on top of
 * `changes`. Left out are proxies, which are made anew whenever they differ, and the manifest. `alone`: in one process.
 */
export async function runCodemods(
  view: TargetView,
  migration: Migration,
  phase: Phase,
  changes: readonly FileChange[],
  alone: boolean,
): Promise<CodemodRun> {
  const byFile = new Map(changes.map((change) => [change.file, change]));
  const skipped: SkippedFile[] = [];
  const accounts: CodemodAccount[] = [];
  const matches = fileMatcher(phase);
  const manifest = relativeToRoot(view.root, migration.file);
  for (const step of phase.steps) {
    if (step.kind !== 'codemod') continue;
    const name = path.basename(path.dirname(step.path));
    const files: CodemodFile[] = [];
    for (const file of view.files()) {
      if (file === manifest || !matches(file)) continue;
      const source = view.read(file);
      if (typeof source === 'string') continue;
      const text = byFile.get(file)?.after ?? source.text;
      if (!proxyOrigin(text)) files.push({ file, text });
    }
    const answers = await runCodemod(step, view.root, files, alone);
    for (const [i, { file }] of files.entries()) {
      const answer = answers[i]!;
      if ('failure' in answer) skipped.push(answer.failure);
      else if (answer.after !== undefined) {
        const earlier = byFile.get(file);
        const source = view.read(file);
        if (typeof source === 'string') continue;
        // A foreign codemod gives a whole text; its edits can no longer be told from those before it.
        const made = earlier ? `${earlier.step}+${name}` : name;
        const { bom, text: before } = source;
        byFile.set(file, { file, kind: 'modify', before, after: answer.after, bom, edits: [], step: made });
      }
    }
    const codemod = toPosix(path.relative(path.dirname(migration.file), step.path));
    accounts.push(accountOf(codemod, files, answers));
  }
  return { changes: [...byFile.values()], skipped, accounts };
}

function accountOf(codemod: string, files: readonly CodemodFile[], answers: readonly CodemodAnswer[]): CodemodAccount {
  const outcomes = { ok: 0, nochange: 0, skip: 0, error: 0 };
  const stats = new Map<string, number>();
  const reports: { file: string; text: string }[] = [];
  for (const [i, answer] of answers.entries()) {
    if ('failure' in answer) {
      outcomes.error++;
      continue;
    }
    outcomes[answer.outcome]++;
    for (const [name, quantity] of answer.stats) {
      if (stats.has(name) || stats.size < MOST_SAID) stats.set(name, (stats.get(name) ?? 0) + quantity);
    }
    reports.push(...answer.reports.map((text) => ({ file: files[i]!.file, text })));
  }
  return { codemod, ...outcomes, stats: [...stats], reports: reports.slice(0, MOST_SAID) };
}
