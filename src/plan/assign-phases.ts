import picomatch from 'picomatch';
import type { Migration, Phase } from '../manifest/migration.ts';
import { isSource } from '../survey/list-files.ts';

/** Whether a phase edits files that use something deprecated; one that only writes proxies or takes them away does not. */
function rewrites(phase: Phase): boolean {
  return phase.steps.some((step) => step.kind !== 'proxies' && step.kind !== 'retire');
}

/**
 * The name of the phase that a file belongs to: the first one that rewrites and whose globs match, or `undefined`.
 * Globs are picomatch's, over paths relative to the target, with a leading `!` to take away.
 */
export function phaseAssigner(migration: Migration): (file: string) => string | undefined {
  const phases = migration.phases.filter(rewrites).map((phase) => ({ name: phase.name, matches: fileMatcher(phase) }));
  // A document belongs to no part of the code: what no phase asks for is told with the last.
  const documentPhase = (file: string) => (isSource(file) ? undefined : phases.at(-1)?.name);
  const known = new Map<string, string | undefined>();
  return (file) => {
    if (!known.has(file)) known.set(file, phases.find((phase) => phase.matches(file))?.name ?? documentPhase(file));
    return known.get(file);
  };
}

/** Whether a phase's globs match a file, whatever other phase it may belong to. */
export function fileMatcher({ files: globs }: Pick<Phase, 'files'>): (file: string) => boolean {
  // A file's name may have line breaks; without the flag a double star would not match them.
  const options = { dot: true, flags: 's' };
  const wanted = globs.filter((glob) => !glob.startsWith('!')).map((glob) => picomatch(glob, options));
  const unwanted = globs.filter((glob) => glob.startsWith('!')).map((glob) => picomatch(glob.slice(1), options));
  // Only negatives: everything but those.
  const positive = wanted.length === 0 ? () => true : (file: string) => wanted.some((matches) => matches(file));
  return (file) => positive(file) && !unwanted.some((matches) => matches(file));
}

/**
 * The phases whose files a phase edits: its own, and those of the phases before it. An edit that had to wait, because a
 * file of this phase still needed the old type, is made here; when nothing waited, the earlier files have nothing left.
 */
export function coveredPhases(migration: Migration, phase: string): ReadonlySet<string> {
  const index = migration.phases.findIndex(({ name }) => name === phase);
  return new Set(
    migration.phases
      .slice(0, index + 1)
      .filter(rewrites)
      .map(({ name }) => name),
  );
}
