import { type ExportRef, formatExport, formatModule } from '../manifest/migration.ts';
import type { Reason, Usage } from '../survey/usage.ts';

export interface ThroughBarrel {
  readonly usage: Usage;
  readonly result: 'left' | 'review';
  readonly reason: Reason;
}

export const FOLLOWS_BARREL: Reason = {
  code: 'through-barrel',
  text: 'comes through a barrel and follows what stands there; the barrel is accounted for by itself',
};

/**
 * Of one file's proven usages, those of exports whose deprecated module no specifier of the file names: they come through
 * a barrel, or the file took them from the canonical module already (`isCanonical`, when the file's text was looked at).
 * The barrel itself is rewritten and hands on the canonical export under the old name, so nothing is to be edited here
 * (`left`), unless it is called differently (`review`).
 */
export function throughBarrel(
  usages: readonly Usage[],
  isCanonical: (usage: Usage, ref: ExportRef) => boolean = () => false,
): readonly ThroughBarrel[] {
  const named = new Set(
    usages.flatMap(({ subject }) => (subject.kind === 'specifier' ? [formatModule(subject.module)] : [])),
  );
  return usages.flatMap((usage): ThroughBarrel[] => {
    const { subject, verdict } = usage;
    if (subject.kind !== 'export' || verdict.kind !== 'proven') return [];
    const { deprecated, move } = subject.candidates[verdict.candidate]!;
    if (isCanonical(usage, move.canonical)) {
      const text = `a name that this file gives to ${formatExport(move.canonical)}, which it takes from there already`;
      return [{ usage, result: 'left', reason: { code: 'canonical-already', text } }];
    }
    if (subject.candidates.some((each) => named.has(formatModule(each.deprecated.export.module)))) return [];
    const called = deprecated.mappings.find((mapping) => mapping.of !== 'member');
    if (!called) {
      return [{ usage, result: 'left', reason: FOLLOWS_BARREL }];
    }
    const text = `comes through a barrel, and '${called.source.from}' becomes '${called.source.to}': import it from its module`;
    return [{ usage, result: 'review', reason: { code: 'through-barrel', text } }];
  });
}
