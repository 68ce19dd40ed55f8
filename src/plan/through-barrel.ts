import { formatModule } from '../manifest/migration.ts';
import type { Reason, Usage } from '../survey/usage.ts';

export interface ThroughBarrel {
  readonly usage: Usage;
  readonly result: 'left' | 'review';
  readonly reason: Reason;
}

/**
 * Of one file's proven usages, those of exports whose deprecated module no specifier of the file names: they come through
 * a barrel, or the file took them from the canonical module already. The barrel itself is rewritten and hands on the
 * canonical export under the old name, so nothing is to be edited here (`left`), unless it is called differently
 * (`review`).
 */
export function throughBarrel(usages: readonly Usage[]): readonly ThroughBarrel[] {
  const named = new Set(
    usages.flatMap(({ subject }) => (subject.kind === 'specifier' ? [formatModule(subject.module)] : [])),
  );
  return usages.flatMap((usage): ThroughBarrel[] => {
    const { subject, verdict } = usage;
    if (subject.kind !== 'export' || verdict.kind !== 'proven') return [];
    if (subject.candidates.some(({ deprecated }) => named.has(formatModule(deprecated.export.module)))) return [];
    const { mappings } = subject.candidates[verdict.candidate]!.deprecated;
    const called = mappings.find((mapping) => mapping.of !== 'member');
    if (!called) {
      const reason = { code: 'through-barrel', text: 'comes through a barrel, which hands on what stands there' };
      return [{ usage, result: 'left', reason }];
    }
    const text = `comes through a barrel, and '${called.source.from}' becomes '${called.source.to}': import it from its module`;
    return [{ usage, result: 'review', reason: { code: 'through-barrel', text } }];
  });
}
