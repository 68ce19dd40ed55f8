import type { FleetResult } from '../fleet/task.ts';
import { count } from '../report/words.ts';
import type { Session } from './session.ts';

/** Prints what became of the fleet as a whole; each target has had its line. */
export function tellFleet(
  session: Session,
  results: readonly FleetResult[],
  left: readonly string[],
  wave: { readonly number: number; readonly of: number } | undefined,
): void {
  const { bold, red, yellow, dim } = session.palette;
  const of = (state: FleetResult['state']) => results.filter((result) => result.state === state);
  const sum = (key: 'found' | 'edited' | 'review' | 'left') =>
    results.reduce((all, { phases }) => all + phases.reduce((one, phase) => one + phase[key], 0), 0);
  session.print(
    `\n${bold(count(results.length, 'target'))}  ${of('done').length} done, ${of('nochange').length} without a change, ${of('failed').length} failed, ${of('error').length} with an error`,
  );
  session.print(
    `  ${count(sum('found'), 'place')} found = ${sum('edited')} edited + ${sum('review')} for review + ${sum('left')} left alone`,
  );
  for (const { name, recovered } of results) {
    for (const sentence of recovered) session.notice(`${name}: ${sentence}`);
  }
  for (const { name, error, phases, report } of [...of('failed'), ...of('error')]) {
    const gate = phases.at(-1)?.gate;
    session.print(`\n${red(name)}  ${error ? `${error.code}: ${error.message}` : `gate ${gate}, rolled back`}`);
    for (const detail of error?.details ?? []) session.print(`  ${detail}`);
    const next = error?.next ?? (report && `see ${report}`);
    if (next) session.print(dim(`  ${next}`));
  }
  if (left.length > 0) session.print(yellow(`\n${count(left.length, 'target')} not begun: ${left.join(', ')}`));
  if (wave) {
    session.print(`\n${bold('Next')}  look at these; then the same command runs wave ${wave.number + 1} of ${wave.of}`);
  }
  for (const result of results) session.result({ ...result });
  for (const name of left) session.result({ name, state: 'not-begun' });
}
