import { type ExportRef, formatModule } from '../manifest/migration.ts';
import type { MemberCandidate, Usage } from './usage.ts';

/** Places of which the compiler knows nothing: what they probably are is worth a hint. */
const UNKNOWN = new Set(['any', 'missing-package', 'missing-file', 'string-name']);

/**
 * The usages of one file, where a member of something unknown is said to be perhaps that of a deprecated class, because
 * the file imports the class's module. It stays unclear: a guess is no proof.
 */
export function withGuesses(usages: readonly Usage[]): readonly Usage[] {
  if (!usages.some(({ subject, verdict }) => subject.kind === 'member' && isUnknown(verdict))) return usages;
  const imports = importsIn(usages);
  return usages.map((usage) => {
    const { subject, verdict } = usage;
    if (subject.kind !== 'member' || verdict.kind !== 'unclear' || !isUnknown(verdict)) return usage;
    const guess = subject.candidates
      .map((candidate) => ({ candidate, because: imports.get(formatModule(exportOf(candidate).module)) }))
      .find(({ because }) => because !== undefined);
    if (!guess) return usage;
    const { name } = exportOf(guess.candidate);
    const text = `${verdict.reason.text}; perhaps ${name}.${subject.name}, because ${guess.because}`;
    return { ...usage, verdict: { ...verdict, reason: { ...verdict.reason, text } } };
  });
}

function isUnknown(verdict: Usage['verdict']): boolean {
  return verdict.kind === 'unclear' && UNKNOWN.has(verdict.reason.code);
}

/** The modules that the file is known to import, and where. */
function importsIn(usages: readonly Usage[]): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  for (const { subject, verdict, place } of usages) {
    if (verdict.kind !== 'proven' || subject.kind !== 'specifier') continue;
    const module = formatModule(subject.module);
    if (!imports.has(module)) imports.set(module, `this file imports ${module} (${place.line}:${place.column})`);
  }
  return imports;
}

function exportOf({ move, deprecated }: MemberCandidate): ExportRef {
  return deprecated?.export ?? move.canonical;
}
