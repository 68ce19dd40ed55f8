import type { Condition } from '../run/retire/judge.ts';
import type { Caller } from '../run/retire/usage-files.ts';
import type { ReportModel } from './model.ts';
import type { Palette } from './palette.ts';
import { clean } from './visible.ts';
import { count } from './words.ts';

/** `uses: 2 places`. */
export function conditionWords({ of, text }: Condition): string {
  return `${of}: ${text}`;
}

/** Where, whose, in which build, on which host, and when it was last told. */
export function callerWords({ site, package: owner, build, host, at }: Caller): string {
  const parts = [owner && `package ${owner}`, build && `build ${build}`, host && `host ${host}`].filter(Boolean);
  return `${site}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}, ${at.slice(0, 16).replace('T', ' ')} UTC`;
}

/** For a terminal: each proxy with the conditions that fail, and who called last. */
export function retirementLines({ retirements, dryRun }: ReportModel, palette: Palette): readonly string[] {
  const { bold, dim, green, red, yellow } = palette;
  if (retirements.length === 0) return [];
  const going = retirements.filter(({ goes }) => goes).length;
  const lines = [
    '',
    `${bold('Proxies')}  ${going} of ${count(retirements.length, 'proxy', 'proxies')} ${dryRun ? 'may go' : 'gone'}`,
  ];
  for (const { proxy, goes, conditions, callers } of retirements) {
    lines.push(`  ${clean(proxy)}  ${goes ? green(dryRun ? 'may go' : 'gone') : yellow('stays')}`);
    for (const condition of conditions) {
      const words = clean(conditionWords(condition));
      if (goes || condition.holds) lines.push(`    ${dim(`✓ ${words}`)}`);
      else lines.push(`    ${red('✗')} ${words}`, ...condition.details.map((detail) => `        ${clean(detail)}`));
    }
    if (callers.length > 0)
      lines.push('    last callers', ...callers.map((caller) => `        ${clean(callerWords(caller))}`));
  }
  return lines;
}
