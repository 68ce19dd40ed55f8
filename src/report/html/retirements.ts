import type { ReportModel } from '../model.ts';
import { callerWords, conditionWords } from '../retirements.ts';
import { html, type Markup } from './markup.ts';

/** What is said of each proxy in a phase that takes proxies away. */
export function retirements({ retirements: all, dryRun }: ReportModel): Markup {
  if (all.length === 0) return html``;
  const row = ({ proxy, goes, conditions, callers }: ReportModel['retirements'][number]) =>
    html`<li><p class="reason"><b>${proxy}</b> ${goes ? (dryRun ? 'may go' : 'gone') : 'stays'}</p>
${conditions.map((each) => html`<p class="quiet">${each.holds ? '✓' : '✗'} ${conditionWords(each)}</p>${each.details.map((detail) => html`<pre class="line">${detail}</pre>`)}`)}
${callers.map((each) => html`<pre class="line">last caller ${callerWords(each)}</pre>`)}</li>
`;
  return html`<section class="part" id="proxies"><h2>Proxies</h2><ul class="items">${all.map(row)}</ul></section>`;
}
