import type { Resolution } from '../compiler/contract.ts';
import type { Usage } from './usage.ts';

/**
 * The usages of a file, by their answers of the compiler. In a file that mocks a deprecated module, a member of an object
 * or class of the file itself may stand in for one of the module's, which no declaration tells: it is not left alone.
 * `here` is the file's absolute path.
 */
export function withStandIns(
  usages: readonly Usage[],
  answers: readonly Resolution[],
  text: string,
  here: string,
): readonly Usage[] {
  const mocked = usages.find((usage) => isMocked(usage, text));
  if (mocked === undefined) return usages;
  const why = `may stand in for a member of what '${mocked.text}' exports, which this file mocks`;
  return usages.map((usage, i) => {
    if (!mayStandIn(usage, answers[i]!, here)) return usage;
    return { ...usage, verdict: { kind: 'unclear', reason: { code: 'mocked', text: why } } };
  });
}

const MOCK_CALL = /\b(?:(?:do|set)Mock|unstable_mockModule|mock(?:\s*\.\s*module)?)\s*\(\s*(?:import\s*\(\s*)?['"`]$/;

/** Whether a usage is the specifier of a mock, whose factory may make what it likes. */
function isMocked({ subject, verdict, place }: Usage, text: string): boolean {
  if (subject.kind !== 'specifier' || verdict.kind !== 'proven') return false;
  return (
    subject.stub !== undefined || MOCK_CALL.test(text.slice(Math.max(0, place.range.start - 80), place.range.start))
  );
}

function mayStandIn({ subject, verdict }: Usage, answer: Resolution, here: string): boolean {
  if (subject.kind !== 'member' || verdict.kind !== 'unrelated' || answer.kind !== 'declared') return false;
  return answer.declarations.some(
    ({ file, owner }) => file === here && (owner?.kind === 'object' || owner?.kind === 'class'),
  );
}
