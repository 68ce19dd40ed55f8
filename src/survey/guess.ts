import { formatExport, formatModule } from '../manifest/migration.ts';
import type { MemberCandidate, Usage } from './usage.ts';

/** Places of which the compiler knows nothing: what they probably are is worth a hint. */
const UNKNOWN = new Set(['any', 'string-name']);

/**
 * The usages of one file, where a member of something unknown is said to be perhaps that of a deprecated class, because
 * the file imports the class's module or uses it elsewhere. It stays unclear: a guess is no proof.
 */
export function withGuesses(usages: readonly Usage[]): readonly Usage[] {
  if (!usages.some(({ subject, verdict }) => subject.kind === 'member' && isUnknown(verdict))) return usages;
  const evidence = evidenceIn(usages);
  return usages.map((usage) => {
    const { subject, verdict } = usage;
    if (subject.kind !== 'member' || verdict.kind !== 'unclear' || !isUnknown(verdict)) return usage;
    const guess = subject.candidates
      .map((candidate) => ({ candidate, because: because(candidate, evidence) }))
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

/** Modules and exports that the file is known to use: what is said of them. */
function evidenceIn(usages: readonly Usage[]): ReadonlyMap<string, string> {
  const evidence = new Map<string, string>();
  const note = (key: string, text: string) => evidence.set(key, evidence.get(key) ?? text);
  for (const { subject, verdict, place } of usages) {
    if (verdict.kind !== 'proven') continue;
    const at = `${place.line}:${place.column}`;
    if (subject.kind === 'specifier') {
      const module = formatModule(subject.module);
      note(module, `this file imports ${module} (${at})`);
    } else if (subject.kind === 'member') {
      const { name } = subject;
      const used = exportOf(subject.candidates[verdict.candidate]!);
      note(formatExport(used), `${name} at ${at} is that of ${used.name}`);
    }
  }
  return evidence;
}

function because(candidate: MemberCandidate, evidence: ReadonlyMap<string, string>): string | undefined {
  const ref = exportOf(candidate);
  return evidence.get(formatModule(ref.module)) ?? evidence.get(formatExport(ref));
}

function exportOf({ move, deprecated }: MemberCandidate) {
  return deprecated?.export ?? move.canonical;
}
