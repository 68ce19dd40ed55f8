import { RerouteError } from '../../base/errors.ts';
import { relativeToRoot } from '../../base/paths.ts';
import { formatPlace, LineIndex, type Place } from '../../base/places.ts';
import type { Diagnostic } from '../contract.ts';

/** Whether a configuration's problem is that its text is no JSON: TypeScript numbers syntax errors 1000 to 1999. */
export function isSyntaxError(problem: Diagnostic): boolean {
  return problem.code >= 1000 && problem.code < 2000;
}

/** `COMPILER_BAD_CONFIG`: a configuration that does not parse, with where and how to go on without it. */
export function badConfig(
  problems: readonly Diagnostic[],
  root: string,
  read: (file: string) => string | undefined,
): RerouteError {
  const placed = problems.map((problem) => ({ problem, place: placeOf(problem, root, read) }));
  const first = placed[0]!;
  return new RerouteError({
    code: 'COMPILER_BAD_CONFIG',
    message: `${first.place.file} does not parse: ${first.problem.message}`,
    where: first.place,
    details: placed.map(({ place, problem }) => `${formatPlace(place)} - TS${problem.code}: ${problem.message}`),
    next: `Correct ${first.place.file}, or go on without it: --ignore-bad-tsconfig`,
  });
}

function placeOf(problem: Diagnostic, root: string, read: (file: string) => string | undefined): Place {
  const position = new LineIndex(read(problem.file) ?? '').at(problem.range.start);
  return { file: relativeToRoot(root, problem.file) ?? problem.file, range: problem.range, ...position };
}
