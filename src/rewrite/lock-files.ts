import path from 'node:path';
import { LineIndex } from '../base/places.ts';
import type { FileChange, Outcome } from '../plan/file-change.ts';
import type { TargetView } from '../survey/target-view.ts';

const LOCK_FILES = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'];

/** For review: the lock files that changed package.json files leave behind. A package manager makes them, not a run. */
export function staleLockFiles(view: TargetView, manifests: readonly FileChange[]): readonly Outcome[] {
  const found = new Map<string, Outcome>();
  for (const manifest of manifests) {
    for (let folder = path.posix.dirname(manifest.file); ; folder = path.posix.dirname(folder)) {
      for (const name of LOCK_FILES) {
        const file = path.posix.join(folder, name);
        const source = found.has(file) ? 'gone' : view.read(file);
        if (typeof source === 'object') found.set(file, outcome(file, source.text, manifest));
      }
      if (folder === '.') break;
    }
  }
  return [...found.values()];
}

function outcome(file: string, text: string, manifest: FileChange): Outcome {
  const range = { start: 0, end: Math.max(0, text.search(/\r?\n|$/)) };
  return {
    usage: {
      id: `${file}:0`,
      place: { file, range, ...new LineIndex(text).at(0) },
      text: text.slice(range.start, range.end),
      subject: { kind: 'outdated', by: manifest.file },
      verdict: { kind: 'unclear', reason: reasonFor(manifest) },
    },
    result: 'review',
    reason: reasonFor(manifest),
  };
}

function reasonFor({ file }: FileChange) {
  return {
    code: 'lock-file',
    text: `${file} has other dependencies now: let the package manager write this file again`,
  };
}
